"""The append-only record of decisions: a line whenever an outcome changes."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from scheduler.model.decisions import DecisionRecord, Reason, Rule, Ruling
from scheduler.store.rows import Rows, table_of
from scheduler.store.tables import DecisionRow

DECISIONS = table_of(DecisionRow)
_LAST = (
    select(DECISIONS.c.outcome, DECISIONS.c.reason)
    .where(
        DECISIONS.c.team == bindparam("b_team"),
        DECISIONS.c.subject == bindparam("b_subject"),
        DECISIONS.c.rule == bindparam("b_rule"),
    )
    .order_by(DECISIONS.c.id.desc())
    .limit(1)
)
_TOLD = ("team", "at", "subject", "rule", "outcome", "reason", "values", "config_hash")
_STORED = (*_TOLD, "rulings")
_ADD = insert(DECISIONS).values({name: bindparam(f"b_{name}") for name in _STORED})
_ALL = select(DECISIONS).where(DECISIONS.c.team == bindparam("b_team")).order_by(DECISIONS.c.id)
_LATER = (
    select(DECISIONS)
    .where(DECISIONS.c.team == bindparam("b_team"), DECISIONS.c.id > bindparam("b_mark"))
    .order_by(DECISIONS.c.id)
)
_OF_SUBJECT = select(DECISIONS).where(
    DECISIONS.c.team == bindparam("b_team"), DECISIONS.c.subject == bindparam("b_subject")
)
_FORGET = delete(DECISIONS).where(
    DECISIONS.c.team == bindparam("b_team"), DECISIONS.c.at < bindparam("b_before")
)


class DecisionRows(Rows):
    """Implements `ports.Decisions`."""

    def record(self, record: DecisionRecord) -> bool:
        said = (record.outcome, record.reason.value)
        if self._first(_LAST, b_subject=record.subject, b_rule=record.rule) == said:
            return False
        values = {f"b_{name}": getattr(record, name) for name in _TOLD}
        rulings = [[each.rule.value, each.holds, each.value] for each in record.rulings]
        known = {"b_reason": record.reason.value, "b_rulings": rulings}
        self._change(_ADD, **{**values, **known})
        return True

    def all(self) -> Iterator[DecisionRecord]:
        """The whole record, in the order it was written."""
        for row in self._stream(_ALL):
            yield _read(row)

    def later(self, mark: int) -> tuple[int, tuple[DecisionRecord, ...]]:
        """What was written after a mark, and the mark to ask with the next time; 0 is before everything."""
        rows = tuple(self._dicts(_LATER, b_mark=mark))
        last = rows[-1]["id"] if rows else mark
        return last, tuple(_read(row) for row in rows)

    def of_subjects(self, subjects: Iterable[str]) -> tuple[DecisionRecord, ...]:
        """The record of these subjects, in the order it was written."""
        found = [row for each in subjects for row in self._dicts(_OF_SUBJECT, b_subject=each)]
        return tuple(_read(row) for row in sorted(found, key=lambda row: row["id"]))

    def forget(self, *, before: datetime) -> None:
        self._change(_FORGET, b_before=before)


def _read(row: dict[str, Any]) -> DecisionRecord:
    del row["id"]
    rulings = tuple(Ruling(Rule(rule), holds, value) for rule, holds, value in row["rulings"])
    return DecisionRecord(**{**row, "reason": Reason(row["reason"]), "rulings": rulings})
