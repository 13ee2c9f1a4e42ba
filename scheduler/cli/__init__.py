"""The command `ambassador`: one file per command; each parses, calls one function, prints.

What is heavy is imported inside the commands, and the commands themselves once they are asked for, so that
help is quick.
"""

import atexit
import gc
import sys
from typing import Annotated

import typer

from scheduler import __version__
from scheduler.catalogue import say
from scheduler.cli.here import HERE
from scheduler.cli.later import Later
from scheduler.cli.worded import WordedGroup

#: In the order in which help names them. What each is for stands in `catalogue/*/commands.yaml`.
COMMANDS = (
    "demo",
    "sandbox",
    "simulate",
    "import",
    "backfill",
    "manifest",
    "doctor",
    "run",
    "check",
    "explain",
    "healthcheck",
    "backup",
    "restore",
)


def _nothing() -> None:
    """What the real command does takes its place."""


app = typer.Typer(
    name="ambassador",
    cls=WordedGroup,
    help=say(HERE, "commands.ambassador"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
for each in COMMANDS:
    app.command(each, cls=Later, short_help=say(HERE, f"commands.{each}"))(_nothing)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ambassador {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help=say(HERE, "commands.version")),
    ] = False,
) -> None:
    """Only what belongs to every command."""


def main() -> None:
    """Runs the command line. A terminal that cannot show a sign gets a mark instead of a crash."""
    _look_for_garbage_seldom()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="ambassador")


def _look_for_garbage_seldom() -> None:
    """What a start imports stays, and at the end all goes at once: a third of a start was such looking."""
    gc.set_threshold(50_000)
    atexit.register(gc.freeze)


__all__ = ["app", "main"]
