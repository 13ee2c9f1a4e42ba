"""One service for one SQLite file: a second process would send everything twice.

A lock file beside the database, which the system releases however the process ends. Reading stays possible.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sqlalchemy import make_url

from scheduler.errors import DatabaseRefused
from scheduler.store.trouble import file_refused


@contextmanager
def only_service_on(url: str) -> Iterator[None]:
    """Holds the database's lock; raises DatabaseRefused when another service does."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        yield
        return
    path = Path(f"{address.database}.lock")
    with _opened(path, Path(address.database)) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise DatabaseRefused("store.service_running", path=str(address.database)) from None
        yield


def _opened(path: Path, database: Path) -> TextIO:
    try:
        return path.open("a", encoding="utf-8")
    except OSError as error:
        raise file_refused(database, error) from None
