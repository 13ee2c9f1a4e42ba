"""`ambassador demo`: two weeks of the real service against the stand-in for Slack, told as they pass."""

from typing import Annotated

import typer

from scheduler.catalogue import say
from scheduler.cli.failing import fail, failing_well
from scheduler.cli.here import HERE
from scheduler.cli.interrupting import like_ctrl_c
from scheduler.cli.language import Lang, language_of

#: Virtual seconds in a second: a day in ten seconds, two weeks in two minutes.
SPEED = 8640


def demo(
    once: Annotated[bool, typer.Option("--once", help=say(HERE, "demo.once"))] = False,
    page: Annotated[bool, typer.Option("--page", help=say(HERE, "demo.page"))] = False,
    speed: Annotated[float, typer.Option("--speed", metavar="N", help=say(HERE, "demo.speed"))] = SPEED,
    lang: Lang = None,
) -> None:
    """Parses, and has it played."""
    language = language_of(lang)
    if not speed > 0:
        raise fail(say(language, "demo.bad_speed"))
    if page and once:
        raise fail(say(language, "demo.page_stays"))
    with failing_well(language), like_ctrl_c():
        from scheduler.cli.play import play, receive

        if page:
            receive(language)
        else:
            play(language, speed=speed, once=once)
