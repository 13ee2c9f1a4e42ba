"""The command `ambassador`: one file per command; each parses, calls one function, prints.

What is heavy is imported inside the commands, so that help is quick.
"""

import sys
from typing import Annotated

import typer

from scheduler import __version__
from scheduler.catalogue import say
from scheduler.cli.backfill import backfill
from scheduler.cli.check import check
from scheduler.cli.demo import demo
from scheduler.cli.explain import explain
from scheduler.cli.healthcheck import healthcheck
from scheduler.cli.import_ import import_
from scheduler.cli.language import HERE, told
from scheduler.cli.run import run
from scheduler.cli.simulate import simulate

app = typer.Typer(
    name="ambassador", help=told("about"), no_args_is_help=True, add_completion=False, rich_markup_mode=None
)
app.command(help=say(HERE, "demo.about"), short_help=say(HERE, "demo.short"))(demo)
app.command(help=told("simulate"), short_help=told("simulate_short"))(simulate)
app.command("import", help=say(HERE, "import.about"), short_help=say(HERE, "import.short"))(import_)
app.command(help=say(HERE, "backfill.about"), short_help=say(HERE, "backfill.short"))(backfill)
app.command(help=say(HERE, "run.about"), short_help=say(HERE, "run.short"))(run)
app.command(help=told("check"), short_help=told("check_short"))(check)
app.command(help=told("explain"), short_help=told("explain_short"))(explain)
app.command(help=say(HERE, "health.about"), short_help=say(HERE, "health.short"))(healthcheck)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ambassador {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help=told("version"))
    ] = False,
) -> None:
    """Only what belongs to every command."""


def main() -> None:
    """Runs the command line. A terminal that cannot show a sign gets a mark instead of a crash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="ambassador")


__all__ = ["app", "main"]
