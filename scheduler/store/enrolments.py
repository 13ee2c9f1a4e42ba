"""Enrolments: one member's numbered way through a journey."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from scheduler.store.rows import Rows, table_of
from scheduler.store.tables import EnrolmentRow

ENROLMENTS = table_of(EnrolmentRow)
_OURS = (
    ENROLMENTS.c.team == bindparam("b_team"),
    ENROLMENTS.c.member == bindparam("b_member"),
    ENROLMENTS.c.journey == bindparam("b_journey"),
    ENROLMENTS.c.number == bindparam("b_number"),
)
_SET_DUE = update(ENROLMENTS).where(*_OURS).values(due_at=bindparam("at"))
_MOVE_DUE = _SET_DUE.where(ENROLMENTS.c.due_at.is_not(None))
_DUE = (
    select(ENROLMENTS.c.member, ENROLMENTS.c.journey, ENROLMENTS.c.number, ENROLMENTS.c.step)
    .where(ENROLMENTS.c.team == bindparam("team"), ENROLMENTS.c.due_at <= bindparam("now"))
    .order_by(ENROLMENTS.c.due_at, ENROLMENTS.c.member)
    .limit(bindparam("most"))
)


class EnrolmentRows(Rows):
    """Implements `ports.Enrolments`."""

    def start(self, member: str, journey: str, step: str, due_at: datetime) -> None:
        self._due.moved()
        values = {"team": self._team, "member": member, "journey": journey, "number": 1, "step": step}
        if not self._insert_new(ENROLMENTS, {**values, "due_at": due_at}):
            self._connection.execute(_MOVE_DUE, {**self._key(member, journey, 1), "at": due_at})

    def due(self, now: datetime, *, most: int) -> tuple[tuple[str, str, int, str], ...]:
        found = self._connection.execute(_DUE, {"team": self._team, "now": now, "most": most})
        return tuple((row.member, row.journey, row.number, row.step) for row in found)

    def set_due(self, member: str, journey: str, number: int, due_at: datetime | None) -> None:
        self._due.moved()
        self._connection.execute(_SET_DUE, {**self._key(member, journey, number), "at": due_at})

    def _key(self, member: str, journey: str, number: int) -> dict[str, str | int]:
        return {"b_team": self._team, "b_member": member, "b_journey": journey, "b_number": number}
