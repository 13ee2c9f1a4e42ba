"""Backups of an SQLite file: their names, making one, and letting the oldest go.

A backup is verified before it gets its name, and only then older ones may go.
"""

import re
from contextlib import suppress
from datetime import UTC, datetime
from filecmp import cmp
from pathlib import Path

from scheduler.errors import DatabaseRefused
from scheduler.store.contents import Contents, contents_of, teams_of
from scheduler.store.replacing import refuse_half_restored
from scheduler.store.snapshot import belong_like, bring_names_to_disk, copy_whole, telling, unfinished

_FOLDER = "backups"
_TIME = "%Y%m%dT%H%M%SZ"
_HEADER = b"SQLite format 3\0"


def _usual_folder(database: Path) -> Path:
    """Beside the database; made, for the owner alone, when it is not there. Raises DatabaseRefused."""
    folder = database.parent / _FOLDER
    with telling(folder):
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
            belong_like(folder, database.parent)
            bring_names_to_disk(database.parent)
    return folder


def back_up(
    database: Path, folder: Path | None = None, *, now: datetime, why: str = ""
) -> tuple[Path, Contents]:
    """A verified backup, named by its time. Raises DatabaseRefused; then nothing is left of it."""
    refuse_half_restored(database)
    if not database.is_file():
        raise DatabaseRefused("store.no_such_file", path=str(database))
    folder = folder or _usual_folder(database)
    if not folder.is_dir():
        raise DatabaseRefused("store.no_such_folder", path=str(folder))
    made = folder / f"{database.stem}-{now.astimezone(UTC):{_TIME}}{why}.db"
    with unfinished(made) as part:
        copy_whole(database, part)
        contents = contents_of(part)
        belong_like(part, folder)
    return made, contents


def back_up_once(database: Path, *, now: datetime, why: str) -> Path:
    """A verified backup for that reason; one that holds the same to the byte, if it is there already.

    So a service that is started again and again, and fails again and again, fills no disk.
    Raises DatabaseRefused.
    """
    made, _ = back_up(database, now=now, why=why)
    with telling(made.parent):
        same = (each for each in _others(database, made, why) if cmp(each, made, shallow=False))
        if there := next(same, None):
            made.unlink()
    return there or made


def rotate(database: Path, made: Path, contents: Contents, *, keep: int) -> tuple[Path, ...]:
    """Lets all but `made` and the newest others go, so that `keep` stay; gives those that went.

    Only what `back_up` named for this database, and only what holds its workspaces: somebody else's database
    may have the same name. `made` stays, whatever the clock said. Those made before an upgrade stay.
    """
    teams = set(contents.teams)
    with telling(made.parent):
        others = [each for each in _others(database, made) if teams.issuperset(teams_of(each))]
        gone = others[: max(len(others) + 1 - keep, 0)]
        for each in gone:
            each.unlink()
    return tuple(gone)


def _others(database: Path, made: Path, why: str = "") -> list[Path]:
    """Databases beside `made` whose names `back_up` gives for the same reason, the oldest first."""
    ours = re.compile(rf"{re.escape(database.stem)}-\d{{8}}T\d{{6}}Z{re.escape(why)}\.db")
    found = sorted(each for each in made.parent.iterdir() if ours.fullmatch(each.name))
    return [each for each in found if each != made and _is_database(each)]


def _is_database(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with suppress(OSError), path.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER
    return False
