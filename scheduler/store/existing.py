"""Opening a database only to read in it: it is there already, and is left as it is."""

from collections.abc import Sequence
from pathlib import Path

from scheduler.errors import DatabaseRefused
from scheduler.store.connecting import address_of, reading_engine, refusing
from scheduler.store.engine import SqlStore
from scheduler.store.migrate import refuse_unless_current
from scheduler.store.replacing import refuse_half_restored
from scheduler.store.whole import teams_in


def open_existing(url: str, team: str | None = None) -> SqlStore:
    """Opens a database for reading: of `team`, or of the only workspace in it. Use `SqlStore.read()` on it.

    It shows one moment: what others write meanwhile is not seen. Raises DatabaseRefused when there is no such
    database, when another version made it, or when it does not say by itself which workspace is meant.
    """
    address = address_of(url)
    if address.get_backend_name() == "sqlite" and address.database:
        refuse_half_restored(Path(address.database))
    engine = reading_engine(url)
    try:
        with refusing(url):
            refuse_unless_current(engine)
            return SqlStore(engine, _chosen(teams_in(engine), team), reads_only=True)
    except BaseException:
        engine.dispose()
        raise


def _chosen(teams: Sequence[str], wish: str | None) -> str:
    if not teams:
        raise DatabaseRefused("store.no_workspace")
    if wish is not None:
        if wish not in teams:
            raise DatabaseRefused("store.unknown_workspace", team=wish, held=", ".join(teams))
        return wish
    if len(teams) > 1:
        raise DatabaseRefused("store.many_workspaces", teams=", ".join(teams))
    return teams[0]
