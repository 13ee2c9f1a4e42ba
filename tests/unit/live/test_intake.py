"""Payloads are durable before they may be acknowledged, and those that come together share a commit."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from sqlite3 import OperationalError
from typing import TypeVar

import pytest

from scheduler.clock import SteppingClock
from scheduler.errors import DatabaseInTrouble
from scheduler.live.intake import Intake, envelope_of
from scheduler.live.writer import Writer
from scheduler.ports import Work
from scheduler.store.engine import SqlStore, open_store
from tests.ready import ready_database
from tests.world import local

T = TypeVar("T")
NOW = local("2026-08-03 09:00")
PAYLOADS = [
    {"type": "event_callback", "event_id": f"Ev{number}", "event": {"type": "message"}}
    for number in range(200)
]


class Counting(Writer):
    """Counts transactions."""

    def __init__(self) -> None:
        super().__init__()
        self.transactions = 0

    async def do(self, change: Callable[[Work], T]) -> T:
        self.transactions += 1
        return await super().do(change)


async def opened(folder: Path) -> Counting:
    writer = Counting()
    await writer.open(lambda: open_store(ready_database(folder / "inbox.db"), "T1", throw_away=True))
    return writer


def in_the_inbox(folder: Path) -> int:
    """As another program sees it: only what is committed."""
    store = open_store(f"sqlite:///{folder / 'inbox.db'}", "T1")
    (count,) = store._driver.execute("SELECT count(*) FROM inbox").fetchone()
    store.close()
    return int(count)


def _set(pragma: str, store: object) -> None:
    assert isinstance(store, SqlStore)
    store._driver.execute(f"PRAGMA {pragma}")


async def closed(writer: Writer) -> None:
    def close(store: object) -> None:
        assert isinstance(store, SqlStore)
        store.close()

    await writer.close(close)


def test_two_hundred_that_come_together_share_a_few_commits_and_are_durable_then(tmp_path: Path):
    async def keep_all() -> tuple[int, int]:
        writer = await opened(tmp_path)
        intake = Intake(writer, SteppingClock(NOW), lambda: None)
        await asyncio.gather(*(intake.keep(payload) for payload in PAYLOADS))
        kept = in_the_inbox(tmp_path)
        await closed(writer)
        return writer.transactions, kept

    transactions, kept = asyncio.run(keep_all())
    assert (kept, transactions <= 3) == (200, True)


def test_the_same_payload_twice_is_kept_once_and_told_as_known(tmp_path: Path):
    told: list[bool] = []

    async def keep_twice() -> int:
        writer = await opened(tmp_path)
        intake = Intake(writer, SteppingClock(NOW), lambda: None, kept=lambda _, is_new: told.append(is_new))
        await intake.keep(PAYLOADS[0])
        await intake.keep(PAYLOADS[0])
        kept = in_the_inbox(tmp_path)
        await closed(writer)
        return kept

    assert (asyncio.run(keep_twice()), told) == (1, [True, False])


def test_whoever_waits_hears_that_the_commit_failed_and_the_next_one_is_tried(tmp_path: Path):
    async def keep_while_closed() -> tuple[bool, int]:
        writer = await opened(tmp_path)
        intake = Intake(writer, SteppingClock(NOW), lambda: None)
        await writer.use(partial(_set, "query_only=ON"))
        with pytest.raises((OperationalError, DatabaseInTrouble)):
            await intake.keep(PAYLOADS[0])
        failed = intake.is_failing
        await writer.use(partial(_set, "query_only=OFF"))
        await intake.keep(PAYLOADS[0])
        kept = in_the_inbox(tmp_path)
        await closed(writer)
        return failed, kept

    assert asyncio.run(keep_while_closed()) == (True, 1)


def test_a_payload_is_kept_without_slacks_token():
    payload = {"token": "secret", "type": "event_callback", "event_id": "Ev1", "event": {"type": "message"}}

    kept = envelope_of(payload, received_at=NOW)

    assert kept.payload == '{"type":"event_callback","event_id":"Ev1","event":{"type":"message"}}'


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        pytest.param({"text": "転入届 🌸 \u2028"}, '{"text":"転入届 🌸 \u2028"}', id="text as it is"),
        pytest.param(
            {"token": "secret", "a": [1, None, True, 0.5]}, '{"a":[1,null,true,0.5]}', id="no token"
        ),
        pytest.param({"text": "half \ud83c"}, '{"text":"half ?"}', id="half a sign"),
        pytest.param({"text": "\0"}, '{"text":"\\u0000"}', id="a sign that databases refuse"),
        pytest.param({"n": 10**30}, '{"n":1000000000000000000000000000000}', id="a number beyond 64 bits"),
        pytest.param({"n": float("nan")}, '{"n":NaN}', id="no number at all"),
    ],
)
def test_a_payload_is_kept_as_json(told: dict[str, object], kept: str):
    assert envelope_of(told, received_at=NOW).payload == kept


def test_a_payload_nested_very_deeply_is_kept_as_well():
    deep: list[object] = []
    for _ in range(400):
        deep = [deep]

    assert envelope_of({"deep": deep}, received_at=NOW).payload == f'{{"deep":{"[" * 401}{"]" * 401}}}'
