"""Addresses of databases, and what each kind of database needs before the store can work on it.

SQLite: WAL, foreign keys on, a writer waits up to five seconds for another one. PostgreSQL: UTC, and the same
five seconds; who does nothing for ten in the midst of a transaction loses it, since others wait for its end.
On both we say BEGIN ourselves. No sentence that leaves this module carries a password.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from scheduler.errors import DatabaseRefused
from scheduler.store.alone import is_busy
from scheduler.store.trouble import file_refused

_SQLITE = "sqlite"
_POSTGRESQL = {"postgresql": "postgresql+psycopg", "postgresql+psycopg": "postgresql+psycopg"}
_PRAGMAS = ("foreign_keys=ON", "busy_timeout=5000")
_OPTIONS = "-c timezone=UTC -c lock_timeout=5000 -c synchronous_commit={commit}"
_WRITES = " -c idle_in_transaction_session_timeout=10000"
#: A server that is gone without a word is given up after ten seconds; whoever waits for it may go elsewhere.
_PATIENCE = {
    "connect_timeout": "5",
    "tcp_user_timeout": "10000",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
}


def file_address(path: Path) -> str:
    """The address of an SQLite file, whatever signs its name has."""
    return URL.create(_SQLITE, database=str(path)).render_as_string()


def address_of(url: str) -> URL:
    """The address, read; raises DatabaseRefused for a kind of database that we do not use."""
    try:
        found = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseRefused("store.bad_address") from None
    if found.drivername == _SQLITE:
        return found
    if found.drivername not in _POSTGRESQL:
        raise DatabaseRefused("store.bad_address")
    return found.set(drivername=_POSTGRESQL[found.drivername])


def engine_for(url: str, *, throw_away: bool = False) -> Engine:
    """An engine to read and write with; `throw_away` trades safety for speed."""
    address = address_of(url)
    if address.drivername != _SQLITE:
        return _postgresql(address, _OPTIONS.format(commit="off" if throw_away else "on") + _WRITES)
    synchronous = "OFF" if throw_away else "FULL"
    # What a savepoint may have to bring back is kept in memory: else each batch writes a file of it.
    return _sqlite(address, "journal_mode=WAL", "temp_store=MEMORY", *_PRAGMAS, f"synchronous={synchronous}")


def reading_engine(url: str) -> Engine:
    """An engine that cannot write, and makes no file. Raises DatabaseRefused when the file is not there."""
    address = address_of(url)
    if address.drivername != _SQLITE:
        return _postgresql(address, _OPTIONS.format(commit="on"))
    path = Path(address.database or "")
    if path.is_dir():
        raise DatabaseRefused("store.is_a_folder", path=str(path))
    if not path.is_file():
        raise DatabaseRefused("store.no_such_file", path=str(path))
    plain = f"file:{quote(str(path.absolute()))}"
    how = {"uri": "true", **reading_options(path)}
    return _sqlite(address.set(database=plain, query=how), *_PRAGMAS)


def reading_options(path: Path) -> dict[str, str]:
    """How SQLite opens a file that is only read. Beside one that nobody has open it would leave two files."""
    in_use = any(Path(f"{path}{end}").exists() for end in ("-wal", "-journal"))
    return {"mode": "ro"} if in_use else {"mode": "ro", "immutable": "1"}


@contextmanager
def refusing(url: str) -> Iterator[None]:
    """What a database answers instead of letting us in, as DatabaseRefused."""
    try:
        yield
    except DBAPIError as error:
        if is_busy(error.orig):
            raise DatabaseRefused("store.database_busy") from None
        address = make_url(url)
        why = next(iter(str(error.orig).strip().splitlines()), "")
        if address.drivername == _SQLITE:
            raise file_refused(Path(address.database or ""), error.orig) from None
        raise DatabaseRefused("store.cannot_connect", address=shown_address(url), why=why) from None


def shown_address(url: str) -> str:
    """An address as somebody wrote it, and as it may be shown: without a password.

    Without the options after `?` too: a password may stand among them.
    """
    return make_url(url).set(query={})._replace(password=None).render_as_string()


def _sqlite(address: URL, *pragmas: str) -> Engine:
    engine = create_engine(address)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _postgresql(address: URL, ours: str) -> Engine:
    """What the address itself asks for wins."""
    asked = address.query.get("options", "")
    options = asked if isinstance(asked, str) else " ".join(asked)
    patience = {name: value for name, value in _PATIENCE.items() if name not in address.query}
    return create_engine(address.update_query_dict({**patience, "options": f"{ours} {options}".strip()}))
