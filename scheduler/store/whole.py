"""All rows of one workspace at once: whether there are any, and taking them out again."""

from sqlalchemy import Engine, bindparam, delete, literal, select, union, union_all

from scheduler.store.rows import Rows, table_of
from scheduler.store.tables import METADATA, CaseRow, ChannelRow, JobRow, MemberRow, OutboxRow

_TABLES = tuple(METADATA.sorted_tables)
_ANY = union_all(*(select(literal(1)).where(table.c.team == bindparam("b_team")) for table in _TABLES)).limit(
    1
)
_ERASE = tuple(delete(table).where(table.c.team == bindparam("b_team")) for table in _TABLES)
#: Tables of every version in which a workspace that is in use has rows.
_TOLD_IN = (MemberRow, ChannelRow, CaseRow, OutboxRow, JobRow)
_TEAMS = union(*(select(table_of(model).c.team) for model in _TOLD_IN))


def teams_in(engine: Engine) -> tuple[str, ...]:
    """The workspaces that have rows in a database."""
    with engine.connect() as connection:
        return tuple(sorted(connection.scalars(_TEAMS)))


class WholeRows(Rows):
    """What is there of a workspace, in every table."""

    def is_empty(self) -> bool:
        return self._first(_ANY) is None

    def erase(self) -> None:
        """Nothing of the workspace stays; other workspaces are left alone."""
        self._due.moved()
        for statement in _ERASE:
            self._change(statement)
