"""PostgreSQL was started anew, or ended our session: the next transaction has a new connection."""

from collections.abc import Callable
from typing import Any

import pytest
from psycopg.errors import AdminShutdown, OperationalError

from scheduler.store.connecting import reading_engine
from scheduler.store.engine import SqlStore
from tests.contract.rows import TUESDAY
from tests.postgres import MARKS, run_sql

ON_POSTGRESQL = pytest.mark.parametrize("database", [pytest.param("postgresql", marks=MARKS)], indirect=True)
GONE = (AdminShutdown, OperationalError)


def cut(store: SqlStore, database: str) -> None:
    """The server ends the session."""
    run_sql(database, f"SELECT pg_terminate_backend({store._driver.info.backend_pid})")


def fire(store: SqlStore, job: str) -> None:
    with store.begin() as work:
        work.jobs.fired(job, TUESDAY)


def in_the_midst(store: SqlStore, then: Callable[[], Any]) -> None:
    with store.begin() as work:
        work.jobs.fired("lost", TUESDAY)
        then()
        work.jobs.fired("lost too", TUESDAY)


@ON_POSTGRESQL
def test_what_was_not_committed_is_gone_and_the_next_transaction_is_kept(store: SqlStore, database: str):
    fire(store, "before")
    with pytest.raises(GONE):
        in_the_midst(store, lambda: cut(store, database))
    fire(store, "after")

    with store.begin() as work:
        assert work.jobs.last_fired().keys() == {"before", "after"}


@ON_POSTGRESQL
def test_one_that_is_cut_between_two_transactions_fails_once(store: SqlStore, database: str):
    cut(store, database)
    with pytest.raises(GONE):
        fire(store, "first")
    fire(store, "second")

    with store.begin() as work:
        assert work.jobs.last_fired().keys() == {"second"}


@ON_POSTGRESQL
def test_who_kept_the_others_out_does_not_go_on_without_the_lock(store: SqlStore, database: str):
    store.hold_alone()
    cut(store, database)

    for _ in range(2):
        with pytest.raises(GONE):
            fire(store, "unheld")


@ON_POSTGRESQL
def test_who_does_nothing_in_the_midst_of_a_transaction_loses_it_but_may_read_for_as_long_as_it_takes(
    store: SqlStore, database: str
):
    engine = reading_engine(database)
    setting = "SHOW idle_in_transaction_session_timeout"
    with engine.connect() as reading:
        reads = reading.exec_driver_sql(setting).scalar_one()
    engine.dispose()
    writes = store._driver.execute(setting).fetchone()[0]

    assert (writes, reads) == ("10s", "0")
