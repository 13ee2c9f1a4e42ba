"""The language of a command's words: `--lang`, else the terminal's."""

import os
from typing import Annotated

import typer

from scheduler.catalogue import LANGUAGES, choose_language, say
from scheduler.cli.here import HERE


def told(name: str) -> str:
    """A help text."""
    return say(HERE, f"cli.{name}")


def language_of(flag: str | None) -> str:
    return choose_language(flag, os.environ)


def _known(flag: str | None) -> str | None:
    if flag is not None and flag not in LANGUAGES:
        raise typer.BadParameter(say(HERE, "cli.unknown_language", languages=", ".join(LANGUAGES)))
    return flag


Lang = Annotated[str | None, typer.Option("--lang", metavar="ja|en", help=told("lang"), callback=_known)]
