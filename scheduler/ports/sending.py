"""What the way out needs: the outbox, and those who render and send.

Each sentence of a docstring is a contract. Instants are aware UTC.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from scheduler.model.cases import CaseKey
from scheduler.model.decisions import Reason
from scheduler.model.deliveries import Delivered, Delivery
from scheduler.model.messages import MessageKind, OutgoingMessage, PlaceholderValue, Rendered


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

    def put_back(self, dedup_key: str, until: datetime, code: str, *, attempt: int) -> None:
        """As `retry`, by who may not work here any more: only while it is on its way by that attempt."""
        ...

    def unknown(self, dedup_key: str, look_at: datetime, code: str) -> None:
        """It may have gone out: whether it did is looked up at `look_at`."""
        ...

    def abandoned(self, now: datetime, *, look_at: datetime) -> int:
        """Messages whose sender's lease ended may have gone out; gives how many."""
        ...

    def doubt(self) -> None:
        """Of no pending message it is known any more that it did not go out: none keeps its nonce."""
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
        alert Slack refused, or who were away when it came to it: they are not asked again.
        """
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
