"""The exception tree.

AmbassadorError
├── ProblemsFound      config or message files have problems; carries all of them
├── NotAnExport        the path given is no Slack export
├── DatabaseRefused    the database cannot be opened, or is not one to use here
│   └── DatabaseTooNew it was made by a newer version of this program
├── DatabaseInTrouble  it is busy, full, read-only or gone: nothing was kept, and later it may go
├── ImportRefused      a history does not belong into this database, or does not say where it belongs
├── SlackRefused       Slack, or what we know of it, does not let the service begin
│   └── SlackUnreachable  nobody answers at Slack's address
├── EnvironmentRefused environment variables are missing, or hold what cannot be used
├── AddressTaken       a place where the service listens cannot be opened
├── UnknownMessage     a message file that is asked for does not exist
└── RenderFailed       a message cannot be rendered; nothing half-filled is ever sent
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem in a file that an admin edits: what, where, and what was probably meant.

    `code` names its sentence in the catalogue; `values` fill that sentence.
    `line` and `column` count from 1; 0 means that the problem belongs to the whole file.
    """

    code: str
    file: str
    line: int = 0
    column: int = 0
    source: str = ""
    path: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    near: str | None = None


class AmbassadorError(Exception):
    """Every error of ours that a person can act on."""


class ProblemsFound(AmbassadorError):
    """Raised with all problems of config and messages at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = tuple(problems)


class NotAnExport(AmbassadorError):
    """The path is no Slack export: neither a folder nor a zip with channel folders.

    `code` names its sentence in the catalogue, which `path` fills.
    """

    def __init__(self, code: str, path: str) -> None:
        super().__init__(f"{code}: {path}")
        self.code = code
        self.path = path


class DatabaseRefused(AmbassadorError):
    """The database cannot be opened, or is not one to use here. Nothing in it was changed.

    `code` names its sentence in the catalogue, which `values` fill; no password stands in them.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(", ".join([code, *(f"{name}: {value}" for name, value in values.items())]))
        self.code = code
        self.values = values


class DatabaseTooNew(DatabaseRefused):
    """A newer version made the database. Install that version again, or give another database."""

    def __init__(self, revision: str) -> None:
        super().__init__("store.database_too_new", revision=revision)
        self.revision = revision


class DatabaseInTrouble(AmbassadorError):
    """The database fails, whatever is asked of it. Nothing was kept; the same may be tried again later."""


class ImportRefused(AmbassadorError):
    """A history does not belong into this database, or does not say where it belongs. Nothing was changed.

    `code` names its sentence in the catalogue, which `values` fill.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(", ".join([code, *(f"{name}: {value}" for name, value in values.items())]))
        self.code = code
        self.values = values


class SlackRefused(AmbassadorError):
    """The service cannot begin: a token, a scope, a channel or the history is missing. Nothing was sent.

    `code` names its sentence in the catalogue, which `values` fill; no token stands in them.
    """

    def __init__(self, sentence: str, **values: str) -> None:
        super().__init__(", ".join([sentence, *(f"{name}: {value}" for name, value in values.items())]))
        self.sentence = sentence
        self.values = values


class SlackUnreachable(SlackRefused):
    """Nobody answers at Slack's address. Whoever started the service may try again."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the catalogue, by its code, and what fills it."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


class EnvironmentRefused(AmbassadorError):
    """Environment variables are missing, or hold what cannot be used; tells all of them, and no secret."""

    def __init__(self, told: Sequence[Told]) -> None:
        super().__init__(", ".join(each.code for each in told))
        self.told = tuple(told)


class AddressTaken(AmbassadorError):
    """Somebody else listens there, or nobody may. `setting` of `service` gives another address."""

    def __init__(self, setting: str, address: str, error: OSError) -> None:
        why = os.strerror(error.errno or 0)  # what asyncio says of it names the address again
        super().__init__(f"{address}: {why}")
        self.sentence = f"run.{setting}_taken"
        self.values = {"address": address, "why": why}


class UnknownMessage(AmbassadorError):
    """No message file of that name exists in any language."""


class RenderFailed(AmbassadorError):
    """A message could not be rendered; says which one, and why."""
