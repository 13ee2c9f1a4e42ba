"""Putting one database file into the place of another, so that at no moment half of each is there.

While it goes on a marker stands beside the file, and nobody opens the database: whoever was interrupted does
the same again. What was there before is set aside with all that belongs to it, and never deleted.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from scheduler.errors import DatabaseRefused
from scheduler.store.alone import is_busy
from scheduler.store.snapshot import BESIDE, belong_like, bring_names_to_disk, copy_whole, telling, unfinished

_MARKER = ".restoring"


def refuse_half_restored(database: Path) -> None:
    """Raises DatabaseRefused when putting a file into its place was interrupted."""
    if _marker_of(database).exists():
        raise DatabaseRefused("store.half_restored", path=str(database))


def require_unused(database: Path) -> None:
    """Raises DatabaseRefused while somebody writes; a file that cannot even be read is used by nobody."""
    if not database.is_file():
        return
    with closing(sqlite3.connect(database, timeout=0.5, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            if is_busy(error):
                raise DatabaseRefused("store.database_busy") from None


def replace_file(
    database: Path, source: Path, *, prepare: Callable[[Path], None], now: datetime
) -> Path | None:
    """Puts a prepared copy of `source` into the place of `database`; gives where the former file is now.

    Until the copy is complete nothing is touched. Raises DatabaseRefused.
    """
    ready = database.with_name(f"{database.name}.new")
    with telling(database):
        ready.unlink(missing_ok=True)
    with unfinished(ready) as part:
        copy_whole(source, part)
        prepare(part)
        belong_like(part, database if database.exists() else database.parent)
    with telling(database):
        marker = _marker_of(database)
        marker.touch(mode=0o600)
        bring_names_to_disk(database.parent)
        aside = _set_aside(database, f"{database.name}.before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        ready.rename(database)
        bring_names_to_disk(database.parent)
        marker.unlink()
        bring_names_to_disk(database.parent)
    return aside


def _marker_of(database: Path) -> Path:
    return database.with_name(f"{database.name}{_MARKER}")


def _set_aside(database: Path, name: str) -> Path | None:
    """With what SQLite has beside it: it would be taken for part of the new file."""
    aside = database.with_name(name)
    for suffix in ("", *BESIDE):
        found = Path(f"{database}{suffix}")
        if found.exists():
            os.replace(found, f"{aside}{suffix}")  # noqa: PTH105 - a name with a suffix behind it
    return aside if aside.exists() else None
