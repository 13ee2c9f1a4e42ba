"""What a database in trouble means: for what was being done, and in a sentence for people.

Trouble passes; data that a database cannot take never does.
"""

from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path

from scheduler.errors import DatabaseRefused

_READ_ONLY, _DISK, _CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = 8, 10, 11, 13, 14, 26
#: SQLite: busy, locked, out of memory, read-only, I/O error, corrupt, full, cannot open, protocol.
_SQLITE = {5, 6, 7, _READ_ONLY, _DISK, _CORRUPT, _FULL, _CANNOT_OPEN, 15}
#: PostgreSQL's classes: connection, transaction, rollback, resources, lock, intervention, system, internal.
_POSTGRESQL = {"08", "25", "40", "53", "55", "57", "58", "XX"}
#: What SQLite shares between processes, in a file beside the database, cannot grow (SQLITE_IOERR_SHMSIZE).
_NO_ROOM_BESIDE = 4874
_NO_ROOM = {ENOSPC, EDQUOT, EFBIG}
_SENTENCES = {
    _READ_ONLY: "store.read_only",
    _DISK: "store.disk_fails",
    _CORRUPT: "store.damaged",
    _CANNOT_OPEN: "store.read_only",
    _NOT_A_DATABASE: "store.not_a_database",
}


def is_in_trouble(error: BaseException) -> bool:
    """Whether the driver says that the database itself fails, whatever is asked of it."""
    return _sqlite_code(error) in _SQLITE or (getattr(error, "sqlstate", None) or "")[:2] in _POSTGRESQL


def file_refused(path: Path, error: BaseException | None) -> DatabaseRefused:
    """What SQLite or the system said about a file, as one sentence."""
    why = getattr(error, "strerror", None) or next(iter(str(error).strip().splitlines()), "")
    if path.is_dir():
        return DatabaseRefused("store.is_a_folder", path=str(path))
    if not path.absolute().parent.is_dir():
        return DatabaseRefused("store.no_such_folder", path=str(path.parent))
    if _is_without_room(error):
        return DatabaseRefused("store.disk_full", path=str(path))
    by_system = "store.read_only" if isinstance(error, OSError) else "store.not_a_database"
    return DatabaseRefused(_SENTENCES.get(_sqlite_code(error), by_system), path=str(path), why=why)


def _is_without_room(error: BaseException | None) -> bool:
    exactly = getattr(error, "sqlite_errorcode", 0)
    by_sqlite = _sqlite_code(error) == _FULL or exactly == _NO_ROOM_BESIDE
    return by_sqlite or getattr(error, "errno", None) in _NO_ROOM


def _sqlite_code(error: BaseException | None) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
