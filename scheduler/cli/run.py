"""`ambassador run`: the service itself, until it is stopped."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.failing import failing_well
from scheduler.cli.language import Lang, language_of, told


def run(
    config: Annotated[Path | None, typer.Option("--config", metavar="FILE", help=told("config"))] = None,
    lang: Lang = None,
) -> None:
    """Loads everything, and lives."""
    language = language_of(lang)
    with failing_well(language):
        from scheduler.cli.living import begin

        raise typer.Exit(begin(config, language))
