"""Opening the database, and one transaction at a time over one workspace's rows.

SQLite: WAL, one writer, `BEGIN IMMEDIATE` (a deferred transaction that reads and then writes fails at once
when another one wrote), foreign keys on. Callers acknowledge to Slack only after a commit, so that
`synchronous` is FULL unless the database is thrown away afterwards.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, create_engine, event, func, select, union_all

from scheduler.model.messages import OutboxState
from scheduler.store.cases import CASES, CaseRows
from scheduler.store.channels import ChannelRows
from scheduler.store.decisions import DecisionRows
from scheduler.store.enrolments import ENROLMENTS, EnrolmentRows
from scheduler.store.jobs import JobRows
from scheduler.store.members import MemberRows
from scheduler.store.messages import MessageRows
from scheduler.store.migrate import upgrade
from scheduler.store.outbox import OUTBOX, OutboxRows
from scheduler.store.rows import DueMemo
from scheduler.store.stamps import StampRows


class SqlWork:
    """Implements `ports.Work` on one connection within one transaction."""

    def __init__(self, connection: Connection, team: str) -> None:
        self._connection = connection
        self._due = DueMemo()
        self.team = team
        self.members = MemberRows(connection, team, self._due)
        self.channels = ChannelRows(connection, team, self._due)
        self.messages = MessageRows(connection, team, self._due)
        self.stamps = StampRows(connection, team, self._due)
        self.cases = CaseRows(connection, team, self._due)
        self.enrolments = EnrolmentRows(connection, team, self._due)
        self.outbox = OutboxRows(connection, team, self._due)
        self.decisions = DecisionRows(connection, team, self._due)
        self.jobs = JobRows(connection, team, self._due)

    def next_due(self) -> datetime | None:
        if not self._due.is_known:
            self._due.keep(self._connection.execute(_EARLIEST, {"team": self.team}).scalar())
        return self._due.at


_TEAM = bindparam("team")
_DUE = union_all(
    select(func.min(CASES.c.due_at).label("at")).where(CASES.c.team == _TEAM),
    select(func.min(ENROLMENTS.c.due_at)).where(ENROLMENTS.c.team == _TEAM),
    select(func.min(OUTBOX.c.not_before)).where(
        OUTBOX.c.team == _TEAM, OUTBOX.c.state == OutboxState.PENDING.value
    ),
).subquery()
_EARLIEST = select(func.min(_DUE.c.at))


class SqlStore:
    """Implements `ports.Store` for one workspace of a database."""

    def __init__(self, engine: Engine, team: str) -> None:
        self._engine = engine
        self._team = team

    @contextmanager
    def begin(self) -> Iterator[SqlWork]:
        with self._engine.connect() as connection:
            if self._engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield SqlWork(connection, self._team)
            connection.commit()

    def close(self) -> None:
        self._engine.dispose()


def open_store(url: str, team: str, *, throw_away: bool = False) -> SqlStore:
    """Opens a database and brings its tables up to date; `throw_away` trades safety for speed."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine, synchronous="OFF" if throw_away else "FULL")
    upgrade(engine)
    return SqlStore(engine, team)


def _prepare_sqlite(engine: Engine, *, synchronous: str) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON", "busy_timeout=5000"):
            connection.execute(f"PRAGMA {pragma}")
