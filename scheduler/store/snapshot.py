"""A file that appears whole or not at all, and an SQLite file copied into one while others write to it.

What is unfinished has a name of its own, is locked by its writer, and goes when that one dies.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from scheduler.errors import DatabaseRefused
from scheduler.store.alone import is_busy
from scheduler.store.trouble import file_refused

_PREFIX, _SUFFIX = ".ambassador-", ".part"
#: What SQLite puts beside a file.
BESIDE = ("-journal", "-wal", "-shm")


def copy_whole(source: Path, to: Path) -> None:
    """Everything that is committed now, as one file. Writers go on meanwhile. Raises DatabaseRefused."""
    address = f"file:{quote(str(source.absolute()))}?mode=ro"
    with telling(source), closing(sqlite3.connect(address, uri=True)) as old:
        old.execute("PRAGMA schema_version").fetchone()
        with telling(to), closing(sqlite3.connect(to)) as new:
            new.execute("PRAGMA synchronous=OFF")  # it is brought to the disk as a whole
            old.backup(new)
        make_one_file(to)


def make_one_file(path: Path) -> None:
    """With nothing beside it that belongs to it. Raises DatabaseRefused when there is no room for that."""
    with telling(path), closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def unfinished(to: Path) -> Iterator[Path]:
    """A private file beside `to`, which gets that name at the end. Raises DatabaseRefused.

    It never takes the place of another file. After an error nothing is left of it.
    """
    part = to.parent / f"{_PREFIX}{to.name}{_SUFFIX}"
    sweep(to.parent)
    with telling(to), _locked(part):
        try:
            yield part
            bring_to_disk(part)
            appear(part, to)
        finally:
            _remove(part)


def appear(part: Path, to: Path) -> None:
    """Gives a finished file its name. Raises DatabaseRefused where another one came to be meanwhile."""
    try:  # a renaming would overwrite it
        os.link(part, to)
    except FileExistsError:
        raise DatabaseRefused("store.file_exists", path=str(to)) from None
    bring_names_to_disk(to.parent)


def belong_like(path: Path, like: Path) -> None:
    """What the system's administrator makes belongs to whoever runs the service."""
    if os.geteuid() == 0:
        owner = like.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """What SQLite or the system says of a file, as DatabaseRefused."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        if is_busy(error):
            raise DatabaseRefused("store.database_busy") from None
        raise file_refused(path, error) from None


def sweep(folder: Path) -> None:
    """Removes what those left behind who were killed."""
    with suppress(OSError):
        for part in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with suppress(OSError), part.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove(part)


def bring_to_disk(path: Path) -> None:
    """What is in a file is there after a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def bring_names_to_disk(folder: Path) -> None:
    """What was renamed in a folder stays so after a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _locked(part: Path) -> Iterator[None]:
    handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _remove(part: Path) -> None:
    for each in (part, *(Path(f"{part}{suffix}") for suffix in BESIDE)):
        each.unlink(missing_ok=True)
