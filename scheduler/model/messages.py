"""Outgoing messages: rows of the outbox, and what is rendered from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self

from scheduler.model.cases import CaseKey
from scheduler.model.decisions import Reason

_MINUTE = timedelta(minutes=1)


class MessageKind(StrEnum):
    """What a message is for. The order is the order of sending: alerts first."""

    ALERT = "alert"
    CARD = "card"  #: an alert that stands in Slack is edited: it notifies nobody
    THANKS = "thanks"
    NOTICE = "notice"  #: to the admins, about the service itself
    WELCOME = "welcome"


#: What reports count: messages that reach the community. Cards are edits, and notices are the admins' own.
REPORTED = (MessageKind.ALERT, MessageKind.THANKS, MessageKind.WELCOME)


class OutboxState(StrEnum):
    """pending → sending → sent | pending | unknown; unknown → sent | pending | dead; else skipped or dead."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"  #: it may have gone out; Slack is asked before it is sent again
    SKIPPED = "skipped"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class MemberRef:
    """A member that a message of ours mentions on purpose."""

    member: str


@dataclass(frozen=True, slots=True)
class ChannelRef:
    """A channel that a message of ours links."""

    channel: str


@dataclass(frozen=True, slots=True)
class PostRef:
    """A post that a message of ours links."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class PostList:
    """Posts that a message of ours links, a line each; perhaps none."""

    posts: tuple[PostRef, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """A length of time that is told in words: `1時間5分`."""

    minutes: int

    @classmethod
    def of(cls, length: timedelta) -> Self:
        """To the nearest minute; the messages and the reports tell the same."""
        return cls((length + _MINUTE / 2) // _MINUTE)


@dataclass(frozen=True, slots=True)
class Day:
    """A local day that a message tells in words: `11月24日（火）`."""

    on: date


#: What a placeholder may hold. `str` comes from people and is always escaped;
#: the refs are ours and become real mentions and links.
PlaceholderValue = str | int | bool | MemberRef | ChannelRef | PostRef | PostList | Wait | Day | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """One intended message; `dedup_key` names it once and for ever.

    `recipient` is a member or channel id. `values` fill the placeholders and are emptied once sent.
    `not_before` is when the pipeline looks at it next; `reason` says why it is sent, held or skipped.
    `nonce` is our opaque mark on it in Slack; `posted_channel` and `posted_ts` are where it stands there. A
    card has them from the beginning: it is an edit of what stands at that place.
    """

    team: str
    dedup_key: str
    kind: MessageKind
    message: str
    recipient: str
    due_at: datetime
    not_before: datetime
    reason: Reason
    state: OutboxState = OutboxState.PENDING
    case: CaseKey | None = None
    step: str | None = None
    ambassador: str | None = None
    member: str | None = None
    rotation: int = 0
    values: Mapping[str, PlaceholderValue] = field(default_factory=dict)
    sent_at: datetime | None = None
    payload_hash: str | None = None
    attempts: int = 0
    nonce: str | None = None
    posted_channel: str | None = None
    posted_ts: str | None = None

    @property
    def is_shadow(self) -> bool:
        """Whether it counts as sent and was not, in shadow mode or a simulation: its `posted_ts` is empty."""
        return self.state is OutboxState.SENT and self.posted_ts == ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A finished payload: `text` carries the whole meaning alone; `blocks` are Block Kit."""

    text: str
    blocks: tuple[Mapping[str, object], ...] = ()
