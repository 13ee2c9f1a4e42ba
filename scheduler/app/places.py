"""Where a simulation keeps its rows: a database that is thrown away, a new file, or a database that is there.

A place opens an empty workspace for a run. Once the run is through, `keep` makes its rows stay and gives the
store to read them from; when it fails before, nothing is left.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from scheduler.errors import DatabaseRefused
from scheduler.store.connecting import file_address
from scheduler.store.engine import SqlStore, open_store
from scheduler.store.existing import open_existing
from scheduler.store.snapshot import appear


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A store to run on. `keep` is called once, after the run; from then on only its store counts."""

    store: SqlStore
    keep: Callable[[], SqlStore]


def database_url(database: str) -> str:
    """The address of a database that somebody names: by a URL, or as a file of SQLite's.

    An `@` tells an address that was not written to its end: it may hold a password, and names no file.
    """
    return database if "://" in database or "@" in database else file_address(Path(database))


#: Opens a stage for a workspace; raises DatabaseRefused.
Place = Callable[[str], AbstractContextManager[Stage]]


@contextmanager
def thrown_away(team: str) -> Iterator[Stage]:
    """A database that is gone once the report is written."""
    with TemporaryDirectory(prefix="ambassador-") as folder:
        store = open_store(file_address(Path(folder) / "simulation.db"), team, throw_away=True)
        try:
            yield Stage(store=store, keep=lambda: store)
        finally:
            store.close()


def new_file(path: Path) -> Place:
    """A file of its own: it appears whole, when the run is through, and never takes the place of another."""

    @contextmanager
    def place(team: str) -> Iterator[Stage]:
        _refuse_unfit(path)
        kept: list[SqlStore] = []
        with _hidden_folder_beside(path) as folder:
            unfinished = folder / "simulation.db"
            store = open_store(file_address(unfinished), team, throw_away=True)

            def keep() -> SqlStore:
                store.close_for_good()
                appear(unfinished, path)
                kept.append(open_existing(file_address(path), team))
                return kept[0]

            try:
                yield Stage(store=store, keep=keep)
            finally:
                for each in (store, *kept):
                    each.close()

    return place


def in_database(url: str) -> Place:
    """A database that knows nothing of the workspace yet. Nobody else writes to the workspace meanwhile."""

    @contextmanager
    def place(team: str) -> Iterator[Stage]:
        store = open_store(url, team)
        try:
            store.hold_alone()
            with store.begin() as work:
                if not work.whole.is_empty():
                    raise DatabaseRefused("store.workspace_not_empty", team=team)
            with _erased_on_failure(store) as keep:
                yield Stage(store=store, keep=keep)
        finally:
            store.close()

    return place


@contextmanager
def _erased_on_failure(store: SqlStore) -> Iterator[Callable[[], SqlStore]]:
    kept = False

    def keep() -> SqlStore:
        nonlocal kept
        kept = True
        return store

    try:
        yield keep
    finally:
        if not kept:
            with store.begin() as work:
                work.whole.erase()


def _refuse_unfit(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise DatabaseRefused("store.file_exists", path=str(path))
    if not path.parent.is_dir():
        raise DatabaseRefused("store.no_such_folder", path=str(path.parent))


@contextmanager
def _hidden_folder_beside(path: Path) -> Iterator[Path]:
    """On the same disk, so that the file appears at once."""
    try:
        folder = TemporaryDirectory(prefix=".ambassador-", dir=path.parent)
    except OSError as error:
        why = error.strerror or ""
        raise DatabaseRefused("store.cannot_write", path=str(path), why=why) from None
    with folder as name:
        yield Path(name)
