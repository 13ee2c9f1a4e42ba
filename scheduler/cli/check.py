"""`ambassador check`: loads exactly what the service would load, and says what it found."""

from typing import Annotated

import typer

from scheduler.cli.failing import failing_well
from scheduler.cli.language import Lang, language_of, told
from scheduler.cli.options import Config


def check(
    config: Config = None,
    show: Annotated[str | None, typer.Option("--show", metavar="MESSAGE", help=told("show"))] = None,
    lang: Lang = None,
) -> None:
    """Parses, loads, and prints what was found."""
    from scheduler.app.loading import load
    from scheduler.cli.found import found, wordings

    language = language_of(lang)
    with failing_well(language):
        loaded = load(config)
        for line in wordings(loaded, show, language) if show else found(loaded, language):
            typer.echo(line)
