"""Which migrations a database has seen, and bringing it up to the newest one.

Nearly always a database is up to date, and Alembic takes long to import: only `migrating` knows it.
"""

from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files

from sqlalchemy import Connection, Engine, column, inspect, select, table

from scheduler.errors import DatabaseRefused, DatabaseTooNew
from scheduler.store.bytewise import sort_bytewise

#: Alembic's own table: a row for each revision that the tables stand at, which is one.
_STANDS_AT = table("alembic_version", column("version_num"))


def upgrade(engine: Engine, *, keep: Callable[[str], None] = lambda _: None) -> None:
    """Brings the tables up to the newest migration: all the way, or not at all.

    Where there are tables of an older version, `keep` is told their revision first, while nobody else writes.
    Raises DatabaseRefused, and then changes nothing.
    """
    with engine.connect() as connection:
        if _is_newest(_heads(connection)):
            return
    with engine.begin() as connection:
        _refuse_unfit(connection)
        _wait_for_others(connection)
        found = _heads(connection)
        if not _is_newest(found):
            if found:
                keep(", ".join(found))
            _run_migrations(connection)
            sort_bytewise(connection)


def refuse_unless_current(engine: Engine) -> None:
    """Raises DatabaseRefused unless the tables are those of this version."""
    with engine.connect() as connection:
        found = _heads(connection)
        if not found:
            raise DatabaseRefused("store.not_ours")
        if not _is_newest(found):
            raise DatabaseRefused("store.database_too_old", revision=", ".join(found))


def level_of(engine: Engine) -> tuple[str, bool]:
    """The revision of the tables, empty without any, and whether it is the newest. Raises DatabaseTooNew."""
    with engine.connect() as connection:
        found = _heads(connection)
    return ", ".join(found), _is_newest(found)


@cache
def revisions() -> tuple[str, ...]:
    """Of this version, the newest last: the beginning of each migration's file name."""
    versions = files("scheduler.store") / "migrations" / "versions"
    return tuple(sorted(path.name.split("_")[0] for path in versions.iterdir() if path.name.endswith(".py")))


def _is_newest(found: list[str]) -> bool:
    return found == [revisions()[-1]]


def _heads(connection: Connection) -> list[str]:
    if not inspect(connection).has_table(_STANDS_AT.name):
        return []
    found = list(connection.scalars(select(_STANDS_AT.c.version_num)))
    _refuse_unknown(found)
    return found


def _refuse_unknown(found: Iterable[str]) -> None:
    for revision in found:
        if revision not in revisions():
            raise DatabaseTooNew(revision)


def _run_migrations(connection: Connection) -> None:
    from scheduler.store.migrating import run_migrations  # noqa: PLC0415 - it brings Alembic along

    run_migrations(connection)


def _refuse_unfit(connection: Connection) -> None:
    """A database of another encoding has no room for every name."""
    if connection.dialect.name == "postgresql":
        encoding = str(connection.exec_driver_sql("SHOW server_encoding").scalar_one())
        if encoding != "UTF8":
            raise DatabaseRefused("store.not_utf8", encoding=encoding)


def _wait_for_others(connection: Connection) -> None:
    """Two processes that open an empty database at once make its tables once."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('ambassador migrations'))")
