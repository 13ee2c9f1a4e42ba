"""Outgoing messages: rows of the outbox, and what is rendered from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from scheduler.model.cases import CaseKey
from scheduler.model.decisions import Reason


class MessageKind(StrEnum):
    """What a message is for. The order is the order of sending: alerts first."""

    ALERT = "alert"
    THANKS = "thanks"
    WELCOME = "welcome"


class OutboxState(StrEnum):
    """pending → sending → sent | pending | unknown; pending → skipped; a row that cannot be sent is dead."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
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
class Wait:
    """A length of time that a message tells in words: `1時間5分`."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Day:
    """A local day that a message tells in words: `11月24日（火）`."""

    on: date


#: What a placeholder may hold. `str` comes from people and is always escaped;
#: the refs are ours and become real mentions and links.
PlaceholderValue = str | int | bool | MemberRef | ChannelRef | PostRef | Wait | Day | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """One intended message; `dedup_key` names it once and for ever.

    `recipient` is a member or channel id. `values` fill the placeholders and are emptied once sent.
    `not_before` is when the pipeline looks at it next; `reason` says why it is sent, held or skipped.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A finished payload: `text` carries the whole meaning alone; `blocks` are Block Kit."""

    text: str
    blocks: tuple[Mapping[str, object], ...] = ()
