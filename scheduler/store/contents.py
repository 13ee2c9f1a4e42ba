"""What a database file holds, read to find out whether one can rely on it. Nothing in it is changed."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlencode

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError

from scheduler.errors import DatabaseRefused
from scheduler.store.cases import CASES
from scheduler.store.connecting import engine_for, file_address, reading_engine, reading_options, refusing
from scheduler.store.members import MEMBERS
from scheduler.store.migrate import level_of, upgrade
from scheduler.store.outbox import OUTBOX
from scheduler.store.runs import MESSAGES
from scheduler.store.snapshot import copy_whole, telling
from scheduler.store.whole import teams_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What is in a database. `heard_until`: the newest message of anybody's that it knows.

    `revision` is the schema's; `is_current`: it is this version's, so that nothing has to be upgraded.
    """

    revision: str
    is_current: bool
    teams: tuple[str, ...]
    members: int
    messages: int
    cases: int
    outbox: int
    heard_until: datetime | None


def contents_of(path: Path) -> Contents:
    """Raises DatabaseRefused when the file is damaged, no database of ours, or of a newer version."""
    require_sound(path)
    engine = reading_engine(file_address(path))
    try:
        with refusing(file_address(path)):
            revision, is_current = level_of(engine)
            if not revision:
                raise DatabaseRefused("store.not_ours")
            return _read(engine, revision, is_current=is_current)
    finally:
        engine.dispose()


def require_sound(path: Path) -> None:
    """Reads every page. Raises DatabaseRefused."""
    if not path.exists():
        raise DatabaseRefused("store.no_such_file", path=str(path))
    address = f"file:{quote(str(path.absolute()))}?{urlencode(reading_options(path))}"
    with telling(path), closing(sqlite3.connect(address, uri=True)) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
    if found != ["ok"]:
        raise DatabaseRefused("store.damaged", path=str(path), why=found[0])


def require_upgradable(path: Path) -> None:
    """Brings a copy up to date, and throws it away. Raises DatabaseRefused."""
    with TemporaryDirectory(prefix="ambassador-") as folder:
        copy = Path(folder) / "trial.db"
        copy_whole(path, copy)
        engine = engine_for(file_address(copy), throw_away=True)
        try:
            with refusing(file_address(copy)):
                upgrade(engine)
        finally:
            engine.dispose()


def _read(engine: Engine, revision: str, *, is_current: bool) -> Contents:
    with engine.connect() as connection:
        counts = [
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (MEMBERS, MESSAGES, CASES, OUTBOX)
        ]
        heard_until = connection.scalar(select(func.max(MESSAGES.c.at)))
    members, messages, cases, outbox = counts
    return Contents(
        revision=revision, is_current=is_current, teams=teams_in(engine),
        members=members, messages=messages, cases=cases, outbox=outbox, heard_until=heard_until,
    )  # fmt: skip


def teams_of(path: Path) -> tuple[str, ...]:
    """The workspaces in a file; none when it cannot be read, or holds nothing of ours."""
    engine = reading_engine(file_address(path))
    try:
        return teams_in(engine)
    except DBAPIError:
        return ()
    finally:
        engine.dispose()
