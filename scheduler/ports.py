"""What the inside needs from outside, as Protocols; each sentence of a docstring is a contract.

Instants are aware UTC. A `Work` is one transaction: all of it is kept, or nothing.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from scheduler.model.cases import Case, CaseKey, Habit, Outcome
from scheduler.model.decisions import DecisionRecord, Reason
from scheduler.model.deliveries import Delivered, Delivery
from scheduler.model.envelopes import Envelope
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
from scheduler.model.messages import MessageKind, OutgoingMessage, PlaceholderValue, Rendered
from scheduler.model.people import Ambassador, Member
from scheduler.model.readings import KnownMessage, KnownStamp, TextReading


class Members(Protocol):
    """Everybody who was ever heard of: when they joined, who they are, when they first posted."""

    def get(self, member: str) -> Member:
        """What is known of a member; of one never heard of, only the id."""
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

    def describe(self, fact: ChannelDescribed) -> bool:
        """The latest description wins; True when the name is a new one."""
        ...

    def move(self, old: str, new: str) -> None:
        """A channel got another id: what is known of the old one goes on under the new one."""
        ...


@dataclass(frozen=True, slots=True)
class Placed:
    """The run that a message came into (None when it is no human's post), and every run that changed.

    `was_awaited` when an edit, a deletion or a stamp of it was told before.
    """

    own: str | None = None
    changed: frozenset[str] = frozenset()
    was_awaited: bool = False


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

    def await_(self, channel: str, ts: str) -> None:
        """Notes that something was told of a message that may still come."""
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

    def concerned_run(self, channel: str, ts: str) -> str | None:
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


@dataclass(frozen=True, slots=True)
class NearCase:
    """What is needed to see whether a later message concerns a case."""

    ts: str
    author: str
    run_end_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class WeekFigures:
    """What a week brought, for the Friday thank-you."""

    joined: int
    first_posts: int
    first_posts_touched: int
    answers: int
    helpers: int


class Cases(Protocol):
    """The openings of tracked posts."""

    def of_post(self, channel: str, ts: str) -> tuple[Case, ...]:
        """The openings of one post, in order."""
        ...

    def find(self, key: CaseKey) -> Case | None: ...

    def save(self, case: Case, *, run_end_at: datetime) -> None:
        """Writes an opening; a closed one loses its excerpt."""
        ...

    def remove(self, key: CaseKey) -> None: ...

    def close(self, key: CaseKey, outcome: Outcome, at: datetime) -> None:
        """Ends an opening, whatever the facts around it; its excerpt goes."""
        ...

    def keep_excerpt(self, key: CaseKey, excerpt: str) -> None: ...

    def excerpt(self, key: CaseKey) -> str: ...

    def near(self, channel: str, *, start: datetime, end: datetime) -> tuple[NearCase, ...]:
        """Openings in the channel since `start`, of posts whose run ended before `end`."""
        ...

    def of_author(self, author: str) -> tuple[tuple[str, str], ...]:
        """Posts with cases of an author, as (channel, ts)."""
        ...

    def due(self, now: datetime, *, most: int) -> tuple[Case, ...]:
        """Open cases that planning must look at, the longest due first."""
        ...

    def set_due(self, key: CaseKey, due_at: datetime | None, steps_taken: Sequence[str]) -> None: ...

    def parked(self, *, most: int) -> tuple[Case, ...]:
        """Open cases that planning does not look at, the earliest first: those of an import under way."""
        ...

    def fates(self) -> Mapping[Outcome | None, int]:
        """How many openings there are, by how they ended; None: still open."""
        ...

    def top_answerers(self, *, before: datetime, most: int) -> tuple[str, ...]:
        """Members who answered most cases before that instant, most first, ties by id."""
        ...

    def week(self, start: datetime, end: datetime) -> WeekFigures: ...


class Enrolments(Protocol):
    """The ways of members through their onboarding journeys."""

    def start(self, member: str, journey: str, step: str, due_at: datetime) -> None:
        """Enrols a member once; while nothing was sent or skipped, a new due time replaces the old one."""
        ...

    def due(self, now: datetime, *, most: int) -> tuple[tuple[str, str, int, str], ...]:
        """(member, journey, number, step), the longest due first."""
        ...

    def set_due(self, member: str, journey: str, number: int, due_at: datetime | None) -> None: ...


class Outbox(Protocol):
    """Every message that was ever intended, and what became of it."""

    def add(self, message: OutgoingMessage) -> bool:
        """False when a message of that dedup key was ever intended."""
        ...

    def due(self, now: datetime, *, most: int) -> tuple[OutgoingMessage, ...]:
        """Pending messages whose time has come, in the order of MessageKind: alerts first; oldest first."""
        ...

    def hold(self, dedup_key: str, until: datetime, reason: Reason) -> None: ...

    def skip(self, dedup_key: str, reason: Reason) -> None: ...

    def kill(self, dedup_key: str, reason: Reason, code: str = "") -> None:
        """It never goes out; `code` is what Slack said, if it did."""
        ...

    def sending(self, dedup_key: str, now: datetime, *, nonce: str, until: datetime) -> None:
        """Counts an attempt, leased until then; a message keeps the nonce of its first one."""
        ...

    def sent(self, dedup_key: str, now: datetime, payload_hash: str | None, where: Delivered) -> None:
        """Marks as sent, notes where it stands, and empties the values."""
        ...

    def retry(self, dedup_key: str, until: datetime, code: str) -> None:
        """It surely did not go out: it is pending again, not before `until`.

        What was on its way has not been attempted then; what was looked up, and is absent, has been.
        """
        ...

    def unknown(self, dedup_key: str, look_at: datetime, code: str) -> None:
        """It may have gone out: whether it did is looked up at `look_at`."""
        ...

    def abandoned(self, now: datetime, *, look_at: datetime) -> int:
        """Messages whose sender's lease ended may have gone out; gives how many."""
        ...

    def to_reconcile(self, now: datetime, *, most: int) -> tuple[OutgoingMessage, ...]:
        """Messages that may have gone out, and must be looked up now; the longest waiting first."""
        ...

    def oldest_unsent_alert(self) -> datetime | None:
        """Since when the alert that waits the longest might go out; None when none waits."""
        ...

    def posted_alerts(self, channel: str, ts: str) -> tuple[OutgoingMessage, ...]:
        """The alerts about a post that stand in Slack, in the order they were sent."""
        ...

    def is_being_edited(self, channel: str, ts: str, posted_ts: str) -> bool:
        """Whether an edit of that alert about a post is on its way, or may have been made just now."""
        ...

    def sent_to(self, recipient: str, *, since: datetime) -> tuple[datetime, ...]:
        """When messages went to a recipient, in order; cards are edits, and do not count."""
        ...

    def sent_of_kind(self, kind: MessageKind, *, since: datetime) -> tuple[datetime, ...]:
        """When messages of a kind went out, in order."""
        ...

    def alerts_to(self, *, since: datetime) -> tuple[tuple[str, datetime], ...]:
        """(ambassador, instant) of alerts sent since then, and of all that wait, the oldest first."""
        ...

    def is_told(self, recipient: str, case: CaseKey) -> bool:
        """Whether this opening's alert went, or will go, to that recipient."""
        ...

    def told_of(self, case: CaseKey) -> frozenset[str]:
        """Ambassadors who were alerted to any opening of this post, or are about to be; also those whose
        alert Slack refused: they cannot be told.
        """
        ...


class Decisions(Protocol):
    """The append-only record of what was decided, and why."""

    def record(self, record: DecisionRecord) -> bool:
        """Adds a line unless the last one of the same subject and rule says the same."""
        ...

    def forget(self, *, before: datetime) -> None:
        """Drops what is older."""
        ...


class Inbox(Protocol):
    """Every payload of Slack's, kept before it is acknowledged, until it is folded."""

    def put(self, envelope: Envelope) -> bool:
        """Keeps it; False when one of that key was ever kept."""
        ...

    def waiting(self, *, most: int) -> tuple[Envelope, ...]:
        """Those that nobody looked into yet, in the order they were kept."""
        ...

    def done(self, key: str, *, now: datetime) -> None:
        """It was folded; its payload goes, its key stays."""
        ...

    def dead(self, key: str, reason: str, *, now: datetime) -> None:
        """It cannot be folded. Its payload stays for a while, for whoever looks into it."""
        ...

    def knows_gesture(self, gesture: str, *, besides: str) -> bool:
        """Whether another payload told of the same gesture, and was folded."""
        ...

    def waiting_since(self) -> datetime | None:
        """When the oldest one that still waits was received."""
        ...

    def refused(self) -> tuple[tuple[str, int], ...]:
        """Why payloads are dead, and how many of them."""
        ...

    def forget(self, *, done_before: datetime, dead_before: datetime) -> None:
        """Drops folded ones received before that, and empties dead ones."""
        ...


class Marks(Protocol):
    """What the service remembers from run to run, each under a name."""

    def all(self) -> Mapping[str, str]: ...

    def get(self, name: str) -> str | None: ...

    def put(self, name: str, value: str) -> None:
        """The latest value is the one that counts."""
        ...


class Jobs(Protocol):
    """When each recurring job last fired."""

    def last_fired(self) -> Mapping[str, datetime]: ...

    def fired(self, job: str, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProgress:
    """How far the import of one history came. `source` tells it from every other history.

    `facts_done` counts its facts from the beginning; the last of them told of `told_until`.
    """

    source: str
    facts_done: int = 0
    told_until: datetime | None = None
    finished: bool = False


class Imports(Protocol):
    """How far each history was imported."""

    def get(self, source: str) -> ImportProgress:
        """Of one that was never begun: that nothing is done."""
        ...

    def save(self, progress: ImportProgress) -> None: ...

    def unfinished(self) -> tuple[ImportProgress, ...]:
        """Imports that were begun and are not finished: their cases wait until one is."""
        ...

    def give_up(self) -> None:
        """Forgets the unfinished ones: what they began, another one ended."""
        ...

    def teams(self) -> frozenset[str]:
        """Every workspace that the database knows anything of."""
        ...


class Work(Protocol):
    """One transaction over everything that is known of one workspace."""

    @property
    def team(self) -> str: ...

    @property
    def members(self) -> Members: ...

    @property
    def channels(self) -> Channels: ...

    @property
    def messages(self) -> Messages: ...

    @property
    def talks(self) -> Talks: ...

    @property
    def stamps(self) -> Stamps: ...

    @property
    def cases(self) -> Cases: ...

    @property
    def enrolments(self) -> Enrolments: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def decisions(self) -> Decisions: ...

    @property
    def inbox(self) -> Inbox: ...

    @property
    def jobs(self) -> Jobs: ...

    @property
    def marks(self) -> Marks: ...

    @property
    def imports(self) -> Imports: ...

    def savepoint(self) -> AbstractContextManager[None]:
        """What changes in this block is undone when it raises; what came before stays.

        Raises DatabaseInTrouble when the database itself fails: nothing of the whole transaction stays then.
        """
        ...

    def next_due(self) -> datetime | None:
        """The earliest time at which a case, an enrolment or a message of the outbox is due.

        A message whose outcome is unknown is due when it is looked up, one on its way when its lease ends.
        """
        ...


class Store(Protocol):
    """One workspace's rows."""

    def begin(self) -> AbstractContextManager[Work]:
        """A transaction: kept when the block ends, undone when it raises."""
        ...


class Renderer(Protocol):
    """Turns a message's name and values into a finished payload."""

    def render(
        self, message: str, *, locale: str, rotation: int, values: Mapping[str, PlaceholderValue]
    ) -> Rendered:
        """Variant `rotation` modulo their number; raises RenderFailed, and never gives half of it."""
        ...


class Sender(Protocol):
    """Brings a finished payload to its recipient."""

    def send(self, message: OutgoingMessage, rendered: Rendered) -> Delivery:
        """What became of this one attempt. Raises nothing that Slack or the network may do."""
        ...


class Directory(Protocol):
    """Knows the ambassadors."""

    def ambassadors(self, work: Work, *, now: datetime) -> tuple[Ambassador, ...]:
        """Those who may be told on the local day of `now`, in a stable order."""
        ...
