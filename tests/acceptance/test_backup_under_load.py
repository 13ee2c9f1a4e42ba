"""A backup that is made while the service writes is a state that was there: from it everything can go on."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

from scheduler.app.backing import make_backup, restore
from scheduler.live.inbox import fold_some
from scheduler.live.intake import envelope_of
from scheduler.store.connecting import file_address
from scheduler.store.engine import SqlStore, open_store
from tests.acceptance.faults.test_any_order import CONTEXT
from tests.acceptance.live_world import MINUTE, START, TEAM
from tests.tables import Tables, tables_of

MESSAGES = 400
NOW = START + timedelta(days=30)
#: What putting a backup back writes down of itself.
ABOUT_ITSELF = {"marks"}


def told() -> Iterator[Mapping[str, Any]]:
    """What Slack tells of a lively day: everybody asks, and every second question is answered."""
    root = ""
    for number in range(MESSAGES):
        ts = f"{(START + number * MINUTE).timestamp():.6f}"
        event = {
            "type": "message",
            "channel": "Cquestions",
            "channel_type": "channel",
            "user": f"U{number % 7:04}",
            "text": "申請書の様式はどこにありますか",
            "ts": ts,
            "event_ts": ts,
            **({"thread_ts": root} if number % 2 else {}),
        }
        root = ts
        yield {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{number:06}", "event": event}


def take_in(store: SqlStore, payloads: Iterable[Mapping[str, Any]]) -> None:
    """As the service does: kept in one transaction, folded in another one."""
    with store.begin() as work:
        work.inbox.put([envelope_of(payload, received_at=NOW) for payload in payloads])
    empty_inbox(store)


def empty_inbox(store: SqlStore) -> None:
    more = True
    while more:
        with store.begin() as work:
            more = bool(fold_some(work, CONTEXT, now=NOW).folded)


def busy_service(database: Path) -> None:
    with closing(open_store(file_address(database), TEAM)) as store:
        payloads = [*told()]
        for start in range(0, len(payloads), 6):
            take_in(store, payloads[start : start + 6])


def gone_on(backup: Path, folder: Path) -> Tables:
    """A service on the backup is told everything once more, as Slack and the catch-up tell it."""
    database = folder / f"{backup.stem}-again.db"
    restore(file_address(database), backup, now=NOW)
    with closing(open_store(file_address(database), TEAM)) as store:
        take_in(store, told())
    return without(tables_of(database))


def without(tables: Tables) -> Tables:
    return {name: rows for name, rows in tables.items() if name not in ABOUT_ITSELF}


def kept(backup: Path) -> tuple[int, int]:
    """Envelopes that were read, and messages that are known."""
    tables = tables_of(backup)
    done = [row for row in tables["inbox"] if "done" in row]
    return len(done), len(tables["messages"])


def test_every_backup_under_load_is_a_state_from_which_all_ends_the_same(tmp_path: Path):
    database = tmp_path / "ambassador.db"
    open_store(file_address(database), TEAM).close()
    writing = Thread(target=busy_service, args=(database,))
    writing.start()
    backups: list[Path] = []
    for number in count():
        now = NOW + timedelta(seconds=number)
        backups.append(make_backup(file_address(database), None, keep=9999, now=now).file)
        if not writing.is_alive():
            break
    writing.join()

    undisturbed = without(tables_of(database))
    seen = [kept(backup) for backup in backups]
    some = [*dict(zip(seen, backups, strict=True)).values()]
    assert len(undisturbed["messages"]) == MESSAGES
    assert len(some) > 3, "the service was done before it was backed up"
    assert [(done, messages) for done, messages in seen if done != messages] == []
    chosen = some[:: max(len(some) // 4, 1)]
    assert [gone_on(backup, tmp_path) == undisturbed for backup in chosen] == [True] * len(chosen)
