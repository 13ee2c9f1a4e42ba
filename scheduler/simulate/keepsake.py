"""The sender of a simulation: it keeps the last message of each kind to show, and sends nothing."""

from collections.abc import Callable
from datetime import datetime

from scheduler.model.deliveries import Delivered, Delivery
from scheduler.model.messages import REPORTED, MessageKind, OutgoingMessage, Rendered


class Keepsake:
    """Implements `ports.Sender`. Only what was due when `counts` holds is kept."""

    def __init__(self, counts: Callable[[datetime], bool]) -> None:
        self._counts = counts
        self._kept: dict[MessageKind, tuple[OutgoingMessage, Rendered]] = {}

    def send(self, message: OutgoingMessage, rendered: Rendered) -> Delivery:
        if self._counts(message.due_at):
            self._kept[message.kind] = (message, rendered)
        return Delivered(message.recipient, "")

    def kept(self) -> tuple[tuple[OutgoingMessage, Rendered], ...]:
        """One message of each kind that was sent, alerts first."""
        return tuple(self._kept[kind] for kind in REPORTED if kind in self._kept)
