"""Opening the database of a workspace that Slack named: it is that workspace's, or nobody's yet."""

import os
from errno import EACCES
from pathlib import Path

from scheduler.errors import DatabaseRefused
from scheduler.store.connecting import address_of
from scheduler.store.contents import teams_of
from scheduler.store.engine import SqlStore, open_store
from scheduler.store.trouble import file_refused


def open_own(url: str, team: str) -> SqlStore:
    """Raises DatabaseRefused; then nothing was changed.

    An SQLite file serves one service, and with it one workspace; on PostgreSQL several may share a database.
    """
    address = address_of(url)
    file = Path(address.database or "")
    if address.get_backend_name() == "sqlite" and file.is_file():
        _require_fit(file, team)
    return open_store(url, team)


def _require_fit(file: Path, team: str) -> None:
    if not os.access(file, os.W_OK):  # SQLite would open it, and fail only at the first write
        raise file_refused(file, PermissionError(EACCES, os.strerror(EACCES)))
    held = teams_of(file)
    if held and team not in held:
        raise DatabaseRefused("store.other_workspace", path=str(file), held=", ".join(held), team=team)
