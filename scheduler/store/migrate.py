"""Alembic, driven from code: no ini file."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from scheduler.errors import DatabaseTooNew


def upgrade(engine: Engine) -> None:
    """Brings the tables up to the newest migration. Raises DatabaseTooNew, and then changes nothing."""
    with engine.begin() as connection:
        config = _config(connection)
        _refuse_unknown(connection, ScriptDirectory.from_config(config))
        command.upgrade(config, "head")


def _refuse_unknown(connection: Connection, script: ScriptDirectory) -> None:
    known = {each.revision for each in script.walk_revisions()}
    for revision in MigrationContext.configure(connection).get_current_heads():
        if revision not in known:
            raise DatabaseTooNew(revision)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("scheduler.store") / "migrations"))
    config.attributes["connection"] = connection
    return config
