"""`ambassador run`: the service itself, until it is stopped."""

import sys

import typer

from scheduler.catalogue import say
from scheduler.cli.failing import failing_well
from scheduler.cli.language import Lang, language_of
from scheduler.cli.options import Config


def run(config: Config = None, lang: Lang = None) -> None:
    """Loads everything, and lives."""
    language = language_of(lang)
    with failing_well(language):
        if sys.stdout.isatty():  # what follows takes some seconds
            typer.echo(say(language, "run.begins"))
        from scheduler.cli.living import begin

        raise typer.Exit(begin(config, language))
