"""What the checks are made from. No check looks anywhere else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.errors import Problem, Told
from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind
from scheduler.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What runs: the versions of it, of Python and of SQLite."""

    version: str
    python: str
    sqlite: str


class Part(StrEnum):
    """What an admin's file belongs to."""

    CONFIG = "config"
    MESSAGES = "messages"
    PHRASES = "phrases"


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The admins' files. `problems` by the part that they are in; `strays` are not read: their names.

    `is_own`: the config is the admins', not the shipped one. `linked`: channels that messages link, by
    name, and the files that do. The counts are those of what can be used.
    """

    config: str
    is_own: bool = True
    messages_folder: str
    phrases: str | None = None
    problems: Mapping[Part, tuple[Problem, ...]] = field(default_factory=dict)
    messages_count: int = 0
    phrases_count: int = 0
    linked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    strays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """Slack takes the token. `scopes` is empty when Slack does not say; `skew` is Slack's clock less ours."""

    team: str = ""
    url: str = ""
    app_name: str = ""
    scopes: frozenset[str] = frozenset()
    skew: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """Slack does not take it; its own word for why."""

    code: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Nobody answered, or not in time."""

    code: str


Answer = Accepted | Rejected | Unanswered


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel as Slack lists it. `is_ours`: the app is in it."""

    id: str
    name: str
    is_ours: bool
    is_archived: bool = False
    is_private: bool = False


class Standing(StrEnum):
    """What has become of a member that the config names."""

    FINE = "fine"
    GONE = "gone"  #: nobody has that id
    DEACTIVATED = "deactivated"
    BOT = "bot"
    UNKNOWN = "unknown"  #: Slack did not say


@dataclass(frozen=True, slots=True, kw_only=True)
class UserGroup:
    """The user group that the config names, and how many are in it: nobody, when it is disabled."""

    handle: str
    members: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackTold:
    """What Slack said. `None`: it was not asked. `proxy` is the way out, without what lets one through."""

    api: str
    proxy: str = ""
    bot: Answer | None = None
    app: Answer | None = None
    channels: tuple[Channel, ...] | Rejected | Unanswered | None = None
    people: Mapping[str, Standing] = field(default_factory=dict)
    group: UserGroup | Rejected | Unanswered | None = None


class Level(StrEnum):
    """The tables, compared with those of this version."""

    NONE = "none"
    CURRENT = "current"
    BEHIND = "behind"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadMessages:
    """Messages that never go out, of one kind and for one reason; `code` is Slack's word, if it said one."""

    kind: MessageKind
    reason: Reason
    code: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadEvents:
    """Events of one type that could not be read, and why."""

    kind: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What stands in the database of one workspace. Only what is recent counts as dead."""

    alive_at: datetime | None = None
    seeded: bool = False
    unfinished_imports: int = 0
    last_event_at: datetime | None = None
    inbox_waiting_since: datetime | None = None
    oldest_alert_due_at: datetime | None = None
    dead_messages: tuple[DeadMessages, ...] = ()
    dead_events: tuple[DeadEvents, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseTold:
    """The database. `address` holds no password; sizes are in bytes; `free` is what is left on the disk.

    `refused`: why it cannot be opened. `team`: whose `rows` these are.
    """

    address: str
    is_file: bool
    exists: bool = True
    is_writable: bool = True
    folder: str = ""
    size: int = 0
    free: int | None = None
    refused: Told | None = None
    level: Level = Level.NONE
    revision: str = ""
    teams: tuple[str, ...] = ()
    rows: Rows | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that was found out. `wrong_tokens`: what is wrong with them before Slack is asked.

    Without settings neither Slack nor the database can be looked for. `answers`: whether the service does, at
    the address of `service.health`; None when there is none, or it cannot be told.
    """

    program: Program
    files: Files
    settings: Settings | None = None
    wrong_tokens: Mapping[str, Told] = field(default_factory=dict)
    slack: SlackTold | None = None
    database: DatabaseTold | None = None
    answers: bool | None = None
