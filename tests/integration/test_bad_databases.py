"""What a service may find instead of its database: one sentence in both languages, and nothing is changed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from scheduler.app.locking import only_service_on
from scheduler.app.opening import open_own
from scheduler.catalogue import LANGUAGES, say
from scheduler.errors import DatabaseRefused
from scheduler.store.connecting import file_address
from scheduler.store.engine import open_store
from tests.contract.test_store_teams import fill
from tests.disks import fill_up
from tests.nobody import ONLY_AS_ROOT, as_nobody, open_folder
from tests.world import TEAM


def ours(folder: Path, team: str = TEAM) -> Path:
    path = folder / "ambassador.db"
    store = open_store(file_address(path), team)
    fill(store)
    store.close()
    return path


def start(path: Path) -> None:
    """As the service does."""
    with only_service_on(file_address(path)):
        open_own(file_address(path), TEAM).close()


def from_the_future(folder: Path) -> Path:
    path = ours(folder)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    return path


def of_another_workspace(folder: Path) -> Path:
    return ours(folder, "T2")


def half_restored(folder: Path) -> Path:
    path = ours(folder)
    Path(f"{path}.restoring").touch()
    return path


def notes(folder: Path) -> Path:
    (folder / "ambassador.db").write_text("these are my notes\n" * 100)
    return folder / "ambassador.db"


def torn(folder: Path) -> Path:
    path = ours(folder)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 // 4096 * 4096)
    return path


def a_folder(folder: Path) -> Path:
    (folder / "ambassador.db").mkdir()
    return folder / "ambassador.db"


def in_no_folder(folder: Path) -> Path:
    return folder / "none" / "ambassador.db"


def refusal_of(path: Path) -> tuple[str, list[str]]:
    with pytest.raises(DatabaseRefused) as refusal:
        start(path)
    told = refusal.value
    return told.code, [say(language, told.code, **told.values) for language in LANGUAGES]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        pytest.param(from_the_future, "store.database_too_new", id="of a newer version"),
        pytest.param(of_another_workspace, "store.other_workspace", id="of another workspace"),
        pytest.param(half_restored, "store.half_restored", id="half restored"),
        pytest.param(notes, "store.not_a_database", id="no database"),
        pytest.param(torn, "store.damaged", id="torn"),
        pytest.param(a_folder, "store.is_a_folder", id="a folder"),
        pytest.param(in_no_folder, "store.no_such_folder", id="a folder is missing"),
    ],
)
def test_what_is_no_database_of_ours_is_refused_and_left_as_it_is(
    tmp_path: Path, make: Callable[[Path], Path], code: str
):
    path = make(tmp_path)
    before = path.read_bytes() if path.is_file() else None
    found, sentences = refusal_of(path)

    assert (found, path.read_bytes() if path.is_file() else None) == (code, before)
    assert [sentence.count("\n") for sentence in sentences] == [0, 0]
    assert [sentence for sentence in sentences if str(path) not in sentence] in ([], sentences)


def tried(path: Path) -> str:
    try:
        start(path)
    except DatabaseRefused as refusal:
        return refusal.code
    return ""


@ONLY_AS_ROOT
@pytest.mark.parametrize(
    ("file_mode", "folder_mode"),
    [
        pytest.param(0o444, 0o777, id="the file is read-only"),
        pytest.param(0o666, 0o555, id="its folder is read-only"),
        pytest.param(0o000, 0o755, id="it is closed to us"),
    ],
)
def test_a_database_that_cannot_be_written_is_refused(file_mode: int, folder_mode: int):
    with open_folder("readonly") as folder:
        path = ours(folder)
        path.chmod(file_mode)
        folder.chmod(folder_mode)

        assert as_nobody(lambda: tried(path)) == "store.read_only"


def test_a_full_disk_is_said_at_the_start(small_disk: Path):
    fill_up(small_disk)

    found, sentences = refusal_of(small_disk / "ambassador.db")
    assert (found, len(set(sentences))) == ("store.disk_full", 2)
