"""A database of an older version is backed up first, then brought up to date: all the way, or not at all."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from scheduler.app.backing import check_backup, restore
from scheduler.catalogue import LANGUAGES, say
from scheduler.errors import DatabaseRefused
from scheduler.store import migrate
from scheduler.store.connecting import engine_for, file_address
from scheduler.store.contents import contents_of
from scheduler.store.engine import SqlStore, open_store
from scheduler.store.migrating import run_migrations
from scheduler.store.upgrading import Upgraded
from tests.contract.rows import TUESDAY
from tests.disks import fill_up, small_disk_at
from tests.postgres import Server

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
OLDER = ("0001", "0002", "0003")
FIRED = "INSERT INTO jobs (team, job, last_fired_at) VALUES ('T1', 'thanks', :at)"


@dataclass(frozen=True)
class Stopped:
    """A clock that stands still."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


def made_by(revision: str, url: str) -> None:
    """A database as the version of that migration left it, with one row of knowledge."""
    engine = engine_for(url)
    with engine.begin() as connection:
        run_migrations(connection, revision)
        at = "2026-04-14 01:00:00.000000" if engine.dialect.name == "sqlite" else TUESDAY
        connection.execute(text(FIRED), {"at": at})
    engine.dispose()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "ambassador.db"


def opened(database: Path) -> SqlStore:
    return open_store(file_address(database), "T1", clock=Stopped())


@pytest.mark.parametrize("revision", OLDER)
def test_an_older_database_is_backed_up_brought_up_to_date_and_knows_what_it_knew(
    database: Path, revision: str
):
    made_by(revision, file_address(database))
    with closing(opened(database)) as store:
        fired, upgraded = store.read().jobs.last_fired(), store.upgraded

    backup = database.parent / f"backups/ambassador-20261122T103000Z-before-upgrade-from-{revision}.db"
    assert (list(fired), upgraded) == (["thanks"], Upgraded(revision=revision, backup=backup))
    assert contents_of(backup).revision == revision
    assert contents_of(database).is_current


@pytest.mark.parametrize("revision", OLDER)
def test_a_backup_of_an_older_version_can_be_put_back(database: Path, tmp_path: Path, revision: str):
    old = tmp_path / "old.db"
    made_by(revision, file_address(old))
    before = old.read_bytes()
    checked = check_backup(old)
    restore(file_address(database), old, now=NOW)

    with closing(opened(database)) as store:
        fired, upgraded = store.read().jobs.last_fired(), store.upgraded
    assert (checked.revision, checked.is_current, old.read_bytes()) == (revision, False, before)
    assert (list(fired), upgraded) == (["thanks"], None)


def test_nothing_is_backed_up_where_nothing_has_to_be_done(database: Path):
    for _ in range(2):
        with closing(opened(database)) as store:
            assert store.upgraded is None

    assert not (database.parent / "backups").exists()


def wrote(database: Path, statement: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(statement)


def jobs_in(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT job FROM jobs ORDER BY job")]


def failing(_: object) -> None:
    raise_full = "CREATE TABLE broken ("
    engine = engine_for("sqlite://")
    with engine.connect() as connection:
        connection.execute(text(raise_full))


def test_an_upgrade_that_fails_leaves_the_database_and_says_where_its_backup_is(
    database: Path, monkeypatch: pytest.MonkeyPatch
):
    made_by("0002", file_address(database))
    monkeypatch.setattr(migrate, "sort_bytewise", failing)

    with pytest.raises(DatabaseRefused) as refusal:
        opened(database)

    backup = database.parent / "backups/ambassador-20261122T103000Z-before-upgrade-from-0002.db"
    assert (refusal.value.code, refusal.value.values["backup"]) == ("store.upgrade_failed_kept", str(backup))
    assert (contents_of(database).revision, contents_of(backup).revision) == ("0002", "0002")
    assert all(say(each, refusal.value.code, **refusal.value.values) for each in LANGUAGES)


def test_an_upgrade_that_fails_at_every_start_leaves_one_backup_of_the_same_state(
    database: Path, monkeypatch: pytest.MonkeyPatch
):
    made_by("0002", file_address(database))
    monkeypatch.setattr(migrate, "sort_bytewise", failing)
    kept = set()
    for minute in range(3):
        with pytest.raises(DatabaseRefused) as refusal:
            open_store(file_address(database), "T1", clock=Stopped(NOW + timedelta(minutes=minute)))
        kept.add(refusal.value.values["backup"])

    (backup,) = (database.parent / "backups").iterdir()
    assert kept == {str(backup)}
    assert backup.name == "ambassador-20261122T103000Z-before-upgrade-from-0002.db"


def test_what_the_former_version_wrote_meanwhile_is_in_a_backup_of_its_own(
    database: Path, monkeypatch: pytest.MonkeyPatch
):
    made_by("0002", file_address(database))
    monkeypatch.setattr(migrate, "sort_bytewise", failing)
    with pytest.raises(DatabaseRefused):
        opened(database)
    monkeypatch.undo()
    wrote(database, "INSERT INTO jobs (team, job, last_fired_at) VALUES ('T1', 'later', '2026-11-22')")
    open_store(file_address(database), "T1", clock=Stopped(NOW + timedelta(days=1))).close()

    older, newer = sorted((database.parent / "backups").iterdir())
    assert (jobs_in(older), jobs_in(newer)) == (["thanks"], ["later", "thanks"])


def test_without_room_for_the_backup_nothing_is_upgraded(tmp_path: Path):
    with small_disk_at(tmp_path / "disk") as disk:
        database = disk / "ambassador.db"
        made_by("0002", file_address(database))
        full = fill_up(disk)
        with pytest.raises(DatabaseRefused) as refusal:
            opened(database)
        full.unlink()
        revision = contents_of(database).revision

    assert (refusal.value.code, revision) == ("store.disk_full", "0002")


def test_where_the_backup_cannot_be_written_nothing_is_upgraded(database: Path):
    made_by("0002", file_address(database))
    (database.parent / "backups").write_text("a file where the folder should be")

    with pytest.raises(DatabaseRefused) as refusal:
        opened(database)

    assert (refusal.value.code, contents_of(database).revision) == ("store.no_backup_first", "0002")
    assert all(say(each, refusal.value.code, **refusal.value.values) for each in LANGUAGES)


@pytest.fixture
def older_postgres(postgres: Server) -> str:
    url = postgres.new_database()
    made_by("0002", url)
    return url


def revision_of(url: str) -> str:
    engine: Engine = engine_for(url)
    with engine.connect() as connection:
        found = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
    engine.dispose()
    return found


@pytest.mark.external_service
def test_on_postgresql_an_older_database_is_brought_up_to_date_in_one_transaction(older_postgres: str):
    with closing(open_store(older_postgres, "T1", clock=Stopped())) as store:
        fired, upgraded = store.read().jobs.last_fired(), store.upgraded

    assert fired == {"thanks": TUESDAY}
    assert upgraded == Upgraded(revision="0002", backup=None)


@pytest.mark.external_service
def test_on_postgresql_an_upgrade_that_fails_leaves_the_database(
    older_postgres: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(migrate, "sort_bytewise", failing)

    with pytest.raises(DatabaseRefused) as refusal:
        open_store(older_postgres, "T1", clock=Stopped())

    assert (refusal.value.code, revision_of(older_postgres)) == ("store.upgrade_failed", "0002")
