"""When each recurring job last fired."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from scheduler.store.rows import Rows, table_of
from scheduler.store.tables import JobRow

JOBS = table_of(JobRow)


class JobRows(Rows):
    """Implements `ports.Jobs`."""

    def last_fired(self) -> Mapping[str, datetime]:
        found = self._connection.execute(
            select(JOBS.c.job, JOBS.c.last_fired_at).where(JOBS.c.team == self._team)
        )
        return {row.job: row.last_fired_at for row in found}

    def fired(self, job: str, at: datetime) -> None:
        self._replace(JOBS, {"team": self._team, "job": job, "last_fired_at": at})
