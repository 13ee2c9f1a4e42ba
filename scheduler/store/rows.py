"""What every part of the store shares: one connection, one team, and inserts that keep what is there."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel


class DueMemo:
    """Remembers what is due next until a write may have moved it."""

    def __init__(self) -> None:
        self.is_known = False
        self.at: datetime | None = None

    def moved(self) -> None:
        self.is_known = False

    def keep(self, at: datetime | None) -> None:
        self.is_known, self.at = True, at


class Rows:
    """Queries over one team's rows within one transaction."""

    def __init__(self, connection: Connection, team: str, due: DueMemo) -> None:
        self._connection = connection
        self._team = team
        self._due = due

    def _insert_new(self, table: Table, values: dict[str, Any]) -> bool:
        """Inserts a row unless its key is taken; True when it was inserted."""
        statement = insert_into(self._connection.dialect.name, table).on_conflict_do_nothing()
        return self._connection.execute(statement, values).rowcount == 1

    def _replace(self, table: Table, values: dict[str, Any]) -> None:
        """Inserts a row, or writes these values over the one of the same key."""
        statement = _replacing(self._connection.dialect.name, table, tuple(values))
        self._connection.execute(statement, values)


def table_of(model: type[SQLModel]) -> Table:
    """The Core table of a model; hot paths use statements on it instead of the ORM."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


@cache
def insert_into(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert of the dialect at hand, which knows `ON CONFLICT`."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@cache
def _replacing(dialect: str, table: Table, names: tuple[str, ...]) -> sqlite.Insert | postgresql.Insert:
    insert = insert_into(dialect, table)
    key = [column.name for column in table.primary_key]
    return insert.on_conflict_do_update(
        index_elements=key, set_={name: insert.excluded[name] for name in names if name not in key}
    )
