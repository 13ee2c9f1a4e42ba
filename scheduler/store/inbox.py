"""The inbox: every payload of Slack's is kept here before it is acknowledged."""

from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, update

from scheduler.model.envelopes import Envelope
from scheduler.store.rows import Rows, table_of
from scheduler.store.tables import InboxRow

INBOX = table_of(InboxRow)
_WAITING, _DONE, _DEAD = "waiting", "done", "dead"
_COLUMNS = ("key", "kind", "received_at", "payload", "gesture")
_OURS = INBOX.c.team == bindparam("b_team")
_NEXT = (
    select(*(INBOX.c[name] for name in _COLUMNS))
    .where(_OURS, INBOX.c.state == _WAITING)
    .order_by(INBOX.c.id)
    .limit(bindparam("b_most"))
)
_SINCE = select(func.min(INBOX.c.received_at)).where(_OURS, INBOX.c.state == _WAITING)
_END = (
    update(INBOX)
    .where(_OURS, INBOX.c.key == bindparam("b_key"))
    .values(state=bindparam("b_to"), reason=bindparam("b_why"), ended_at=bindparam("b_at"))
)
_EMPTY = _END.values(payload="")
_GESTURE = select(INBOX.c.key).where(
    _OURS,
    INBOX.c.gesture == bindparam("b_gesture"),
    INBOX.c.key != bindparam("b_key"),
    INBOX.c.state == _DONE,
)
_REFUSED = (
    select(INBOX.c.reason, func.count().label("number"))
    .where(_OURS, INBOX.c.state == _DEAD)
    .group_by(INBOX.c.reason)
    .order_by(INBOX.c.reason)
)
_FORGET_DONE = delete(INBOX).where(_OURS, INBOX.c.state == _DONE, INBOX.c.received_at < bindparam("b_before"))
_EMPTY_DEAD = (
    update(INBOX)
    .where(_OURS, INBOX.c.state == _DEAD, INBOX.c.received_at < bindparam("b_before"))
    .values(payload="")
)


class InboxRows(Rows):
    """Implements `ports.Inbox`."""

    def put(self, envelope: Envelope) -> bool:
        told = {name: getattr(envelope, name) for name in _COLUMNS}
        return self._insert_new(INBOX, told | {"state": _WAITING})

    def waiting(self, *, most: int) -> tuple[Envelope, ...]:
        return tuple(Envelope(**row) for row in self._dicts(_NEXT, b_most=most))

    def done(self, key: str, *, now: datetime) -> None:
        self._change(_EMPTY, b_key=key, b_to=_DONE, b_why=None, b_at=now)

    def dead(self, key: str, reason: str, *, now: datetime) -> None:
        self._change(_END, b_key=key, b_to=_DEAD, b_why=reason, b_at=now)

    def knows_gesture(self, gesture: str, *, besides: str) -> bool:
        return self._first(_GESTURE, b_gesture=gesture, b_key=besides) is not None

    def waiting_since(self) -> datetime | None:
        (since,) = self._scalars(_SINCE)
        found: datetime | None = since
        return found

    def refused(self) -> tuple[tuple[str, int], ...]:
        return tuple((reason, number) for reason, number in self._rows(_REFUSED))

    def forget(self, *, done_before: datetime, dead_before: datetime) -> None:
        self._change(_FORGET_DONE, b_before=done_before)
        self._change(_EMPTY_DEAD, b_before=dead_before)
