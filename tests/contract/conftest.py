"""Every contract test runs over every kind of database that the service can use."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.store.engine import SqlStore, open_store
from tests.postgres import MARKS, empty
from tests.ready import ready_database
from tests.world import TEAM

BACKENDS = (pytest.param("sqlite", id="sqlite"), pytest.param("postgresql", id="postgresql", marks=MARKS))


@pytest.fixture(params=BACKENDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without rows."""
    if request.param == "sqlite":
        return ready_database(tmp_path / "contract.db")
    url: str = request.getfixturevalue("migrated_postgres_database")
    empty(url)
    return url


@pytest.fixture(scope="session")
def migrated_postgres_database(shared_postgres_database: str) -> str:
    open_store(shared_postgres_database, TEAM).close()
    return shared_postgres_database


@pytest.fixture
def store(database: str) -> Iterator[SqlStore]:
    store = open_store(database, TEAM, throw_away=True)
    yield store
    store.close()


@pytest.fixture
def neighbour(database: str, store: SqlStore) -> Iterator[SqlStore]:
    """The store of another workspace in the same database."""
    neighbour = open_store(database, "T2", throw_away=True)
    yield neighbour
    neighbour.close()
