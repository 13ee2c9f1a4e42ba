"""Keeping every other writer out for longer than one transaction.

SQLite: of the whole file; whoever merely has it open is in the way. PostgreSQL: of the workspace, by its own
lock, which the session keeps. Both end with the connection, however the process ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from scheduler.errors import DatabaseRefused

_BUSY = {5, 6}  # SQLITE_BUSY, SQLITE_LOCKED
_LOCK_NOT_AVAILABLE = "55P03"


def hold_sqlite(driver: Any) -> None:
    """Nobody else reads or writes until the connection ends; raises DatabaseRefused if somebody is there."""
    with _telling_who_is_busy():
        driver.execute("PRAGMA busy_timeout=500")  # a glance is over by then; whoever stays, stays
        driver.execute("PRAGMA locking_mode=EXCLUSIVE")
        driver.execute("BEGIN IMMEDIATE")  # only now it takes the lock
        driver.execute("COMMIT")


def hold_postgresql(driver: Any, space: int, team: str) -> None:
    """Nobody else writes to the workspace until the connection ends; raises DatabaseRefused when one does."""
    with _telling_who_is_busy():
        driver.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", (space, team))


@contextmanager
def _telling_who_is_busy() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if is_busy(error):
            raise DatabaseRefused("store.database_busy") from None
        raise


def is_busy(error: BaseException | None) -> bool:
    """Whether the driver says that somebody else holds what we asked for."""
    sqlite_code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return sqlite_code in _BUSY or getattr(error, "sqlstate", None) == _LOCK_NOT_AVAILABLE
