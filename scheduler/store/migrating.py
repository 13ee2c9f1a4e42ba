"""Runs the migrations. Alembic, driven from code: no ini file."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def run_migrations(connection: Connection, to: str = "head") -> None:
    """All that are missing, up to the one named, within the transaction that the connection is in."""
    config = Config()
    config.set_main_option("script_location", str(files("scheduler.store") / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
