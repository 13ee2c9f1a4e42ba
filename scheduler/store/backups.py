"""Backups of an SQLite file: their names, making one, and letting the oldest go.

A backup is verified before it gets its name, and only then older ones may go.
"""

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from scheduler.errors import DatabaseRefused
from scheduler.store.contents import Contents, contents_of
from scheduler.store.snapshot import belong_like, copy_whole, telling, unfinished

_FOLDER = "backups"
_TIME = "%Y%m%dT%H%M%SZ"
_HEADER = b"SQLite format 3\0"


def usual_folder(database: Path) -> Path:
    """Beside the database; made, for the owner alone, when it is not there. Raises DatabaseRefused."""
    folder = database.parent / _FOLDER
    with telling(folder):
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
            belong_like(folder, database.parent)
    return folder


def back_up(database: Path, folder: Path, *, now: datetime, why: str = "") -> tuple[Path, Contents]:
    """A verified backup, named by its time. Raises DatabaseRefused; then nothing is left of it."""
    if not database.is_file():
        raise DatabaseRefused("store.no_such_file", path=str(database))
    if not folder.is_dir():
        raise DatabaseRefused("store.no_such_folder", path=str(folder))
    made = folder / f"{database.stem}-{now.astimezone(UTC):{_TIME}}{why}.db"
    with unfinished(made) as part:
        copy_whole(database, part)
        contents = contents_of(part)
        belong_like(part, folder)
    return made, contents


def rotate(database: Path, folder: Path, *, keep: int) -> tuple[Path, ...]:
    """Lets all but the newest `keep` backups go; gives those that went.

    Only what `back_up` named for this database, and only databases. Those made before an upgrade stay.
    """
    ours = re.compile(rf"{re.escape(database.stem)}-\d{{8}}T\d{{6}}Z\.db")
    found = sorted(each for each in folder.iterdir() if ours.fullmatch(each.name) and _is_database(each))
    gone = found[: -max(keep, 1)]
    with telling(folder):
        for each in gone:
            each.unlink()
    return tuple(gone)


def _is_database(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with suppress(OSError), path.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER
    return False
