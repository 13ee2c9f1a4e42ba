"""How far each history was imported, and which workspaces the database holds."""

from sqlalchemy import bindparam, delete, select, union

from scheduler.ports import ImportProgress
from scheduler.store.channels import CHANNELS
from scheduler.store.jobs import JOBS
from scheduler.store.members import MEMBERS
from scheduler.store.rows import Rows, table_of
from scheduler.store.tables import ImportRow

IMPORTS = table_of(ImportRow)
_COLUMNS = (IMPORTS.c.source, IMPORTS.c.facts_done, IMPORTS.c.told_until, IMPORTS.c.finished)
_OURS = IMPORTS.c.team == bindparam("b_team")
_GET = select(*_COLUMNS).where(_OURS, IMPORTS.c.source == bindparam("b_source"))
_UNFINISHED = select(*_COLUMNS).where(_OURS, IMPORTS.c.finished.is_(False)).order_by(IMPORTS.c.source)
_GIVE_UP = delete(IMPORTS).where(_OURS, IMPORTS.c.finished.is_(False))
_HELD = union(*(select(table.c.team) for table in (MEMBERS, CHANNELS, JOBS, IMPORTS))).subquery()
_TEAMS = select(_HELD.c.team)


class ImportRows(Rows):
    """Implements `ports.Imports`."""

    def get(self, source: str) -> ImportProgress:
        row = next(self._dicts(_GET, b_source=source), None)
        return ImportProgress(**row) if row else ImportProgress(source=source)

    def save(self, progress: ImportProgress) -> None:
        self._replace(
            IMPORTS,
            {
                "source": progress.source,
                "facts_done": progress.facts_done,
                "told_until": progress.told_until,
                "finished": progress.finished,
            },
        )

    def unfinished(self) -> tuple[ImportProgress, ...]:
        return tuple(ImportProgress(**row) for row in self._dicts(_UNFINISHED))

    def give_up(self) -> None:
        self._change(_GIVE_UP)

    def teams(self) -> frozenset[str]:
        return frozenset(self._scalars(_TEAMS))
