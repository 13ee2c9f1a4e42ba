"""What one check found: how it stands, and one sentence that says so and what to do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


class Status(StrEnum):
    """How it stands. The values are for ever: they stand in `--json`."""

    PASS = "pass"  # noqa: S105 - no password
    WARN = "warn"  #: it works, but not all of it, or not for long
    FAIL = "fail"  #: it has to be mended
    SKIP = "skip"  #: it could not be looked at


class Check(StrEnum):
    """What is looked at, in the order of the report. The values are for ever, as above."""

    # files
    PROGRAM = "program"
    CONFIG = "config"
    MODE = "mode"
    MESSAGES = "messages"
    PHRASES = "phrases"
    FILE_NAMES = "file_names"
    # Slack
    SLACK = "slack"
    BOT_TOKEN = "bot_token"  # noqa: S105 - its name
    APP_TOKEN = "app_token"  # noqa: S105 - its name
    SIGNING_SECRET = "signing_secret"  # noqa: S105 - its name
    WORKSPACE = "workspace"
    SCOPES = "scopes"
    OPTIONAL_SCOPES = "optional_scopes"
    EXTRA_SCOPES = "extra_scopes"
    CLOCK = "clock"
    # the community
    CHANNELS = "channels"
    OUR_CHANNELS = "our_channels"
    CHANNEL_NAMES = "channel_names"
    AMBASSADORS = "ambassadors"
    USER_GROUP = "user_group"
    # the database
    DATABASE = "database"
    SCHEMA = "schema"
    DATABASE_WORKSPACE = "database_workspace"
    HISTORY = "history"
    IMPORTS = "imports"
    # the work
    SERVICE = "service"
    LAST_EVENT = "last_event"
    INBOX = "inbox"
    ALERTS = "alerts"
    DEAD_EVENTS = "dead_events"
    DEAD_MESSAGES = "dead_messages"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the catalogue by its code, and what fills it."""

    code: str
    values: Mapping[str, "Value"] = field(default_factory=dict)


#: What fills a sentence: several become a list in the reader's language, a length of time its words.
Value = str | int | timedelta | Said | Sequence["Value"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    check: Check
    status: Status
    said: Said


def passed(check: Check, code: str, /, **values: Value) -> Finding:
    return Finding(check, Status.PASS, Said(code, values))


def warned(check: Check, code: str, /, **values: Value) -> Finding:
    return Finding(check, Status.WARN, Said(code, values))


def failed(check: Check, code: str, /, **values: Value) -> Finding:
    return Finding(check, Status.FAIL, Said(code, values))


def skipped(check: Check, code: str, /, **values: Value) -> Finding:
    return Finding(check, Status.SKIP, Said(code, values))


#: Names that one sentence shows.
_MOST = 12


def some(names: Sequence[Value]) -> Value:
    """The first few names, and how many more there are."""
    more = len(names) - _MOST
    return Said("doctor.and_more", {"names": names[:_MOST], "more": more}) if more > 0 else names
