"""`ambassador backfill`: the past out of Slack itself, for a community that has no export."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.catalogue import say
from scheduler.cli.failing import failing_well
from scheduler.cli.here import HERE
from scheduler.cli.language import Lang, language_of, told


def backfill(
    days: Annotated[
        int | None, typer.Option("--days", metavar="N", min=1, help=say(HERE, "backfill.days"))
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", metavar="FILE", help=told("config"))] = None,
    lang: Lang = None,
) -> None:
    """Loads everything, and reads."""
    language = language_of(lang)
    with failing_well(language):
        from scheduler.cli.filling import fill

        raise typer.Exit(fill(config, days, language))
