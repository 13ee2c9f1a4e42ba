"""(f): how long `ambassador --help` takes, against an empty program of typer's with as many commands."""

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.live.figures import Figure
from scheduler.cli import app

_ROUNDS = 15
_EMPTY = """
import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


def _nothing() -> None:
    "Does nothing."


for number in range({commands}):
    app.command(f"command{{number}}")(_nothing)
app()
"""


def measure_help(folder: Path) -> Figure:
    """Both are run in turns; the empty program prints its help as plainly as ours does."""
    commands = len(app.registered_commands) + len(app.registered_groups)
    empty = folder / "empty.py"
    empty.write_text(_EMPTY.format(commands=commands))
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(_ROUNDS):
        theirs.append(_seconds(sys.executable, str(empty)))
        ours.append(_seconds(str(Path(sys.executable).with_name("ambassador"))))
    return Figure(
        what=f"(f) ambassador --help, against an empty typer program with {commands} commands",
        told=f"{median(ours):.3f} s, empty program {median(theirs):.3f} s",
        value=median(ours) / median(theirs),
        goal=1.3,
        at_least=False,
    )


def _seconds(*command: str) -> float:
    began = perf_counter()
    subprocess.run([*command, "--help"], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
    return perf_counter() - began
