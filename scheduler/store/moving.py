"""A channel that got another id: everything that is known of it goes on under the new one.

What came under the new id already stays, and the old row beside it: the same message is never there twice.
"""

from sqlalchemy import BindParameter, ColumnElement, Executable, Table, bindparam, exists, func, update
from sqlmodel import SQLModel

from scheduler.store.rows import table_of
from scheduler.store.tables import (
    CaseRow,
    ChannelRow,
    DecisionRow,
    MessageRow,
    OutboxRow,
    PointerRow,
    StampRow,
)

_OLD: BindParameter[str] = bindparam("b_old")
_NEW: BindParameter[str] = bindparam("b_new")


def _ours(table: Table) -> ColumnElement[bool]:
    return table.c.team == bindparam("b_team")


def _renamed(model: type[SQLModel], column: str, key: tuple[str, ...] = ()) -> Executable:
    """`key`: what tells the rows of one channel apart, where two of them must not be the same."""
    table = table_of(model)
    statement = update(table).where(_ours(table), table.c[column] == _OLD)
    if key:
        other = table.alias("other")
        same = (other.c[name] == table.c[name] for name in ("team", *key))
        statement = statement.where(~exists().where(other.c.channel == _NEW, *same))
    return statement.values({column: _NEW})


def _reworded(model: type[SQLModel], column: str) -> Executable:
    """In names that hold the id."""
    table = table_of(model)
    named = table.c[column]
    return (
        update(table)
        .where(_ours(table), named.contains(_OLD))
        .values({column: func.replace(named, _OLD, _NEW)})
    )


#: In this order.
MOVES: tuple[Executable, ...] = (
    _renamed(ChannelRow, "channel", ("team",)),
    _renamed(MessageRow, "channel", ("ts",)),
    _renamed(StampRow, "channel", ("ts", "member", "stamp")),
    _renamed(CaseRow, "channel", ("ts", "opening")),
    _renamed(PointerRow, "channel"),
    _renamed(PointerRow, "to_channel"),
    _renamed(OutboxRow, "channel"),
    _renamed(OutboxRow, "posted_channel"),
    _renamed(OutboxRow, "recipient"),
    _reworded(OutboxRow, "dedup_key"),
    _reworded(DecisionRow, "subject"),
)
