"""Numbers on the command line."""

import typer

from scheduler.catalogue import say
from scheduler.cli.here import HERE


def count(text: str) -> int:
    """A whole number from 1 on."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise typer.BadParameter(say(HERE, "cli.bad_count", text=text))
    return number
