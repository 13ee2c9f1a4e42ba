"""All rows of one workspace at once: whether there are any, and taking them out again."""

from sqlalchemy import bindparam, delete, literal, select, union_all

from scheduler.store.rows import Rows
from scheduler.store.tables import METADATA

_TABLES = tuple(METADATA.sorted_tables)
_ANY = union_all(*(select(literal(1)).where(table.c.team == bindparam("b_team")) for table in _TABLES)).limit(
    1
)
_ERASE = tuple(delete(table).where(table.c.team == bindparam("b_team")) for table in _TABLES)


class WholeRows(Rows):
    """What is there of a workspace, in every table."""

    def is_empty(self) -> bool:
        return self._first(_ANY) is None

    def erase(self) -> None:
        """Nothing of the workspace stays; other workspaces are left alone."""
        self._due.moved()
        for statement in _ERASE:
            self._change(statement)
