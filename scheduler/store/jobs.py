"""When each recurring job last fired."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, select

from scheduler.store.rows import Rows, table_of
from scheduler.store.tables import JobRow

JOBS = table_of(JobRow)
_ALL = select(JOBS.c.job, JOBS.c.last_fired_at).where(JOBS.c.team == bindparam("b_team"))


class JobRows(Rows):
    """Implements `ports.Jobs`."""

    def last_fired(self) -> Mapping[str, datetime]:
        return {row["job"]: row["last_fired_at"] for row in self._dicts(_ALL)}

    def fired(self, job: str, at: datetime) -> None:
        self._replace(JOBS, {"job": job, "last_fired_at": at})
