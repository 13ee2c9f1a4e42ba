"""While what was missed is read back: a channel that is not read yet does not tell who still waits in it."""

from scheduler.model.marks import BEHIND, HEARD
from scheduler.ports import Work


def is_unread(work: Work, channel: str) -> bool:
    """Whether a catch-up is under way that has not come to this channel."""
    behind = work.marks.get(BEHIND)
    return bool(behind) and work.marks.get(HEARD + channel) != behind
