"""What is forgotten while it is still needed."""

from collections.abc import Iterator
from datetime import timedelta

from scheduler.config.shape import BeginnersShape, PrivacyShape, ReadingShape
from scheduler.errors import Problem
from scheduler.strictyaml import Document


def check_privacy(
    document: Document, privacy: PrivacyShape, reading: ReadingShape, beginners: BeginnersShape
) -> Iterator[Problem]:
    """Messages that are forgotten before their case ends, or before a beginner is none any more."""
    needed = max(reading.expire_after + reading.reopen_within, beginners.within)
    if privacy.keep_messages < needed:
        days = -(-needed // timedelta(days=1))
        yield document.problem("config.kept_too_short", ("privacy", "keep_messages"), days=days)
