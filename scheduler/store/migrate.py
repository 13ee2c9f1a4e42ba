"""Alembic, driven from code: no ini file."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine


def upgrade(engine: Engine) -> None:
    """Brings the tables up to the newest migration; a database from the future is refused by Alembic."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), "head")


def _config(connection: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("scheduler.store") / "migrations"))
    config.attributes["connection"] = connection
    return config
