"""Claiming the next due row."""

from datetime import datetime

from scheduler.pipeline.crew import Parcel
from scheduler.ports import Work


def claim(work: Work, now: datetime) -> Parcel | None:
    """The most urgent message that is due, or None."""
    due = work.outbox.due(now, most=1)
    return Parcel(due[0]) if due else None
