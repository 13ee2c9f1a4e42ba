"""Everything that stands in a database, to compare two of them."""

from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from scheduler.store.tables import METADATA

Tables = dict[str, list[tuple[Any, ...]]]


def tables_of(database: Path | str) -> Tables:
    """Every row of every table, each table in order, of a file of SQLite's or at an address."""
    engine = create_engine(f"sqlite:///{database}" if isinstance(database, Path) else database)
    try:
        with engine.connect() as connection:
            return {
                table.name: sorted(map(tuple, connection.execute(table.select())), key=repr)
                for table in METADATA.sorted_tables
            }
    finally:
        engine.dispose()
