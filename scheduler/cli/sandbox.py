"""`ambassador sandbox`: the stand-in for Slack by itself, to practise with."""

from typing import Annotated

import typer

from scheduler.catalogue import say
from scheduler.cli.failing import fail, failing_well
from scheduler.cli.here import HERE
from scheduler.cli.language import Lang, language_of

#: The highest port that there is.
_LAST = 65535


def sandbox(
    port: Annotated[
        int, typer.Option("--port", metavar="N", show_default=False, help=say(HERE, "sandbox.port"))
    ] = 0,
    lang: Lang = None,
) -> None:
    """Parses, and has it stand in."""
    language = language_of(lang)
    if not 0 <= port <= _LAST:
        raise fail(say(language, "sandbox.bad_port", port=port))
    with failing_well(language):
        from scheduler.cli.standing import stand_in

        stand_in(port, language)
