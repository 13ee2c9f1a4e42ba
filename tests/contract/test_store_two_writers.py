"""Two processes on one workspace: what one does comes wholly before or wholly after what the other does."""

from collections.abc import Iterator
from sqlite3 import OperationalError

import pytest
from psycopg.errors import LockNotAvailable

from scheduler.store.engine import SqlStore, open_store
from tests.contract.rows import TUESDAY
from tests.postgres import MARKS
from tests.world import TEAM

HELD_UP = (OperationalError, LockNotAvailable)


@pytest.fixture
def other(database: str, store: SqlStore) -> Iterator[SqlStore]:
    """The same workspace, opened by somebody else."""
    other = open_store(database, TEAM, throw_away=True)
    yield other
    other.close()


def waits_no_longer(store: SqlStore) -> None:
    """It fails where it would wait for its turn."""
    is_sqlite = store._engine.dialect.name == "sqlite"
    store._driver.execute("PRAGMA busy_timeout=0" if is_sqlite else "SET lock_timeout = 1")


def fire(store: SqlStore, job: str) -> None:
    with store.begin() as work:
        work.jobs.fired(job, TUESDAY)


def test_nobody_begins_while_another_one_writes_to_the_workspace(store: SqlStore, other: SqlStore):
    waits_no_longer(other)

    with store.begin(), pytest.raises(HELD_UP):
        fire(other, "thanks")


def test_who_was_held_up_can_begin_afterwards_and_sees_what_was_written(store: SqlStore, other: SqlStore):
    waits_no_longer(other)
    with store.begin() as work:
        work.jobs.fired("thanks", TUESDAY)
        with pytest.raises(HELD_UP):
            fire(other, "forget")

    with other.begin() as work:
        assert work.jobs.last_fired() == {"thanks": TUESDAY}


def test_what_is_committed_while_one_waits_is_seen_by_it(store: SqlStore, other: SqlStore):
    """A view of the rows from before the waiting would miss it."""
    with other.begin() as work:
        before = work.jobs.last_fired()
    fire(store, "thanks")
    with other.begin() as work:
        after = work.jobs.last_fired()

    assert (before, after) == ({}, {"thanks": TUESDAY})


@pytest.mark.parametrize("database", [pytest.param("postgresql", marks=MARKS)], indirect=True)
def test_on_postgresql_another_workspace_goes_on(store: SqlStore, neighbour: SqlStore):
    waits_no_longer(neighbour)

    with store.begin():
        fire(neighbour, "thanks")

    with neighbour.begin() as work:
        assert work.jobs.last_fired() == {"thanks": TUESDAY}
