"""The tables. Every key carries the team id; columns only, no logic.

`table=True` models do not validate, so that nothing outside `store` uses them.
"""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

METADATA = SQLModel.metadata


def _index_of_told(name: str, *columns: str, told: str) -> Index:
    """Without the rows in which `told` is empty: nobody looks for those by it."""
    is_told = text(f"{told} IS NOT NULL")
    return Index(name, *columns, sqlite_where=is_told, postgresql_where=is_told)


class MemberRow(SQLModel, table=True):
    """A member. The join is the best known, the description the latest told."""

    __tablename__ = "members"
    __table_args__ = (Index("member_joined", "team", "joined_at"),)

    team: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    name: str = ""
    is_bot: bool = False
    is_guest: bool = False
    deactivated_at: datetime | None = None
    described_at: datetime | None = None
    locale: str | None = None
    joined_at: datetime | None = None
    join_source: str | None = None
    first_post_ts: str | None = None


class ChannelRow(SQLModel, table=True):
    """A channel, by its latest known name."""

    __tablename__ = "channels"

    team: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    name: str
    is_archived: bool = False
    described_at: datetime


class MessageRow(SQLModel, table=True):
    """A message without its text. A row may be known by its edit or deletion only (`at` is empty)."""

    __tablename__ = "messages"
    __table_args__ = (
        _index_of_told("message_top_level", "team", "channel", "top_ts", told="top_ts"),
        _index_of_told("message_run", "team", "channel", "run_ts", "ts", told="run_ts"),
        _index_of_told("message_thread", "team", "channel", "thread_ts", told="thread_ts"),
        Index("message_author", "team", "author", "run_ts", "channel"),
        Index("message_at", "team", "at"),
    )

    team: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    ts: str = Field(primary_key=True)
    at: datetime | None = None
    author: str | None = None
    shape: str | None = None
    thread_ts: str | None = None
    top_ts: str | None = None  #: ts of a top-level message by a human, else empty
    run_ts: str | None = None  #: of a top-level message by a human: the first message of its run
    is_bot: bool = False
    asks: bool = False
    resolves: bool = False
    weekly_thanks: bool = False
    score: int = 0  #: how much it asks; below zero it rather tells
    offers: bool = False  #: reads like an answer or a guess
    replies: bool = False  #: opens like a reply to what was said just before
    thanks: bool = False
    terms: str = ""  #: keyed hashes of its rarer words, sorted
    phrases: str = ""
    length: int = 0
    edited_at: datetime | None = None
    deleted_at: datetime | None = None


class PointerRow(SQLModel, table=True):
    """A top-level message that mentions a member, or links a post (`to_ts`)."""

    __tablename__ = "pointers"
    __table_args__ = (
        Index("pointer_member", "team", "channel", "to_member", "at"),
        Index("pointer_post", "team", "to_channel", "to_ts"),
        Index("pointer_from", "team", "channel", "ts"),
    )

    id: int | None = Field(default=None, primary_key=True)
    team: str
    channel: str
    ts: str
    at: datetime
    to_member: str | None = None
    to_channel: str | None = None
    to_ts: str | None = None


class StampRow(SQLModel, table=True):
    """One member's stamp on one message. It stands when it was added after it was last removed."""

    __tablename__ = "stamps"

    team: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    ts: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    stamp: str = Field(primary_key=True)
    added_at: datetime | None = None
    removed_at: datetime | None = None
    dated: bool = True


class CaseRow(SQLModel, table=True):
    """One opening of a tracked post. The excerpt lives while the case is open."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("case_due", "team", "due_at"),
        Index("case_near", "team", "channel", "opened_at"),
        Index("case_author", "team", "author"),
        Index("case_opened", "team", "opened_at"),
        Index("case_answered", "team", "answered_at"),
    )

    team: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    ts: str = Field(primary_key=True)
    opening: int = Field(primary_key=True)
    author: str
    kind: str
    topic: str = ""
    reason: str
    asks: bool = False
    opened_at: datetime
    run_end_at: datetime
    touched_at: datetime | None = None
    touched_by: str | None = None
    touched_how: str | None = None
    answered_at: datetime | None = None
    answered_by: str | None = None
    weak_sign_at: datetime | None = None
    weak_strength: str | None = None
    undated_stamp: bool = False
    closed_at: datetime | None = None
    outcome: str | None = None
    steps_taken: str = ""
    due_at: datetime | None = None
    excerpt: str | None = None


class EnrolmentRow(SQLModel, table=True):
    """One member's numbered way through a journey. `due_at` is empty once it has ended."""

    __tablename__ = "enrolments"
    __table_args__ = (Index("enrolment_due", "team", "due_at"),)

    team: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    journey: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    step: str
    due_at: datetime | None = None


class OutboxRow(SQLModel, table=True):
    """One intended message. `values` and the payload are emptied once sent; a hash stays."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_due", "team", "state", "not_before"),
        Index("outbox_recipient", "team", "recipient", "sent_at"),
        Index("outbox_kind", "team", "kind", "sent_at"),
        Index("outbox_case", "team", "channel", "ts"),
    )

    team: str = Field(primary_key=True)
    dedup_key: str = Field(primary_key=True)
    kind: str
    message: str
    recipient: str
    due_at: datetime
    not_before: datetime
    reason: str
    held: str = ""  #: the reasons it was held for, in order, each once
    state: str
    channel: str | None = None
    ts: str | None = None
    opening: int | None = None
    step: str | None = None
    ambassador: str | None = None
    member: str | None = None
    rotation: int = Field(default=0, sa_type=BigInteger)
    values_: dict[str, object] = Field(default_factory=dict, sa_column=Column("values", JSON, nullable=False))
    sent_at: datetime | None = None
    payload_hash: str | None = None
    attempts: int = 0
    nonce: str | None = None  #: our opaque mark on the message in Slack
    leased_until: datetime | None = None  #: while it is being sent
    error: str | None = None  #: Slack's code for the last attempt that failed
    posted_channel: str | None = None
    posted_ts: str | None = None


class DecisionRow(SQLModel, table=True):
    """The append-only record of decisions, a line whenever an outcome changes."""

    __tablename__ = "decisions"
    __table_args__ = (
        Index("decision_subject", "team", "subject", "rule", "id"),
        Index("decision_at", "team", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    team: str
    at: datetime
    subject: str
    rule: str
    outcome: str
    reason: str
    values_: dict[str, str] = Field(default_factory=dict, sa_column=Column("values", JSON, nullable=False))
    rulings: list[list[str]] = Field(default_factory=list, sa_column=Column("rulings", JSON, nullable=False))
    config_hash: str


class JobRow(SQLModel, table=True):
    """When a recurring job last fired."""

    __tablename__ = "jobs"

    team: str = Field(primary_key=True)
    job: str = Field(primary_key=True)
    last_fired_at: datetime


class ImportRow(SQLModel, table=True):
    """How far the import of a history came. `source` tells one history from another."""

    __tablename__ = "imports"

    team: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    facts_done: int = 0
    told_until: datetime | None = None
    finished: bool = False


class InboxRow(SQLModel, table=True):
    """One payload of Slack's, kept before it is acknowledged. The payload is emptied once it is folded."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("team", "key"),
        Index("inbox_waiting", "team", "state", "id"),
        _index_of_told("inbox_gesture", "team", "gesture", told="gesture"),
        Index("inbox_received", "team", "received_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    team: str
    key: str
    kind: str
    received_at: datetime
    payload: str
    gesture: str | None = None
    state: str = "waiting"
    reason: str | None = None
    ended_at: datetime | None = None


class MarkRow(SQLModel, table=True):
    """What the service remembers from run to run: how far it has heard, whether its history was seeded."""

    __tablename__ = "marks"

    team: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    value: str


class LeaseRow(SQLModel, table=True):
    """Which process folds and sends. The row stays when it is given up, so that no token comes twice."""

    __tablename__ = "leases"

    team: str = Field(primary_key=True)
    holder: str | None = None
    token: int = Field(sa_type=BigInteger)
    renewals: int = Field(default=0, sa_type=BigInteger)
    lasts_ms: int  #: milliseconds without a renewal, after which it has ended
