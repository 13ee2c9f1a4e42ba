"""Facts: what happened in Slack, in our words. They come late, twice and out of order.

Every fact carries its instant (`at`, aware UTC). Slack's `ts` stays text.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Precision(StrEnum):
    """How well the instant of a fact is known."""

    EXACT = "exact"
    NO_LATER_THAN = "no_later_than"  #: exports and history give reactions no time


class JoinSource(StrEnum):
    """How we know that a member joined; the first one listed wins over the later ones."""

    EVENT = "event"  #: Slack told us (`team_join`)
    SYNC_WINDOW = "sync_window"  #: new between two complete member lists
    EARLIEST_TRACE = "earliest_trace"  #: first trace in a history known from its beginning
    FIRST_SEEN = "first_seen"  #: seen for the first time; may have been here for years


class Shape(StrEnum):
    """Where a message stands."""

    POST = "post"  #: top level
    REPLY = "reply"  #: in a thread
    BROADCAST = "broadcast"  #: a reply that was also sent to the channel


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberTraced:
    """A member was noticed: joined, or seen."""

    team: str
    member: str
    at: datetime
    source: JoinSource


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDescribed:
    """What Slack says about a member as of `at`. The latest description wins."""

    team: str
    member: str
    at: datetime
    name: str
    is_bot: bool = False
    is_guest: bool = False
    is_deactivated: bool = False
    locale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelDescribed:
    """A channel's name and state as of `at`. The latest description wins."""

    team: str
    channel: str
    at: datetime
    name: str
    is_archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePosted:
    """A message appeared. `author` is None when Slack gives none; `thread_ts` only for replies."""

    team: str
    channel: str
    ts: str
    at: datetime
    author: str | None
    text: str
    shape: Shape = Shape.POST
    thread_ts: str | None = None
    is_bot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited:
    """Its author changed a message's text. The latest edit wins."""

    team: str
    channel: str
    ts: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeleted:
    """A message was deleted. It stays deleted, even if its posting is told later."""

    team: str
    channel: str
    ts: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StampAdded:
    """A member reacted to a message."""

    team: str
    channel: str
    ts: str
    at: datetime
    member: str
    stamp: str
    precision: Precision = Precision.EXACT


@dataclass(frozen=True, slots=True, kw_only=True)
class StampRemoved:
    """A member took a reaction back."""

    team: str
    channel: str
    ts: str
    at: datetime
    member: str
    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupListed:
    """Who is in a user group as of `at`; nobody when it is disabled. The latest list wins."""

    team: str
    group: str
    at: datetime
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChanged:
    """Who came into a user group, and who left it. Of each member the latest change wins."""

    team: str
    group: str
    at: datetime
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


Fact = (
    MemberTraced
    | MemberDescribed
    | ChannelDescribed
    | MessagePosted
    | MessageEdited
    | MessageDeleted
    | StampAdded
    | StampRemoved
    | GroupListed
    | GroupChanged
)
