"""Core statements compiled once and run on the driver's own connection.

Of the time that SQLAlchemy takes for a small statement, SQLite needs a tenth; folding a fact takes a dozen
of them. The statements stay SQLAlchemy's, and so do the types of their values.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Executable
from sqlalchemy.sql.compiler import SQLCompiler

Values = Mapping[str, Any]
_Process = Callable[[Any], Any]


class Prepared:
    """One statement for one kind of database."""

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        compiled: SQLCompiler = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
        self._sql = str(compiled)
        self._fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        names = compiled.positiontup if compiled.positional else list(compiled.binds)
        self._positional = bool(compiled.positional)
        self._binds = [(name, _processor(compiled.binds[name].type, dialect, "bind")) for name in names or ()]
        columns = compiled.statement.selected_columns if _selects(compiled) else ()  # type: ignore[union-attr]
        self.names = tuple(column.key for column in columns)
        self._reads = [
            (index, process)
            for index, column in enumerate(columns)
            if (process := _processor(column.type, dialect, "result"))
        ]

    def run(self, driver: Any, values: Values) -> Any:
        """The driver's cursor after running the statement."""
        return driver.execute(self._sql, self._arguments(values))

    def rows(self, driver: Any, values: Values) -> list[tuple[Any, ...]]:
        """What the statement selects, its values read as their types."""
        found: list[tuple[Any, ...]] = self.run(driver, values).fetchall()
        return [self._read(row) for row in found] if self._reads else found

    def stream(self, driver: Any, values: Values) -> Iterator[tuple[Any, ...]]:
        """The same, row by row, for results that may be large."""
        for row in self.run(driver, values):
            yield self._read(row)

    def _arguments(self, values: Values) -> Any:
        told = [(name, self._value(name, values), process) for name, process in self._binds]
        filled = [(name, process(value) if process else value) for name, value, process in told]
        return [value for _, value in filled] if self._positional else dict(filled)

    def _value(self, name: str, values: Values) -> Any:
        return values[name] if name in values else self._fixed[name]

    def _read(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        cells = list(row)
        for index, process in self._reads:
            cells[index] = process(cells[index])
        return tuple(cells)


@lru_cache(maxsize=512)
def prepared(statement: Executable, dialect: type[Dialect]) -> Prepared:
    """Statements are constants of the store's modules, so that each is compiled once."""
    return Prepared(statement, dialect())


def _selects(compiled: SQLCompiler) -> bool:
    return getattr(compiled.statement, "is_select", False)


def _processor(type_: Any, dialect: Dialect, way: str) -> _Process | None:
    implementation = type_.dialect_impl(dialect)
    if way == "bind":
        found: _Process | None = implementation.bind_processor(dialect)
    else:
        found = implementation.result_processor(dialect, None)
    return found
