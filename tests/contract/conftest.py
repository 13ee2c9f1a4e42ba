"""Every contract test runs over every kind of database that the service can use."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.store.engine import SqlStore, open_store
from tests.world import TEAM

BACKENDS = (pytest.param("sqlite", id="sqlite"),)


@pytest.fixture(params=BACKENDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    return {"sqlite": f"sqlite:///{tmp_path / 'contract.db'}"}[request.param]


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
