"""Cases as a first post opens them, made without the post."""

from datetime import datetime

from scheduler.model.cases import Case, CaseKey, ChannelKind
from scheduler.model.decisions import Reason


def waiting_case(team: str, channel: str, number: int, *, opened_at: datetime) -> Case:
    """`number` tells it from others that opened together."""
    ts = f"{int(opened_at.timestamp())}.{number:06d}"
    return Case(
        key=CaseKey(team=team, channel=channel, ts=ts),
        author=f"U{number:010d}",
        kind=ChannelKind.QUESTIONS,
        topic="",
        reason=Reason.FIRST_POST,
        asks=True,
        opened_at=opened_at,
        run_end_at=opened_at,
    )
