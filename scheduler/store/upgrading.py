"""Bringing a database of an older version up to date: first a backup, then all migrations or none."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from scheduler.errors import DatabaseRefused
from scheduler.store.backups import back_up_once
from scheduler.store.migrate import upgrade


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgraded:
    """What was done: the schema that was there before, and the backup of it. PostgreSQL's is not ours."""

    revision: str
    backup: Path | None


def bring_up_to_date(engine: Engine, *, now: Callable[[], datetime]) -> Upgraded | None:
    """None when nothing had to be done, or the database was empty.

    Raises DatabaseRefused, and then the database is as it was.
    """
    kept: list[Upgraded] = []

    def keep(revision: str) -> None:
        kept.append(Upgraded(revision=revision, backup=_backed_up(engine, revision, now)))

    try:
        upgrade(engine, keep=keep)
    except SQLAlchemyError as error:
        if kept:
            raise _failed(kept[0], error) from error
        raise
    return kept[0] if kept else None


def _backed_up(engine: Engine, revision: str, now: Callable[[], datetime]) -> Path | None:
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file:
        return None
    path = Path(file)
    try:
        return back_up_once(path, now=now(), why=f"-before-upgrade-from-{revision}")
    except DatabaseRefused as refusal:
        why = refusal.values.get("why", refusal.code)
        raise DatabaseRefused("store.no_backup_first", path=str(path.parent / "backups"), why=why) from None


def _failed(before: Upgraded, error: SQLAlchemyError) -> DatabaseRefused:
    why = next(iter(str(getattr(error, "orig", error)).strip().splitlines()), "")
    if before.backup is None:
        return DatabaseRefused("store.upgrade_failed", revision=before.revision, why=why)
    backup = str(before.backup)
    return DatabaseRefused("store.upgrade_failed_kept", revision=before.revision, why=why, backup=backup)
