"""Addresses of databases, and what each kind of database needs before the store can work on it.

SQLite: WAL, foreign keys on, a writer waits up to five seconds for another one. PostgreSQL: UTC, and the same
five seconds. On both we say BEGIN ourselves. No sentence that leaves this module carries a password.
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

_SQLITE = "sqlite"
_POSTGRESQL = {"postgresql": "postgresql+psycopg", "postgresql+psycopg": "postgresql+psycopg"}
_PRAGMAS = ("foreign_keys=ON", "busy_timeout=5000")
_OPTIONS = "-c timezone=UTC -c lock_timeout=5000 -c synchronous_commit={commit}"


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
        return _postgresql(address, throw_away=throw_away)
    synchronous = "OFF" if throw_away else "FULL"
    return _sqlite(address, "journal_mode=WAL", *_PRAGMAS, f"synchronous={synchronous}")


def reading_engine(url: str) -> Engine:
    """An engine that cannot write, and makes no file. Raises DatabaseRefused when the file is not there."""
    address = address_of(url)
    if address.drivername != _SQLITE:
        return _postgresql(address, throw_away=False)
    path = Path(address.database or "")
    if not path.is_file():
        raise DatabaseRefused("store.no_such_file", path=str(path))
    plain = f"file:{quote(str(path.absolute()))}"
    return _sqlite(address.set(database=plain, query={"mode": "ro", "uri": "true"}), *_PRAGMAS)


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
            raise DatabaseRefused("store.not_a_database", path=address.database or "", why=why) from None
        raise DatabaseRefused("store.cannot_connect", address=_shown(address), why=why) from None


def _shown(address: URL) -> str:
    """Without the options after `?` too: a password may stand among them."""
    return address.set(query={})._replace(password=None).render_as_string()


def _sqlite(address: URL, *pragmas: str) -> Engine:
    engine = create_engine(address)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _postgresql(address: URL, *, throw_away: bool) -> Engine:
    asked = address.query.get("options", "")
    options = asked if isinstance(asked, str) else " ".join(asked)
    ours = _OPTIONS.format(commit="off" if throw_away else "on")
    return create_engine(address.update_query_dict({"options": f"{ours} {options}".strip()}))
