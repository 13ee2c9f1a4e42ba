"""Opening the database, and one transaction at a time over one workspace's rows.

SQLite: WAL, one writer, `BEGIN IMMEDIATE` (a deferred transaction that reads and then writes fails at once
when another one wrote), foreign keys on. Callers acknowledge to Slack only after a commit, so that
`synchronous` is FULL unless the database is thrown away afterwards.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Engine, bindparam, create_engine, event, func, select, union_all

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
from scheduler.store.rows import Session
from scheduler.store.stamps import StampRows

_PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000")


class SqlWork:
    """Implements `ports.Work` within one transaction."""

    def __init__(self, session: Session) -> None:
        self.team = session.team
        self._session = session
        self.members = MemberRows(session)
        self.channels = ChannelRows(session)
        self.messages = MessageRows(session)
        self.stamps = StampRows(session)
        self.cases = CaseRows(session)
        self.enrolments = EnrolmentRows(session)
        self.outbox = OutboxRows(session)
        self.decisions = DecisionRows(session)
        self.jobs = JobRows(session)

    def next_due(self) -> datetime | None:
        due = self._session.due
        if not due.is_known:
            ((at,),) = self._session.prepare(_EARLIEST).rows(self._session.driver, {"b_team": self.team})
            due.keep(at)
        return due.at


_TEAM: BindParameter[str] = bindparam("b_team")
_DUE = union_all(
    select(func.min(CASES.c.due_at).label("at")).where(CASES.c.team == _TEAM),
    select(func.min(ENROLMENTS.c.due_at)).where(ENROLMENTS.c.team == _TEAM),
    select(func.min(OUTBOX.c.not_before)).where(
        OUTBOX.c.team == _TEAM, OUTBOX.c.state == OutboxState.PENDING.value
    ),
).subquery()
_EARLIEST = select(func.min(_DUE.c.at))


class SqlStore:
    """Implements `ports.Store` for one workspace of a database: one connection, one writer."""

    def __init__(self, engine: Engine, team: str) -> None:
        self._engine = engine
        self._team = team
        self._connection = engine.connect()
        self._driver = self._connection.connection.driver_connection

    @contextmanager
    def begin(self) -> Iterator[SqlWork]:
        driver: Any = self._driver
        if self._engine.dialect.name == "sqlite":
            driver.execute("BEGIN IMMEDIATE")
        try:
            yield self._work()
            driver.commit()
        except BaseException:
            driver.rollback()
            raise

    def read(self) -> SqlWork:
        """For reading what stands there between two transactions; what it writes is not kept together."""
        return self._work()

    def _work(self) -> SqlWork:
        return SqlWork(Session(self._driver, type(self._engine.dialect), self._team))

    def close(self) -> None:
        self._connection.close()
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
        for pragma in (*_PRAGMAS, f"synchronous={synchronous}"):
            connection.execute(f"PRAGMA {pragma}")
