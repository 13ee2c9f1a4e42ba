"""Opening what somebody else made, only to read in it; and one workspace's rows as a whole."""

from collections.abc import Iterator
from sqlite3 import OperationalError

import pytest
from psycopg.errors import ReadOnlySqlTransaction

from scheduler.catalogue import LANGUAGES, say
from scheduler.errors import DatabaseRefused
from scheduler.store.engine import SqlStore
from scheduler.store.existing import open_existing
from tests.contract.rows import TUESDAY
from tests.contract.test_store_teams import fill
from tests.world import TEAM


@pytest.fixture
def reader(database: str, store: SqlStore) -> Iterator[SqlStore]:
    fill(store)
    reader = open_existing(database)
    yield reader
    reader.close()


def refused(url: str, team: str | None = None) -> tuple[str, dict[str, str]]:
    with pytest.raises(DatabaseRefused) as refusal:
        open_existing(url, team).close()
    assert all(say(language, refusal.value.code, **refusal.value.values) for language in LANGUAGES)
    return refusal.value.code, refusal.value.values


def set_revision(store: SqlStore, revision: str) -> None:
    store._driver.execute(f"UPDATE alembic_version SET version_num = '{revision}'")


def test_the_only_workspace_is_found_by_itself(reader: SqlStore):
    assert (reader.team, reader.read().jobs.last_fired()) == (TEAM, {"thanks": TUESDAY})


def test_one_of_two_has_to_be_named(database: str, store: SqlStore, neighbour: SqlStore):
    fill(store)
    fill(neighbour)
    named = open_existing(database, "T2")
    team = named.read().members.get("UN").team
    named.close()

    assert team == "T2"
    assert refused(database) == ("store.many_workspaces", {"teams": f"{TEAM}, T2"})


def test_a_workspace_that_is_not_there_is_refused(database: str, store: SqlStore):
    fill(store)

    assert refused(database, "T9") == ("store.unknown_workspace", {"team": "T9", "held": TEAM})


def test_a_database_without_rows_is_refused(database: str, store: SqlStore):
    assert refused(database) == ("store.no_workspace", {})


@pytest.mark.parametrize(
    ("revision", "code"),
    [
        pytest.param("0001", "store.database_too_old", id="an older version"),
        pytest.param("9999", "store.database_too_new", id="a newer version"),
    ],
)
def test_what_another_version_made_is_refused_and_left_alone(
    database: str, store: SqlStore, revision: str, code: str
):
    fill(store)
    ((current,),) = store._driver.execute("SELECT version_num FROM alembic_version").fetchall()
    set_revision(store, revision)
    found = refused(database)
    ((left,),) = store._driver.execute("SELECT version_num FROM alembic_version").fetchall()
    set_revision(store, current)

    assert (found, left) == ((code, {"revision": revision}), revision)


def test_a_reader_cannot_write(reader: SqlStore):
    with pytest.raises((OperationalError, ReadOnlySqlTransaction), match=r"read-?only"):
        reader.read().jobs.fired("forget", TUESDAY)


def test_a_reader_sees_one_moment(reader: SqlStore, store: SqlStore):
    before = reader.read().jobs.last_fired()
    with store.begin() as work:
        work.jobs.fired("forget", TUESDAY)

    assert reader.read().jobs.last_fired() == before == {"thanks": TUESDAY}


def test_a_workspace_is_empty_until_something_is_told_and_after_it_was_erased(
    store: SqlStore, neighbour: SqlStore
):
    fill(neighbour)
    found = []
    with store.begin() as work:
        found.append(work.whole.is_empty())
    fill(store)
    with store.begin() as work:
        found.append(work.whole.is_empty())
        work.whole.erase()
        found.append(work.whole.is_empty())
    with neighbour.begin() as work:
        found.append(work.whole.is_empty())

    assert found == [True, False, True, False]
