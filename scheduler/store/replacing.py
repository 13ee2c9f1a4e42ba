"""Putting one database file into the place of another, so that at no moment half of each is there.

While it goes on a marker stands beside the file, and nobody opens the database: whoever was interrupted does
the same again. What was there before is set aside with all that belongs to it, and never deleted. The marker
holds the name that it gets, so that the second try brings what is left of it to the same place.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from scheduler.errors import DatabaseRefused
from scheduler.store.alone import is_busy
from scheduler.store.snapshot import (
    BESIDE,
    belong_like,
    bring_names_to_disk,
    bring_to_disk,
    copy_whole,
    make_one_file,
    telling,
    unfinished,
)

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
        make_one_file(part)
        belong_like(part, database if database.exists() else database.parent)
    with telling(database):
        marker, aside = _marker_of(database), _place_aside(database, now)
        _write(marker, aside.name)
        _set_aside(database, aside)
        ready.rename(database)
        bring_names_to_disk(database.parent)
        marker.unlink()
        bring_names_to_disk(database.parent)
    return aside if aside.exists() else None


def _marker_of(database: Path) -> Path:
    return database.with_name(f"{database.name}{_MARKER}")


def _place_aside(database: Path, now: datetime) -> Path:
    """Where the former file goes: to where an interrupted try began to bring it. Never onto another file."""
    marker = _marker_of(database)
    begun = marker.read_text(encoding="utf-8") if marker.exists() else ""
    fresh = f"{database.name}.before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for name in filter(None, (begun, fresh)):
        if not database.with_name(name).exists() or not database.exists():
            return database.with_name(name)
    raise DatabaseRefused("store.file_exists", path=str(database.with_name(fresh)))


def _write(marker: Path, aside: str) -> None:
    """A name that stands there already is not written anew: a power cut would leave none."""
    marker.touch(mode=0o600)
    if marker.read_text(encoding="utf-8") != aside:
        marker.write_text(aside, encoding="utf-8")
    bring_to_disk(marker)
    bring_names_to_disk(marker.parent)


def _set_aside(database: Path, aside: Path) -> None:
    """What SQLite has beside it first: once the file itself is there, all of it is."""
    for suffix in (*BESIDE, ""):
        found = Path(f"{database}{suffix}")
        if found.exists():
            os.replace(found, f"{aside}{suffix}")  # noqa: PTH105 - a name with a suffix behind it
            bring_names_to_disk(database.parent)
