"""`ambassador check`: loads exactly what the service would load, and says what it found."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.failing import failing_well
from scheduler.cli.language import Lang, language_of, told


def check(
    config: Annotated[Path | None, typer.Option("--config", metavar="FILE", help=told("config"))] = None,
    lang: Lang = None,
) -> None:
    """Parses, loads, and prints what was found."""
    from scheduler.app.loading import load
    from scheduler.cli.found import found

    language = language_of(lang)
    with failing_well(language):
        for line in found(load(config), language):
            typer.echo(line)
