"""A command whose file is imported only once it is asked for: help names them all, and must be quick."""

from importlib import import_module
from keyword import iskeyword
from typing import Any

import typer
from typer.core import TyperCommand

from scheduler.catalogue import say
from scheduler.cli.here import HERE
from scheduler.cli.worded import WordedCommand


class Later(TyperCommand):
    """Stands for the command of its name: `run` is the function `run` in `scheduler/cli/run.py`."""

    def make_context(self, info_name: str | None, args: list[str], *parent: Any, **extra: Any) -> Any:  # noqa: ANN401 - typer keeps these types to itself
        """As soon as somebody asks for it, the real one takes over."""
        return _real(str(self.name)).make_context(info_name, args, *parent, **extra)


def _real(name: str) -> Any:  # noqa: ANN401 - too
    place = f"{name}_" if iskeyword(name) else name
    function = getattr(import_module(f"scheduler.cli.{place}"), place)
    program = typer.Typer(add_completion=False, rich_markup_mode=None)
    program.command(name, cls=WordedCommand, help=say(HERE, f"commands.{name}_about"))(function)
    return typer.main.get_command(program)
