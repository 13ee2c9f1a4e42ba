"""Databases with the tables of this version and without rows, made by the migrations once for all tests.

Only tests of what opening does to a database have it done anew: those of the migrations, and of the commands.
"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from scheduler.store.connecting import file_address
from scheduler.store.engine import open_store


def ready_database(file: Path) -> str:
    """Puts one there, unless one is there already; gives its address."""
    if not file.exists():
        file.write_bytes(_migrated())
    return file_address(file)


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "ready.db"
        open_store(file_address(file), "T1").close_for_good()
        return file.read_bytes()
