"""typer's own words in the reader's language: the headings of help, and what is wrong with a command line.

What typer says and we do not know stays as typer says it.
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from scheduler.catalogue import say
from scheduler.cli.failing import fail
from scheduler.cli.here import HERE

#: Lines of help, and pieces of its lines, by the names of our words.
HEADINGS = {"Options:": "options", "Arguments:": "arguments", "Commands:": "commands"}
PIECES = {"Usage: ": "usage", "[required]": "required", "[default: ": "default"}


class _Worded:
    """Of a command or of the group of them all. typer keeps most of the types to itself."""

    params: list[Any]

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401
        told: str = super().get_help(ctx)  # type: ignore[misc]
        return _in_our_words(told)

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option:
            option.help = say(HERE, "commands.help")
        return option

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:  # noqa: ANN401
        """Reads a command line, or refuses it."""
        is_bare = isinstance(self, TyperGroup) and not args  # then help is what typer has to say
        command = f"{parent.command_path} {info_name}" if parent else str(info_name)
        try:
            ctx = super().make_context(info_name, args, parent, allow_extra_args=True, **extra)  # type: ignore[misc]
        except typer.TyperException as error:
            if is_bare:
                raise
            raise _refused(_told(error, self.params), command) from None
        if ctx.args and not isinstance(self, TyperGroup):
            raise _refused(say(HERE, "cli.too_much", words=" ".join(ctx.args)), command)
        return ctx


class WordedCommand(_Worded, TyperCommand):
    """One command."""


class WordedGroup(_Worded, TyperGroup):
    """All commands."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        if self.get_command(ctx, args[0]) is None:
            near = _near(args[0], self.commands)
            raise _refused(say(HERE, "cli.no_such_command", name=args[0]) + near, ctx.command_path)
        return super().resolve_command(ctx, args)


def _in_our_words(told: str) -> str:
    told = "\n".join(map(_heading, told.split("\n")))
    for piece, name in PIECES.items():
        told = told.replace(piece, say(HERE, f"commands.{name}"))
    return told


def _heading(line: str) -> str:
    return say(HERE, f"commands.{HEADINGS[line]}") if line in HEADINGS else line


def _refused(sentence: str, command: str) -> typer.Exit:
    return fail(f"{sentence}\n{say(HERE, 'cli.how_to_use', command=command)}")


def _told(error: typer.TyperException, params: Sequence[Any]) -> str:
    """The errors of typer's have no public names; they are told apart by what they hold."""
    option = getattr(error, "option_name", None)
    if option and hasattr(error, "possibilities"):
        near = _near(option, (name for each in params for name in each.opts if name.startswith("-")))
        return say(HERE, "cli.no_such_option", name=option) + near
    if option:
        is_flag = any(option in each.opts and each.is_flag for each in params)
        return say(HERE, "cli.takes_nothing" if is_flag else "cli.needs_value", name=option)
    if not isinstance(error, typer.BadParameter):
        return error.format_message()
    name = _name_of(error.param)
    if not error.message:
        return say(HERE, "cli.is_missing", name=name)
    if type(error.__cause__).__module__.startswith("pydantic"):
        return say(HERE, "cli.no_number", name=name)
    return say(HERE, "cli.bad_value", name=name, why=error.message)


def _near(word: str, known: Iterable[str]) -> str:
    """Asks whether something like it was meant."""
    found = get_close_matches(word, list(known), n=1)
    return say(HERE, "cli.did_you_mean", near=found[0]) if found else ""


def _name_of(param: Any) -> str:  # noqa: ANN401
    """As people write it: `--post`, or EXPORT."""
    return str(param.metavar if param.param_type_name == "argument" else max(param.opts, key=len))
