"""After the database was put back to an older state: what may have gone out meanwhile is not sent twice.

The state that was lost may have sent anything that was due, or whose member had joined, before the gap was
read back. Every message has the same mark for ever, so that Slack itself can be asked.
"""

from datetime import UTC, datetime

from scheduler.model.marks import ALIVE, RESTORED_SINCE, RESTORED_UNTIL
from scheduler.model.messages import MessageKind, OutgoingMessage
from scheduler.ports import Work

#: Of a database that never heard anything live.
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


def put_back(work: Work) -> None:
    """From now on it is doubted whether messages are still to be sent."""
    since = work.marks.get(ALIVE) or _ALWAYS.isoformat()
    work.marks.put(RESTORED_SINCE, since)
    work.marks.put(RESTORED_UNTIL, "")
    work.outbox.doubt()


def read_back(work: Work, *, now: datetime) -> None:
    """What was missed is known again: what comes to be due from now on cannot have gone out."""
    if work.marks.get(RESTORED_SINCE) and not work.marks.get(RESTORED_UNTIL):
        work.marks.put(RESTORED_UNTIL, now.isoformat())


def may_have_gone_out_since(work: Work, message: OutgoingMessage) -> datetime | None:
    """From when on the lost state may have sent this message; None when it cannot have."""
    since = work.marks.get(RESTORED_SINCE)
    if not since or message.kind is MessageKind.CARD:  # an edit made twice is made once
        return None
    until = work.marks.get(RESTORED_UNTIL)
    if until and _possible_from(work, message) > datetime.fromisoformat(until):
        return None
    return datetime.fromisoformat(since)


def _possible_from(work: Work, message: OutgoingMessage) -> datetime:
    """The lost state may have known better than the list of members when somebody joined."""
    if message.kind is MessageKind.WELCOME:
        return work.members.get(message.recipient).joined_at or message.due_at
    return message.due_at
