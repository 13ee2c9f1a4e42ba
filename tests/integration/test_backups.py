"""`ambassador backup` and `ambassador restore`, as people type them: one file, whole or not at all."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from scheduler.app.backing import check_backup, make_backup, restore, was_restored
from scheduler.app.locking import only_service_on
from scheduler.catalogue import LANGUAGES, say
from scheduler.cli import app
from scheduler.errors import DatabaseRefused
from scheduler.model.marks import ALIVE, RESTORED_SINCE, RESTORED_UNTIL
from scheduler.store.connecting import file_address
from scheduler.store.contents import contents_of
from scheduler.store.engine import open_store
from scheduler.store.replacing import replace_file
from tests.contract.test_store_teams import fill
from tests.disks import fill_up
from tests.tables import tables_of
from tests.world import TEAM

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
NAME = "ambassador-20261122T103000Z.db"
SHIPPED = Path("config.yaml").read_text(encoding="utf-8")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with a workspace in it, whose service is not running."""
    path = tmp_path / "ambassador.db"
    store = open_store(file_address(path), TEAM)
    fill(store)
    with store.begin() as work:
        work.marks.put(ALIVE, "2026-11-22T10:00:00+00:00")
    store.close()
    return path


def back_up(database: Path, folder: Path | None = None, *, keep: int = 14, after: int = 0) -> Path:
    url, now = file_address(database), NOW + timedelta(minutes=after)
    return make_backup(url, folder, keep=keep, now=now).file


def refused(call: object, *arguments: object, **options: object) -> str:
    assert callable(call)
    with pytest.raises(DatabaseRefused) as refusal:
        call(*arguments, **options)
    sentences = [say(language, refusal.value.code, **refusal.value.values) for language in LANGUAGES]
    assert all(sentences)
    return refusal.value.code


def command(tmp_path: Path, *arguments: object, database: str | None = None, lang: str = "en") -> Result:
    config = tmp_path / "config.yaml"
    url = database or f"sqlite:///{tmp_path}/ambassador.db"
    config.write_text(SHIPPED.replace("sqlite:///ambassador.db", url), encoding="utf-8")
    options = ["--config", config, "--lang", lang]
    return CliRunner().invoke(app, [str(each) for each in (*arguments, *options)])


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_backup_is_one_private_file_beside_the_database_that_holds_the_same(database: Path):
    made = back_up(database)

    assert (made, names(made.parent)) == (database.parent / "backups" / NAME, [NAME])
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    assert tables_of(made) == tables_of(database)


def test_what_is_committed_while_the_service_writes_is_in_it_and_what_is_not_is_not(database: Path):
    store = open_store(file_address(database), TEAM)
    with store.begin() as work:
        work.marks.put("committed", "yes")
    with store.begin() as work:
        work.marks.put("not yet", "no")
        made = back_up(database)
    store.close()

    copy = open_store(file_address(made), TEAM)
    marks = copy.read().marks.all()
    copy.close()
    assert ("committed" in marks, "not yet" in marks) == (True, False)


def test_only_the_newest_stay_and_what_is_not_ours_is_left_alone(database: Path, tmp_path: Path):
    folder = tmp_path / "safe"
    folder.mkdir()
    others = [
        "notes.txt",
        "other-20200101T000000Z.db",
        "ambassador-20200101T000000Z-before-upgrade-from-1.db",
    ]
    for name in others:
        shutil.copy(database, folder / name)
    (folder / "ambassador-20200101T000000Z.db").write_text("somebody's own notes")
    (folder / "ambassador-20190101T000000Z.db").symlink_to(database)
    made = [back_up(database, folder, keep=2, after=minute).name for minute in range(4)]

    kept = ["ambassador-20190101T000000Z.db", "ambassador-20200101T000000Z.db", *others, *made[-2:]]
    assert names(folder) == sorted(kept)


def test_a_database_of_the_same_name_keeps_its_backups_in_a_shared_folder(database: Path, tmp_path: Path):
    folder, elsewhere = tmp_path / "safe", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    theirs = other_workspace(elsewhere).rename(elsewhere / "ambassador.db")
    kept = back_up(theirs, folder, keep=1)
    made = [back_up(database, folder, keep=1, after=minute).name for minute in (1, 2)]

    assert names(folder) == [kept.name, made[-1]]


def test_what_was_just_made_stays_though_the_clock_went_back(database: Path):
    wrong = [back_up(database, keep=2, after=minute).name for minute in (10, 20)]
    made = back_up(database, keep=2)

    assert names(made.parent) == [made.name, wrong[-1]]


def test_what_is_half_restored_is_not_backed_up(database: Path):
    database.with_name("ambassador.db.restoring").touch()

    assert refused(back_up, database) == "store.half_restored"


def test_a_backup_that_fails_leaves_the_older_ones_and_nothing_else(database: Path, tmp_path: Path):
    folder = tmp_path / "safe"
    folder.mkdir()
    first = back_up(database, folder, keep=1)
    damage(database)

    assert refused(back_up, database, folder, keep=1, after=1) == "store.damaged"
    assert names(folder) == [first.name]


def damage(path: Path) -> None:
    """Overwrites what is in the middle of a file."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(os.urandom(8192))


def test_a_full_disk_is_said_and_nothing_is_left(database: Path, small_disk: Path):
    first = back_up(database, small_disk)
    fill_up(small_disk)

    assert refused(back_up, database, small_disk, after=1) == "store.disk_full"
    assert names(small_disk) == [first.name, "full"]


def test_what_a_killed_backup_left_behind_goes_with_the_next_one(database: Path, tmp_path: Path):
    folder = tmp_path / "safe"
    folder.mkdir()
    (folder / ".ambassador-ambassador-20261121T000000Z.db.part").write_bytes(b"half")
    (folder / ".ambassador-ambassador-20261121T000000Z.db.part-journal").write_bytes(b"half")

    made = back_up(database, folder)

    assert names(folder) == [made.name]


def test_two_of_the_same_second_are_told_apart(database: Path):
    first = back_up(database)

    assert refused(back_up, database) == "store.file_exists"
    assert names(first.parent) == [first.name]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        pytest.param("postgresql://us@db.example/ambassador", "backup.postgresql", id="PostgreSQL"),
        pytest.param("sqlite:///{folder}/none.db", "store.no_such_file", id="no such file"),
        pytest.param("sqlite:///{folder}", "store.no_such_file", id="a folder"),
    ],
)
def test_what_cannot_be_backed_up_is_said(tmp_path: Path, url: str, code: str):
    assert refused(make_backup, url.format(folder=tmp_path), None, keep=1, now=NOW) == code
    assert names(tmp_path) == []


def test_a_folder_that_is_not_there_is_not_made(database: Path, tmp_path: Path):
    assert refused(back_up, database, tmp_path / "disk") == "store.no_such_folder"


def test_a_backup_put_back_is_the_state_of_then_and_knows_that_it_was_put_back(database: Path):
    backup = back_up(database)
    with closing(open_store(file_address(database), TEAM)) as store, store.begin() as work:
        work.marks.put("later", "yes")
    done = restore(file_address(database), backup, now=NOW)

    with closing(open_store(file_address(database), TEAM)) as store:
        marks = store.read().marks.all()
    assert (marks.get("later"), marks[RESTORED_SINCE], marks[RESTORED_UNTIL]) == (
        None,
        "2026-11-22T10:00:00+00:00",
        "",
    )
    assert done.aside is not None
    assert (TEAM, "later", "yes") in tables_of(done.aside)["marks"]


def test_checking_a_backup_changes_nothing(database: Path, tmp_path: Path):
    backup = back_up(database)
    before = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    contents = check_backup(backup)

    assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == before
    assert (contents.teams, contents.is_current) == ((TEAM,), True)


def other_workspace(folder: Path) -> Path:
    path = folder / "other.db"
    store = open_store(file_address(path), "T2")
    fill(store)
    store.close()
    return path


def text(folder: Path) -> Path:
    (folder / "text.db").write_text("these are my notes\n" * 100)
    return folder / "text.db"


def torn(folder: Path) -> Path:
    path = Path(shutil.copy(folder / "ambassador.db", folder / "torn.db"))
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 // 4096 * 4096)
    return path


def damaged(folder: Path) -> Path:
    path = Path(shutil.copy(folder / "ambassador.db", folder / "damaged.db"))
    damage(path)
    return path


def from_the_future(folder: Path) -> Path:
    path = Path(shutil.copy(folder / "ambassador.db", folder / "future.db"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    return path


def somebody_elses(folder: Path) -> Path:
    path = folder / "else.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE notes (text)")
    return path


@pytest.mark.parametrize(
    ("make", "code"),
    [
        pytest.param(lambda folder: folder / "none.db", "store.no_such_file", id="no such file"),
        pytest.param(lambda folder: folder, "store.is_a_folder", id="a folder"),
        pytest.param(text, "store.not_a_database", id="no database at all"),
        pytest.param(torn, "restore.damaged", id="torn"),
        pytest.param(damaged, "restore.damaged", id="damaged"),
        pytest.param(somebody_elses, "store.not_ours", id="somebody else's database"),
        pytest.param(from_the_future, "store.database_too_new", id="of a newer version"),
        pytest.param(other_workspace, "restore.other_workspace", id="of another workspace"),
        pytest.param(lambda folder: folder / "ambassador.db", "restore.same_file", id="the database itself"),
    ],
)
def test_what_is_no_good_backup_is_not_put_back_and_nothing_is_touched(
    database: Path, tmp_path: Path, make: object, code: str
):
    assert callable(make)
    file = make(tmp_path)
    before = tables_of(database)
    there = names(tmp_path)

    assert refused(restore, file_address(database), file, now=NOW) == code
    assert (names(tmp_path), tables_of(database)) == (sorted({*there, "ambassador.db.lock"}), before)


def test_nothing_is_put_back_while_the_service_runs(database: Path):
    backup, url = back_up(database), file_address(database)
    with only_service_on(url):
        assert refused(restore, url, backup, now=NOW) == "store.service_running"


def test_nothing_is_put_back_while_an_import_writes(database: Path):
    backup, url = back_up(database), file_address(database)
    store = open_store(url, TEAM)
    store.hold_alone()
    code = refused(restore, url, backup, now=NOW)
    store.close()

    assert code == "store.database_busy"


def test_a_damaged_database_is_replaced_and_kept_aside(database: Path):
    backup = back_up(database)
    expected = tables_of(database)
    damage(database)
    broken = database.read_bytes()
    done = restore(file_address(database), backup, now=NOW)

    assert done.aside is not None
    assert done.aside.read_bytes() == broken
    assert {name: rows for name, rows in tables_of(database).items() if name not in {"marks", "outbox"}} == {
        name: rows for name, rows in expected.items() if name not in {"marks", "outbox"}
    }


def test_an_interrupted_restore_is_noticed_and_the_same_command_ends_it(
    database: Path, monkeypatch: pytest.MonkeyPatch
):
    backup, url = back_up(database), file_address(database)

    def power_cut(self: Path, target: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", power_cut)
        with pytest.raises(DatabaseRefused):
            replace_file(database, backup, prepare=lambda _: None, now=NOW)
    noticed = refused(open_store, url, TEAM)
    restore(url, backup, now=NOW + timedelta(minutes=1))

    assert noticed == "store.half_restored"
    assert contents_of(database).teams == (TEAM,)


@pytest.mark.parametrize("cut", range(6))
def test_wherever_the_power_is_cut_the_former_file_and_all_that_belongs_to_it_stay_together(
    database: Path, cut: int, monkeypatch: pytest.MonkeyPatch
):
    backup, url = back_up(database), file_address(database)
    with closing(open_store(url, TEAM)) as store, store.begin() as work:  # as a killed service leaves it
        work.marks.put("later", "yes")
        crashed = {end: Path(f"{database}{end}").read_bytes() for end in ("", "-wal", "-shm")}
    for end, held in crashed.items():
        Path(f"{database}{end}").write_bytes(held)
    steps = 0

    def power_cut(done: Callable[..., None]) -> Callable[..., None]:
        def step(*arguments: object) -> None:
            nonlocal steps
            steps += 1
            if steps > cut:
                raise InterruptedError
            done(*arguments)

        return step

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", power_cut(os.replace))
        patch.setattr(Path, "rename", power_cut(Path.rename))
        with suppress(DatabaseRefused):
            replace_file(database, backup, prepare=lambda _: None, now=NOW)
    replace_file(database, backup, prepare=lambda _: None, now=NOW + timedelta(minutes=1))

    aside = database.with_name("ambassador.db.before-restore-20261122T103000Z")
    assert {end: Path(f"{aside}{end}").read_bytes() for end in crashed} == crashed
    assert not database.with_name("ambassador.db.restoring").exists()
    assert tables_of(database) == tables_of(backup)


def test_a_full_disk_leaves_the_database_as_it_was(database: Path, small_disk: Path):
    backup, there = back_up(database), Path(shutil.copy(database, small_disk))
    before = contents_of(there)
    full = fill_up(small_disk)

    assert refused(restore, file_address(there), backup, now=NOW) == "store.disk_full"
    full.unlink()
    assert [name for name in names(small_disk) if "part" in name or "restor" in name or "new" in name] == []
    assert contents_of(there) == before


def test_a_database_put_back_by_other_means_can_be_told_so(database: Path):
    was_restored(file_address(database))

    with closing(open_store(file_address(database), TEAM)) as store:
        assert store.read().marks.get(RESTORED_UNTIL) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_commands_say_what_they_did(database: Path, tmp_path: Path, lang: str):
    made = command(tmp_path, "backup", lang=lang)
    (file,) = (tmp_path / "backups").iterdir()
    checked = command(tmp_path, "restore", file, "--check", lang=lang)
    restored = command(tmp_path, "restore", file, lang=lang)
    by_hand = command(tmp_path, "restore", "--by-hand", lang=lang)

    codes = [result.exit_code for result in (made, checked, restored, by_hand)]
    assert codes == [0, 0, 0, 0]
    assert made.stdout.splitlines()[0] == say(lang, "backup.made", file=file)
    assert checked.stdout.splitlines() == [
        say(lang, "restore.good", file=file),
        *made.stdout.splitlines()[1:],
    ]
    assert restored.stdout.splitlines()[-1] == say(lang, "restore.next")


@pytest.mark.parametrize(
    ("arguments", "database", "sentence"),
    [
        pytest.param(["restore"], None, "restore.file_or_by_hand", id="nothing to restore"),
        pytest.param(["restore", "a.db", "--by-hand"], None, "restore.file_or_by_hand", id="both"),
        pytest.param(["backup"], "postgresql://us@db.example/a", "backup.postgresql", id="PostgreSQL"),
        pytest.param(
            ["restore", "a"], "postgresql://us@db.example/a", "restore.postgresql", id="its restore"
        ),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_they_cannot_do_is_said_in_one_sentence_with_code_2(
    tmp_path: Path, arguments: list[str], database: str | None, sentence: str, lang: str
):
    result = command(tmp_path, *arguments, database=database, lang=lang)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.strip() == say(lang, sentence, address=database)
