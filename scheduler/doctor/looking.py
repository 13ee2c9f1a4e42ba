"""Looks at the database without changing a byte of it, and without making a file."""

import os
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, make_url

from scheduler.doctor.facts import DatabaseTold, DeadEvents, DeadMessages, Level, Rows
from scheduler.errors import DatabaseRefused, DatabaseTooNew, Told
from scheduler.model.marks import ALIVE, SEEDED
from scheduler.store.connecting import address_of, reading_engine, refusing, shown_address
from scheduler.store.engine import SqlStore, SqlWork
from scheduler.store.migrate import level_of
from scheduler.store.replacing import refuse_half_restored
from scheduler.store.whole import teams_in

#: Seconds that PostgreSQL gets to let us in.
_PATIENCE = "10"
#: What died longer ago is no news.
_RECENT = timedelta(days=30)
_STATE = """
    SELECT pg_database_size(current_database()),
           NOT (pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean)
"""


def look_at(url: str, team: str | None, *, now: datetime) -> DatabaseTold:
    """What is there of `team`, or of the only workspace in it. Never raises."""
    try:
        told = _place(url)
        return _looked_into(told, url, team, now) if told.exists else told
    except DatabaseRefused as refusal:
        return DatabaseTold(address="", is_file=True, refused=_told(refusal))
    except OSError as error:  # a folder that we may not look into, or a name that cannot be one
        values = {"path": shown_address(url), "why": error.strerror or type(error).__name__}
        return DatabaseTold(address="", is_file=True, refused=Told("store.not_a_database", values))


def _looked_into(told: DatabaseTold, url: str, team: str | None, now: datetime) -> DatabaseTold:
    try:
        engine = reading_engine(_bounded(url))
    except DatabaseRefused as refusal:
        return replace(told, refused=_told(refusal))
    try:
        with refusing(url):
            return _contents(told, engine, team, now)
    except DatabaseTooNew as newer:
        return replace(told, level=Level.AHEAD, revision=newer.revision)
    except DatabaseRefused as refusal:
        return replace(told, refused=_told(refusal))
    finally:
        engine.dispose()


def _place(url: str) -> DatabaseTold:
    address = address_of(url)
    if address.get_backend_name() != "sqlite":
        return DatabaseTold(address=shown_address(url), is_file=False)
    path = Path(address.database or "")
    refuse_half_restored(path)
    folder = path.absolute().parent
    return DatabaseTold(
        address=str(path),
        is_file=True,
        exists=path.exists(),
        is_writable=_may_write(path, folder),
        folder=str(folder),
        size=_size(path),
        free=shutil.disk_usage(folder).free if folder.is_dir() else None,
    )


def _may_write(path: Path, folder: Path) -> bool:
    """SQLite makes files beside its own."""
    return folder.is_dir() and os.access(folder, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _size(path: Path) -> int:
    """With what was written and is not in the file yet."""
    files = (path, Path(f"{path}-wal"))
    return sum(each.stat().st_size for each in files if each.is_file())


def _contents(told: DatabaseTold, engine: Engine, team: str | None, now: datetime) -> DatabaseTold:
    told = told if told.is_file else _of_server(told, engine)
    revision, is_current = level_of(engine)
    if not revision:
        return told
    told = replace(told, revision=revision, level=Level.CURRENT if is_current else Level.BEHIND)
    teams = teams_in(engine) if is_current else ()
    whose = team or (teams[0] if len(teams) == 1 else None)
    rows = _rows(engine, whose, now) if whose in teams and whose else None
    return replace(told, teams=teams, rows=rows)


def _of_server(told: DatabaseTold, engine: Engine) -> DatabaseTold:
    with engine.connect() as connection:
        size, writable = connection.exec_driver_sql(_STATE).one()
    return replace(told, size=size, is_writable=writable)


def _rows(engine: Engine, team: str, now: datetime) -> Rows:
    store = SqlStore(engine, team, reads_only=True)
    try:
        return _read(store.read(), now - _RECENT)
    finally:
        store.close()


def _read(work: SqlWork, since: datetime) -> Rows:
    marks = work.marks.all()
    alive = marks.get(ALIVE)
    return Rows(
        alive_at=datetime.fromisoformat(alive) if alive else None,
        seeded=SEEDED in marks,
        unfinished_imports=len(work.imports.unfinished()),
        last_event_at=work.inbox.last_received_at(),
        inbox_waiting_since=work.inbox.waiting_since(),
        oldest_alert_due_at=work.outbox.oldest_unsent_alert(),
        dead_messages=tuple(
            DeadMessages(kind=kind, reason=reason, code=code, count=count)
            for kind, reason, code, count in work.outbox.dead_since(since)
        ),
        dead_events=tuple(
            DeadEvents(kind=kind, reason=reason, count=count)
            for kind, reason, count in work.inbox.dead_since(since)
        ),
    )


def _bounded(url: str) -> str:
    """A server that does not answer must not hold us up."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" or "connect_timeout" in address.query:
        return url
    return address.update_query_dict({"connect_timeout": _PATIENCE}).render_as_string(hide_password=False)


def _told(refusal: DatabaseRefused) -> Told:
    return Told(refusal.code, refusal.values)
