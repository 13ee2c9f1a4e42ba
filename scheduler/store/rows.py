"""What every part of the store shares: one connection, one team, and inserts that keep what is there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Dialect, Executable, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

from scheduler.store.prepared import Prepared, Values, prepared


@dataclass(slots=True)
class DueMemo:
    """Remembers what is due next until a write may have moved it."""

    is_known: bool = False
    at: datetime | None = None

    def moved(self) -> None:
        self.is_known = False

    def keep(self, at: datetime | None) -> None:
        self.is_known, self.at = True, at


@dataclass(frozen=True, slots=True)
class Session:
    """One transaction of one team, on the driver's connection."""

    driver: Any
    dialect: type[Dialect]
    team: str
    due: DueMemo = field(default_factory=DueMemo)

    def prepare(self, statement: Executable) -> Prepared:
        # mypy takes the hash of a class for that of its instances.
        return prepared(statement, self.dialect)  # type: ignore[arg-type]


class Rows:
    """Queries over one team's rows within one transaction. Every statement knows the team as `b_team`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._team = session.team
        self._due = session.due

    def _rows(self, statement: Executable, **values: Any) -> list[tuple[Any, ...]]:
        values["b_team"] = self._team
        return self._session.prepare(statement).rows(self._session.driver, values)

    def _first(self, statement: Executable, **values: Any) -> tuple[Any, ...] | None:
        values["b_team"] = self._team
        return self._session.prepare(statement).first(self._session.driver, values)

    def _scalars(self, statement: Executable, **values: Any) -> tuple[Any, ...]:
        return tuple(row[0] for row in self._rows(statement, **values))

    def _stream(self, statement: Executable) -> Iterator[dict[str, Any]]:
        """Row by row; nothing may be written meanwhile."""
        ready = self._session.prepare(statement)
        for row in ready.stream(self._session.driver, {"b_team": self._team}):
            yield dict(zip(ready.names, row, strict=True))

    def _dicts(self, statement: Executable, **values: Any) -> Iterator[dict[str, Any]]:
        names = self._session.prepare(statement).names
        for row in self._rows(statement, **values):
            yield dict(zip(names, row, strict=True))

    def _change(self, statement: Executable, **values: Any) -> int:
        """Writes; gives how many rows were."""
        values["b_team"] = self._team
        return self._write(statement, values)

    def _insert_new(self, table: Table, values: dict[str, Any]) -> bool:
        """Inserts a row unless its key is taken; True when it was inserted."""
        statement = _inserting(self._session.dialect.name, table, tuple(values))
        return self._write(statement, {"team": self._team, **values}) == 1

    def _replace(self, table: Table, values: dict[str, Any]) -> None:
        """Inserts a row, or writes these values over the one of the same key."""
        statement = _replacing(self._session.dialect.name, table, tuple(values))
        self._write(statement, {"team": self._team, **values})

    def _write(self, statement: Executable, values: Values) -> int:
        return int(self._session.prepare(statement).run(self._session.driver, values).rowcount)


def table_of(model: type[SQLModel]) -> Table:
    """The Core table of a model; the store uses statements on it instead of the ORM."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


@cache
def _inserting(dialect: str, table: Table, names: Sequence[str]) -> Executable:
    return _insert(dialect, table, names).on_conflict_do_nothing()


@cache
def _replacing(dialect: str, table: Table, names: Sequence[str]) -> Executable:
    insert = _insert(dialect, table, names)
    key = [column.name for column in table.primary_key]
    return insert.on_conflict_do_update(
        index_elements=key, set_={name: insert.excluded[name] for name in names if name not in key}
    )


def _insert(dialect: str, table: Table, names: Sequence[str]) -> sqlite.Insert | postgresql.Insert:
    insert = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    return insert.values({name: bindparam(name, type_=table.c[name].type) for name in ("team", *names)})
