"""What the service remembers from run to run, each under a name."""

from collections.abc import Mapping

from sqlalchemy import bindparam, select

from scheduler.store.rows import Rows, table_of
from scheduler.store.tables import MarkRow

MARKS = table_of(MarkRow)
_ALL = select(MARKS.c.name, MARKS.c.value).where(MARKS.c.team == bindparam("b_team"))
_ONE = select(MARKS.c.value).where(MARKS.c.team == bindparam("b_team"), MARKS.c.name == bindparam("b_name"))


class MarkRows(Rows):
    """Implements `ports.Marks`."""

    def all(self) -> Mapping[str, str]:
        return dict(self._rows(_ALL))

    def get(self, name: str) -> str | None:
        found: str | None = next(iter(self._scalars(_ONE, b_name=name)), None)
        return found

    def put(self, name: str, value: str) -> None:
        self._replace(MARKS, {"name": name, "value": value})
