"""Alembic, driven from code: no ini file."""

from collections.abc import Callable, Iterable
from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from scheduler.errors import DatabaseRefused, DatabaseTooNew
from scheduler.store.bytewise import sort_bytewise


def upgrade(engine: Engine, *, keep: Callable[[str], None] = lambda _: None) -> None:
    """Brings the tables up to the newest migration: all the way, or not at all.

    Where there are tables of an older version, `keep` is told their revision first, while nobody else writes.
    Raises DatabaseRefused, and then changes nothing.
    """
    script = _script()
    with engine.connect() as connection:
        if _heads(connection, script) == script.get_heads():
            return
    with engine.begin() as connection:
        _refuse_unfit(connection)
        _wait_for_others(connection)
        found = _heads(connection, script)
        if found != script.get_heads():
            if found:
                keep(", ".join(found))
            command.upgrade(_config(connection), "head")
            sort_bytewise(connection)


def refuse_unless_current(engine: Engine) -> None:
    """Raises DatabaseRefused unless the tables are those of this version."""
    with engine.connect() as connection:
        script = _script()
        found = _heads(connection, script)
        if not found:
            raise DatabaseRefused("store.not_ours")
        if found != script.get_heads():
            raise DatabaseRefused("store.database_too_old", revision=", ".join(found))


def level_of(engine: Engine) -> tuple[str, bool]:
    """The revision of the tables, empty without any, and whether it is the newest. Raises DatabaseTooNew."""
    with engine.connect() as connection:
        script = _script()
        found = _heads(connection, script)
    return ", ".join(found), found == script.get_heads()


def _heads(connection: Connection, script: ScriptDirectory) -> list[str]:
    found = list(MigrationContext.configure(connection).get_current_heads())
    _refuse_unknown(found, script)
    return found


def _refuse_unknown(revisions: Iterable[str], script: ScriptDirectory) -> None:
    known = {each.revision for each in script.walk_revisions()}
    for revision in revisions:
        if revision not in known:
            raise DatabaseTooNew(revision)


def _script() -> ScriptDirectory:
    return ScriptDirectory(str(files("scheduler.store") / "migrations"))


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


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("scheduler.store") / "migrations"))
    config.attributes["connection"] = connection
    return config
