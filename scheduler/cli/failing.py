"""Failing well: every problem in the reader's language on standard error, exit code 2, no traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from scheduler.catalogue import say
from scheduler.errors import (
    AddressTaken,
    DatabaseRefused,
    EnvironmentRefused,
    ImportRefused,
    NotAnExport,
    ProblemsFound,
    SlackRefused,
    UnknownMessage,
)

#: The exit code for input that cannot be used.
UNUSABLE = 2
#: What a shell expects of a program that Ctrl-C ended.
INTERRUPTED = 130


@contextmanager
def failing_well(language: str) -> Iterator[None]:
    """Turns the errors that a person can act on into sentences."""
    try:
        yield
    except ProblemsFound as error:
        from scheduler.strictyaml import describe

        told = "\n\n".join(describe(problem, language) for problem in error.problems)
        _fail(f"{told}\n\n{say(language, 'cli.problems', count=len(error.problems))}")
    except NotAnExport as error:
        _fail(say(language, error.code, path=error.path))
    except UnknownMessage as error:
        _fail(say(language, "cli.no_such_message", message=error))
    except EnvironmentRefused as error:
        _fail("\n".join(say(language, each.code, **each.values) for each in error.told))
    except (SlackRefused, AddressTaken) as error:
        _fail(say(language, error.sentence, **error.values))
    except KeyboardInterrupt:
        typer.echo(say(language, "cli.interrupted"), err=True)
        raise typer.Exit(INTERRUPTED) from None
    except (DatabaseRefused, ImportRefused) as error:
        _fail(say(language, error.code, **error.values))


def fail(sentence: str) -> typer.Exit:
    """Says why, and gives what to raise."""
    typer.echo(sentence, err=True)
    return typer.Exit(UNUSABLE)


def _fail(sentence: str) -> None:
    raise fail(sentence)
