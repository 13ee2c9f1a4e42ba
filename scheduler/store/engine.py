"""Opening the database, and one transaction at a time over one workspace's rows.

One writer. SQLite: `BEGIN IMMEDIATE`, over the whole file (a deferred transaction that reads and then
writes fails at once when another one wrote). PostgreSQL: a lock of the workspace, taken first and kept
until the end, so that two processes on one workspace wait for each other and never interleave, while other
workspaces go on; `READ COMMITTED`, since a snapshot taken before the lock would miss what was written before
it was ours. Callers acknowledge to Slack only after a commit, so that commits are durable unless the
database is thrown away afterwards.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import BindParameter, Engine, bindparam, func, select, union_all

from scheduler.clock import Clock, SystemClock
from scheduler.errors import DatabaseInTrouble
from scheduler.model.messages import OutboxState
from scheduler.store.alone import hold_postgresql, hold_sqlite
from scheduler.store.cases import CASES, CaseRows
from scheduler.store.channels import ChannelRows
from scheduler.store.connecting import engine_for, refusing
from scheduler.store.decisions import DecisionRows
from scheduler.store.enrolments import ENROLMENTS, EnrolmentRows
from scheduler.store.imports import ImportRows
from scheduler.store.inbox import InboxRows
from scheduler.store.jobs import JobRows
from scheduler.store.leases import LeaseRows
from scheduler.store.marks import MarkRows
from scheduler.store.members import MemberRows
from scheduler.store.messages import MessageRows
from scheduler.store.outbox import OUTBOX, OutboxRows
from scheduler.store.replacing import refuse_half_restored
from scheduler.store.rows import Session
from scheduler.store.stamps import StampRows
from scheduler.store.talks import TalkRows
from scheduler.store.trouble import is_in_trouble
from scheduler.store.upgrading import Upgraded, bring_up_to_date
from scheduler.store.whole import WholeRows

#: The first number tells our locks from those of others in the same database.
_LOCK = "SELECT pg_advisory_xact_lock(%s, hashtext(%s))"
_OURS = 0x616D62
_CLOCK = SystemClock()


class SqlWork:
    """Implements `ports.Work` within one transaction."""

    def __init__(self, session: Session) -> None:
        self.team = session.team
        self._session = session
        self.members = MemberRows(session)
        self.channels = ChannelRows(session)
        self.messages = MessageRows(session)
        self.talks = TalkRows(session)
        self.stamps = StampRows(session)
        self.cases = CaseRows(session)
        self.enrolments = EnrolmentRows(session)
        self.outbox = OutboxRows(session)
        self.decisions = DecisionRows(session)
        self.inbox = InboxRows(session)
        self.jobs = JobRows(session)
        self.marks = MarkRows(session)
        self.imports = ImportRows(session)
        self.leases = LeaseRows(session)
        self.whole = WholeRows(session)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        driver = self._session.driver
        driver.execute("SAVEPOINT one_fact")
        try:
            yield
        except BaseException as error:
            self._forget_read()
            if is_in_trouble(error):  # then the whole transaction is undone, perhaps already
                raise DatabaseInTrouble from error
            driver.execute("ROLLBACK TO SAVEPOINT one_fact")
            driver.execute("RELEASE SAVEPOINT one_fact")
            raise
        driver.execute("RELEASE SAVEPOINT one_fact")

    def _forget_read(self) -> None:
        """What was remembered of the rows may have been undone."""
        self._session.due.moved()
        self.members.forget_read()
        self.channels.forget_read()

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
    # What may have gone out has to be looked up; what is on its way, when its sender died.
    select(func.min(OUTBOX.c.not_before)).where(
        OUTBOX.c.team == _TEAM, OUTBOX.c.state == OutboxState.UNKNOWN.value
    ),
    select(func.min(OUTBOX.c.leased_until)).where(
        OUTBOX.c.team == _TEAM, OUTBOX.c.state == OutboxState.SENDING.value
    ),
).subquery()
_EARLIEST = select(func.min(_DUE.c.at))


class SqlStore:
    """Implements `ports.Store` for one workspace of a database: one connection, one writer."""

    def __init__(self, engine: Engine, team: str, *, reads_only: bool = False) -> None:
        self._engine = engine
        self._team = team
        #: What opening it did to the tables of an older version.
        self.upgraded: Upgraded | None = None
        self._holds_alone = False
        self._connect()
        if reads_only:
            self._driver.execute(
                "BEGIN" if self._is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
            )

    @property
    def team(self) -> str:
        return self._team

    @contextmanager
    def begin(self) -> Iterator[SqlWork]:
        self._begin_alone()
        try:
            yield self._work()
            self._driver.execute("COMMIT")
        except BaseException:
            self._undo()
            raise

    def hold_alone(self) -> None:
        """Keeps other writers out until the store is closed; raises DatabaseRefused when there is one."""
        if self._is_sqlite:
            hold_sqlite(self._driver)
        else:
            hold_postgresql(self._driver, _OURS, self._team)
        self._holds_alone = True

    def read(self) -> SqlWork:
        """For reading what stands there between two transactions; what it writes is not kept together."""
        return self._work()

    @property
    def _is_sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    def _connect(self) -> None:
        self._connection = self._engine.connect()
        driver: Any = self._connection.connection.driver_connection
        self._driver = driver
        if not self._is_sqlite:
            self._driver.autocommit = True  # we say BEGIN ourselves

    def _connect_again(self) -> None:
        """The server was started anew, or it ended our session; what we held alone is not ours any more."""
        if not self._driver.closed or self._holds_alone:
            return
        if not self._connection.closed:
            self._connection.invalidate()
            self._connection.close()
        self._connect()

    def _undo(self) -> None:
        """Of a connection that is gone, the server has undone everything."""
        if self._is_sqlite or not self._driver.closed:
            self._driver.rollback()

    def _begin_alone(self) -> None:
        if self._is_sqlite:
            self._driver.execute("BEGIN IMMEDIATE")
            return
        self._connect_again()
        self._driver.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
        try:
            self._driver.execute(_LOCK, (_OURS, self._team))
        except BaseException:
            self._undo()
            raise

    def _work(self) -> SqlWork:
        return SqlWork(Session(self._driver, type(self._engine.dialect), self._team))

    def close_for_good(self) -> None:
        """Closes a database that is read from now on: SQLite's is one file then, with nothing beside it."""
        if self._is_sqlite:
            self._driver.execute("PRAGMA journal_mode=DELETE")
        self.close()

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()


def open_store(url: str, team: str, *, throw_away: bool = False, clock: Clock = _CLOCK) -> SqlStore:
    """Opens a database and brings its tables up to date; `throw_away` trades safety for speed.

    The tables of an older version are kept in a backup first, named by the clock's time.
    Raises DatabaseRefused when it cannot be opened, or when a newer version made it.
    """
    engine = engine_for(url, throw_away=throw_away)
    try:
        if engine.dialect.name == "sqlite" and engine.url.database:
            refuse_half_restored(Path(engine.url.database))
        with refusing(url):
            upgraded = bring_up_to_date(engine, now=clock.now)
            store = SqlStore(engine, team)
            store.upgraded = upgraded
            return store
    except BaseException:
        engine.dispose()
        raise
