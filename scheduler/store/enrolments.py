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
_SET_DUE = update(ENROLMENTS).where(*_OURS).values(due_at=bindparam("b_at"))
_MOVE_DUE = _SET_DUE.where(ENROLMENTS.c.due_at.is_not(None))
_DUE = (
    select(ENROLMENTS.c.member, ENROLMENTS.c.journey, ENROLMENTS.c.number, ENROLMENTS.c.step)
    .where(ENROLMENTS.c.team == bindparam("b_team"), ENROLMENTS.c.due_at <= bindparam("b_now"))
    .order_by(ENROLMENTS.c.due_at, ENROLMENTS.c.member)
    .limit(bindparam("b_most"))
)


class EnrolmentRows(Rows):
    """Implements `ports.Enrolments`."""

    def start(self, member: str, journey: str, step: str, due_at: datetime) -> None:
        self._due.moved()
        values = {"member": member, "journey": journey, "number": 1, "step": step, "due_at": due_at}
        if not self._insert_new(ENROLMENTS, values):
            self._change(_MOVE_DUE, b_member=member, b_journey=journey, b_number=1, b_at=due_at)

    def due(self, now: datetime, *, most: int) -> tuple[tuple[str, str, int, str], ...]:
        found = self._rows(_DUE, b_now=now, b_most=most)
        return tuple((member, journey, number, step) for member, journey, number, step in found)

    def set_due(self, member: str, journey: str, number: int, due_at: datetime | None) -> None:
        self._due.moved()
        self._change(_SET_DUE, b_member=member, b_journey=journey, b_number=number, b_at=due_at)
