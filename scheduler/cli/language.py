"""The language of a command's words: `--lang`, else the terminal's."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from scheduler.catalogue import LANGUAGES, choose_language, say


def _asked(arguments: Sequence[str]) -> str | None:
    """What `--lang` says, for what is told before options are read."""
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    found = [value for name, value in pairs if name == "--lang"]
    found += [each.removeprefix("--lang=") for each in arguments if each.startswith("--lang=")]
    return next((value for value in found if value in LANGUAGES), None)


#: The language of help texts and of what is wrong with an option.
HERE = choose_language(_asked(sys.argv), os.environ)


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
