"""What the inside needs to know of a community: its members, channels, messages and stamps.

Each sentence of a docstring is a contract. Instants are aware UTC.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from scheduler.model.cases import Habit
from scheduler.model.facts import (
    ChannelDescribed,
    JoinSource,
    MemberDescribed,
    MemberTraced,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    StampAdded,
    StampRemoved,
)
from scheduler.model.people import Member
from scheduler.model.readings import KnownMessage, KnownStamp, TextReading


class Members(Protocol):
    """Everybody who was ever heard of: when they joined, who they are, when they first posted."""

    def get(self, member: str) -> Member:
        """What is known of a member; of one never heard of, only the id."""
        ...

    def read_ahead(self, members: Iterable[str]) -> None:
        """Reads together what `get` will be asked for one by one."""
        ...

    def trace(self, fact: MemberTraced) -> bool:
        """Merges a trace, the best source first, then the earliest; True when the join changed."""
        ...

    def describe(self, fact: MemberDescribed) -> bool:
        """The latest description wins; True when bot or deactivation changed. A bot has no first post."""
        ...

    def posted(self, member: str, ts: str) -> None:
        """Notes a post; the earliest one is the member's first."""
        ...

    def joins(self) -> Mapping[JoinSource | None, int]:
        """How many members there are, bots left out, by how their join is known; None: nobody knows."""
        ...


class Channels(Protocol):
    """The channels and what they are called now."""

    def name_of(self, channel: str) -> str | None:
        """The latest known name."""
        ...

    def id_of(self, name: str) -> str | None:
        """The channel that has this name now; an id stands for itself."""
        ...

    def names(self) -> tuple[str, ...]:
        """What the channels are called, in order."""
        ...

    def describe(self, fact: ChannelDescribed) -> bool:
        """The latest description wins; True when the name is a new one."""
        ...

    def move(self, old: str, new: str) -> None:
        """A channel got another id: what is known of the old one goes on under the new one."""
        ...


@dataclass(frozen=True, slots=True)
class Placed:
    """The run that a message came into (None when it is no human's post), and every run that changed.

    `was_awaited` when an edit, a deletion or a stamp of it was told before; `came_late` when posts that stand
    after it in the channel were.
    """

    own: str | None = None
    changed: frozenset[str] = frozenset()
    was_awaited: bool = False
    came_late: bool = False


@dataclass(frozen=True, slots=True)
class Concerned:
    """The run that a message belongs to, and whether there is a case of it."""

    run_ts: str
    has_case: bool


class Messages(Protocol):
    """Every message without its text, and the runs that an author's posts make."""

    def add(self, fact: MessagePosted, reading: TextReading, *, gap: timedelta) -> Placed | None:
        """Keeps a message without its text, and puts a human's post into a run; None when it was known.

        Edits told earlier stay.
        """
        ...

    def edit(self, fact: MessageEdited, reading: TextReading) -> bool:
        """The latest edit wins; False when it was known."""
        ...

    def delete(self, fact: MessageDeleted) -> bool:
        """A deleted message stays deleted; False when it was known."""
        ...

    def await_(self, channel: str, ts: str) -> Concerned | None:
        """Notes that something was told of a message that may still come; gives the run that it concerns."""
        ...

    def place(self, channel: str, ts: str, *, gap: timedelta) -> frozenset[str]:
        """Mends the runs around a place in the channel; gives every run that changed."""
        ...

    def run_of(self, channel: str, ts: str) -> str | None:
        """The run of a top-level message, by its first ts."""
        ...

    def run(self, channel: str, run_ts: str) -> tuple[KnownMessage, ...]:
        """The messages of a run, in order."""
        ...

    def runs_of_author(self, author: str, *, most: int) -> tuple[tuple[str, str], ...]:
        """The author's first runs in the workspace as (channel, run_ts), in order."""
        ...

    def runs_in_channel(self, channel: str) -> tuple[str, ...]:
        """Every run of a channel, in order."""
        ...

    def replies(self, channel: str, run_ts: str) -> tuple[KnownMessage, ...]:
        """Replies in the threads of a run's messages, in order, deleted ones included."""
        ...

    def pointing_at(
        self, channel: str, run_ts: str, *, author: str, after: datetime, until: datetime
    ) -> tuple[KnownMessage, ...]:
        """Later top-level messages that mention the author in the channel, or link a message of the run."""
        ...

    def unhuman(self, author: str) -> None:
        """Takes an author's messages for a bot's from now on; they leave their runs."""
        ...

    def concerned_run(self, channel: str, ts: str) -> Concerned | None:
        """The run that a message belongs to: its own, or that of the post it replies to."""
        ...

    def author_of(self, channel: str, ts: str) -> str | None: ...

    def by_author(self, author: str) -> tuple[tuple[str, str, datetime], ...]:
        """All messages of an author as (channel, ts, at)."""
        ...

    def pointed_at_by(self, channel: str, ts: str) -> frozenset[tuple[str, str]]:
        """Posts with cases that a message mentions the author of, or links, as (channel, run_ts)."""
        ...

    def thanked(self, channel: str, *, start: datetime, end: datetime) -> bool:
        """True when a human posted a weekly thank-you in that time."""
        ...

    def forget(self, *, before: datetime) -> None:
        """Drops what is older, with the stamps on it, but for the messages of open cases."""
        ...


class Talks(Protocol):
    """What stands around a post among the top-level messages by humans in its channel."""

    def before(
        self, channel: str, ts: str, *, author: str, since: datetime, most: int
    ) -> tuple[KnownMessage, ...]:
        """The last messages by others before it and not before `since`, deleted ones included, in order."""
        ...

    def mentioned(self, channel: str, run_ts: str) -> frozenset[str]:
        """The members that the messages of a run mention."""
        ...

    def after(self, channel: str, ts: str, *, until: datetime, most: int) -> tuple[KnownMessage, ...]:
        """The next messages after it, in order, without deleted ones."""
        ...

    def endings(
        self, channel: str, ts: str, *, author: str, until: datetime
    ) -> tuple[tuple[KnownMessage, KnownMessage | None], ...]:
        """Later messages by the author that say thanks or that it is solved, in order, without deleted ones.

        Each with the last message by somebody else between the post and it.
        """
        ...

    def runs_after(self, channel: str, ts: str, *, until: datetime) -> tuple[tuple[str, str], ...]:
        """For each message after it, up to that instant, its run and its author, in order."""
        ...

    def habit(self, channel: str, *, since: datetime, before: datetime) -> Habit:
        """How cases were answered that opened since then and had ended before that instant.

        A talk that its author joined, without anything surer, counts as an answer outside threads.
        """
        ...


class Stamps(Protocol):
    """The stamps on messages, as they stand now."""

    def add(self, fact: StampAdded) -> bool:
        """The latest of adding and removing wins; False when nothing changed."""
        ...

    def remove(self, fact: StampRemoved) -> bool:
        """The latest of adding and removing wins; False when nothing changed."""
        ...

    def on_run(self, channel: str, run_ts: str) -> tuple[KnownStamp, ...]:
        """The stamps by humans that stand on a run's messages now, in order of time."""
        ...

    def by(self, member: str) -> tuple[tuple[str, str], ...]:
        """Messages that a member ever stamped, as (channel, ts)."""
        ...
