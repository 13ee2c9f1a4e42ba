"""`ambassador backfill`: the past out of Slack itself, for a community that has no export."""

from typing import Annotated

import typer

from scheduler.catalogue import say
from scheduler.cli.counting import count
from scheduler.cli.failing import failing_well
from scheduler.cli.here import HERE
from scheduler.cli.language import Lang, language_of
from scheduler.cli.options import Config


def backfill(
    days: Annotated[
        int | None, typer.Option("--days", metavar="N", parser=count, help=say(HERE, "backfill.days"))
    ] = None,
    config: Config = None,
    lang: Lang = None,
) -> None:
    """Loads everything, and reads."""
    language = language_of(lang)
    with failing_well(language):
        from scheduler.cli.filling import fill

        raise typer.Exit(fill(config, days, language))
