"""What is dropped once it is older than the config lets us keep: messages, and all that hangs on them."""

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, FromClause, and_, bindparam, delete, exists, or_, select

from scheduler.store.rows import table_of
from scheduler.store.runs import MESSAGES
from scheduler.store.tables import CaseRow, PointerRow, StampRow

_CASES, _POINTERS, _STAMPS = table_of(CaseRow), table_of(PointerRow), table_of(StampRow)
_ROOTS = MESSAGES.alias("roots")
_BEFORE: BindParameter[datetime] = bindparam("b_before")
#: `ts` is text; those of our days all have ten digits before the point, so that they compare like numbers.
_BEFORE_TS: BindParameter[str] = bindparam("b_before_ts")


def _ours(table: FromClause) -> ColumnElement[bool]:
    return table.c.team == bindparam("b_team")


_RUN_OF_THREAD = (
    select(_ROOTS.c.run_ts)
    .where(_ours(_ROOTS), _ROOTS.c.channel == MESSAGES.c.channel, _ROOTS.c.ts == MESSAGES.c.thread_ts)
    .correlate(MESSAGES)
    .scalar_subquery()
)
_OF_OPEN_CASE = (
    exists()
    .where(
        _ours(_CASES),
        _CASES.c.channel == MESSAGES.c.channel,
        _CASES.c.outcome.is_(None),
        or_(_CASES.c.ts == MESSAGES.c.run_ts, _CASES.c.ts == _RUN_OF_THREAD),
    )
    .correlate(MESSAGES)
)
_MESSAGES_OF_THEN = delete(MESSAGES).where(_ours(MESSAGES), MESSAGES.c.at < _BEFORE, ~_OF_OPEN_CASE)
#: Something was told of them, but they never came.
_NEVER_CAME = delete(MESSAGES).where(_ours(MESSAGES), MESSAGES.c.at.is_(None), MESSAGES.c.ts < _BEFORE_TS)
_POINTERS_OF_THEN = delete(_POINTERS).where(_ours(_POINTERS), _POINTERS.c.at < _BEFORE)
_ON_NOTHING = ~exists().where(
    and_(_ours(MESSAGES), MESSAGES.c.channel == _STAMPS.c.channel, MESSAGES.c.ts == _STAMPS.c.ts)
)
_STAMPS_OF_THEN = delete(_STAMPS).where(_ours(_STAMPS), _STAMPS.c.ts < _BEFORE_TS, _ON_NOTHING)

#: In this order: a stamp goes with its message.
FORGETTING = (_MESSAGES_OF_THEN, _NEVER_CAME, _POINTERS_OF_THEN, _STAMPS_OF_THEN)


def bounds(before: datetime) -> dict[str, Any]:
    """What these statements are told of the time before which everything goes."""
    return {"b_before": before, "b_before_ts": f"{before.timestamp():.6f}"}
