"""Core statements compiled once and run on the driver's own connection.

Of the time that SQLAlchemy takes for a small statement, SQLite needs a tenth; folding a fact takes a dozen
of them. The statements stay SQLAlchemy's, and so do the types of their values.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import count
from typing import Any

from sqlalchemy import Dialect, Executable
from sqlalchemy.sql.compiler import SQLCompiler

from scheduler.store.cells import reads, without_nul, writes

Values = Mapping[str, Any]
_STREAMS = count(1)
#: Rows that a stream fetches together.
_AT_ONCE = 1000


class Prepared:
    """One statement for one kind of database."""

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        compiled: SQLCompiler = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
        self._sql = str(compiled)
        self._fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        names = compiled.positiontup if compiled.positional else list(compiled.binds)
        self._positional = bool(compiled.positional)
        self._names = tuple(names or ())
        processes = (writes(compiled.binds[name].type, dialect) for name in self._names)
        self._writes = [(index, process) for index, process in enumerate(processes) if process]
        columns = compiled.statement.selected_columns if _selects(compiled) else ()  # type: ignore[union-attr]
        self.names = tuple(column.key for column in columns)
        self._reads = [
            (index, process)
            for index, column in enumerate(columns)
            if (process := reads(column.type, dialect))
        ]

    def run(self, driver: Any, values: Values) -> Any:
        """The driver's cursor after running the statement."""
        return driver.execute(self._sql, self._arguments(values))

    def rows(self, driver: Any, values: Values) -> list[tuple[Any, ...]]:
        """What the statement selects, its values read as their types."""
        found: list[tuple[Any, ...]] = self.run(driver, values).fetchall()
        return [self._read(row) for row in found] if self._reads else found

    def first(self, driver: Any, values: Values) -> tuple[Any, ...] | None:
        """The first of these rows; of SQLite no other one is asked for."""
        row: tuple[Any, ...] | None = self.run(driver, values).fetchone()
        return self._read(row) if row and self._reads else row

    def stream(self, driver: Any, values: Values) -> Iterator[tuple[Any, ...]]:
        """The same, row by row, for results that may be large: PostgreSQL keeps them on its side."""
        if self._positional:
            yield from map(self._read, self.run(driver, values))
            return
        with driver.cursor(f"stream_{next(_STREAMS)}", withhold=True) as cursor:
            cursor.itersize = _AT_ONCE
            cursor.execute(self._sql, self._arguments(values))
            yield from map(self._read, cursor)

    def _arguments(self, values: Values) -> Any:
        told = {**self._fixed, **values} if self._fixed else values
        cells = [told[name] for name in self._names]
        for index, process in self._writes:
            cells[index] = process(cells[index])
        kept = [without_nul(cell) if type(cell) is str and "\0" in cell else cell for cell in cells]
        return kept if self._positional else dict(zip(self._names, kept, strict=True))

    def _read(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        cells = list(row)
        for index, process in self._reads:
            cells[index] = process(cells[index])
        return tuple(cells)


@lru_cache(maxsize=512)
def prepared(statement: Executable, dialect: type[Dialect]) -> Prepared:
    """Statements are constants of the store's modules, so that each is compiled once."""
    kind: Any = dialect  # a default dialect takes its driver, which `Dialect` does not say
    return Prepared(statement, kind(dbapi=kind.import_dbapi()))


def _selects(compiled: SQLCompiler) -> bool:
    return getattr(compiled.statement, "is_select", False)
