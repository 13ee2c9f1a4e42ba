"""The append-only record of decisions: a line whenever an outcome changes."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from scheduler.model.decisions import DecisionRecord
from scheduler.store.rows import Rows, table_of
from scheduler.store.tables import DecisionRow

DECISIONS = table_of(DecisionRow)
_LAST = (
    select(DECISIONS.c.outcome, DECISIONS.c.reason)
    .where(
        DECISIONS.c.team == bindparam("team"),
        DECISIONS.c.subject == bindparam("subject"),
        DECISIONS.c.rule == bindparam("rule"),
    )
    .order_by(DECISIONS.c.id.desc())
    .limit(1)
)
_FORGET = delete(DECISIONS).where(DECISIONS.c.team == bindparam("team"), DECISIONS.c.at < bindparam("before"))


class DecisionRows(Rows):
    """Implements `ports.Decisions`."""

    def record(self, record: DecisionRecord) -> bool:
        key = {"team": self._team, "subject": record.subject, "rule": record.rule}
        last = self._connection.execute(_LAST, key).first()
        if last and (last.outcome, last.reason) == (record.outcome, record.reason.value):
            return False
        said = {"at": record.at, "outcome": record.outcome, "reason": record.reason.value}
        values = {**key, **said, "values": record.values, "config_hash": record.config_hash}
        self._connection.execute(DECISIONS.insert(), values)
        return True

    def forget(self, *, before: datetime) -> None:
        self._connection.execute(_FORGET, {"team": self._team, "before": before})
