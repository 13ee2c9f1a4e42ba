"""The exception tree.

AmbassadorError
├── ProblemsFound      config or message files have problems; carries all of them
├── NotAnExport        the path given is no Slack export
├── DatabaseTooNew     the database was made by a newer version of this program
├── UnknownMessage     a message file that is asked for does not exist
└── RenderFailed       a message cannot be rendered; nothing half-filled is ever sent
"""

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


class DatabaseTooNew(AmbassadorError):
    """A newer version made the database. Install that version again, or give another database.

    `code` names its sentence in the catalogue, which `revision` fills.
    """

    code = "store.database_too_new"

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"the database is at revision {revision}, which this version does not know: "
            "install the newer version that made it, or give another database"
        )
        self.revision = revision


class UnknownMessage(AmbassadorError):
    """No message file of that name exists in any language."""


class RenderFailed(AmbassadorError):
    """A message could not be rendered; says which one, and why."""
