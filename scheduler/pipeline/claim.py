"""Claiming the next due row."""

from datetime import datetime

from scheduler.model.messages import OutgoingMessage
from scheduler.ports import Work


def claim(work: Work, now: datetime) -> OutgoingMessage | None:
    """The most urgent message that is due, or None."""
    return next(iter(work.outbox.due(now, most=1)), None)
