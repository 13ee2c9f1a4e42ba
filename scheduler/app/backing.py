"""Backups of the service's database, and putting one back. SQLite; PostgreSQL brings tools of its own."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scheduler.actions.restoring import put_back
from scheduler.app.locking import only_service_on
from scheduler.errors import DatabaseRefused
from scheduler.store.backups import back_up, rotate
from scheduler.store.connecting import address_of, engine_for, file_address, reading_engine, refusing
from scheduler.store.contents import Contents, contents_of, require_upgradable, teams_of
from scheduler.store.engine import open_store
from scheduler.store.migrate import upgrade
from scheduler.store.replacing import replace_file, require_unused
from scheduler.store.whole import teams_in


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """A verified backup. `gone`: older ones that made room for it."""

    file: Path
    contents: Contents
    gone: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A database that was put back. `aside` is where the former file is now, if there was one."""

    database: Path
    aside: Path | None
    contents: Contents


def make_backup(url: str, folder: Path | None, *, keep: int, now: datetime) -> BackedUp:
    """While the service runs, if it does. Raises DatabaseRefused; then every older backup is still there."""
    database = _file(url, "backup.postgresql")
    file, contents = back_up(database, folder, now=now)
    return BackedUp(file=file, contents=contents, gone=rotate(database, file, contents, keep=keep))


def check_backup(file: Path) -> Contents:
    """Touches nothing. Raises DatabaseRefused when it cannot be put back."""
    contents = _contents_of_backup(file)
    if not contents.is_current:
        require_upgradable(file)
    return contents


def restore(url: str, file: Path, *, now: datetime) -> Restored:
    """Puts a backup in the place of the database, brought up to date. Raises DatabaseRefused.

    Before the backup is known to be good, nothing is touched.
    """
    database = _file(url, "restore.postgresql")
    with only_service_on(url):
        contents = _contents_of_backup(file)
        _require_fit(database, file, contents)
        aside = replace_file(database, file, prepare=_prepare, now=now)
    return Restored(database=database, aside=aside, contents=contents)


def _contents_of_backup(file: Path) -> Contents:
    """A database that is damaged wants a backup; a backup that is damaged wants another one."""
    try:
        return contents_of(file)
    except DatabaseRefused as refusal:
        if refusal.code != "store.damaged":
            raise
        raise DatabaseRefused("restore.damaged", **refusal.values) from None


def was_restored(url: str) -> None:
    """Of a database that was put back by other means: what it may have sent since then is looked up.

    Raises DatabaseRefused.
    """
    with only_service_on(url):
        _doubt(url)


def _file(url: str, otherwise: str) -> Path:
    address = address_of(url)
    if address.get_backend_name() != "sqlite":
        raise DatabaseRefused(otherwise, address=url.replace("+psycopg", "", 1))
    return Path(address.database or "")


def _require_fit(database: Path, file: Path, contents: Contents) -> None:
    if not database.is_file():
        return
    if database.samefile(file):
        raise DatabaseRefused("restore.same_file", path=str(file))
    require_unused(database)
    held = teams_of(database)
    if held and contents.teams and not set(held) & set(contents.teams):
        teams = {"held": ", ".join(held), "found": ", ".join(contents.teams)}
        raise DatabaseRefused("restore.other_workspace", path=str(file), **teams)


def _prepare(part: Path) -> None:
    """Brings the copy up to date, and has what it may have sent since then doubted."""
    url = file_address(part)
    engine = engine_for(url)
    try:
        with refusing(url):
            upgrade(engine)
    finally:
        engine.dispose()
    _doubt(url)


def _doubt(url: str) -> None:
    engine = reading_engine(url)
    try:
        with refusing(url):
            teams = teams_in(engine)
    finally:
        engine.dispose()
    for team in teams:
        with closing(open_store(url, team)) as store, store.begin() as work:
            put_back(work)
