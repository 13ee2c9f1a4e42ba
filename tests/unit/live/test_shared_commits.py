"""Which commit a payload shares, and who is told when one cannot even begin."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from scheduler.clock import SteppingClock
from scheduler.live.intake import Intake
from scheduler.live.writer import Writer
from scheduler.ports import Store, Work
from scheduler.store.engine import SqlStore, open_store
from tests.integration.sandbox.connecting import live
from tests.ready import ready_database

T = TypeVar("T")
NOW = datetime(2026, 4, 14, 1, 0, tzinfo=UTC)


class Counting(Writer):
    """Counts transactions; the first of them may fail before it begins."""

    def __init__(self, *, failing: int = 0) -> None:
        super().__init__()
        self.commits, self.failing = 0, failing

    async def do(self, change: Callable[[Work], T]) -> T:
        self.commits += 1
        if self.commits <= self.failing:
            raise OSError("the disk is full")
        return await super().do(change)


@asynccontextmanager
async def taking_in(folder: Path, writer: Counting) -> AsyncIterator[Intake]:
    await writer.open(lambda: open_store(ready_database(folder / "inbox.db"), "T1", throw_away=True))
    yield Intake(writer, SteppingClock(NOW), lambda: None)
    await writer.close(_close)


def _close(store: Store) -> None:
    assert isinstance(store, SqlStore)
    store.close()


def keys(work: Work) -> list[str]:
    return [each.key for each in work.inbox.waiting(most=99)]


@live
async def test_what_comes_while_the_writer_is_busy_shares_one_commit(tmp_path: Path):
    writer, gate = Counting(), threading.Event()
    async with taking_in(tmp_path, writer) as intake:
        busy = asyncio.create_task(writer.use(lambda _: gate.wait(10)))
        kept = [asyncio.create_task(intake.keep({"event_id": f"Ev{number}"})) for number in range(5)]
        asyncio.get_running_loop().call_soon(gate.set)
        await asyncio.gather(busy, *kept)
        commits = writer.commits

        assert (commits, await writer.do(keys)) == (1, [f"Ev{number}" for number in range(5)])


@live
async def test_all_who_wait_are_told_of_a_commit_that_never_began_and_the_next_goes_well(
    tmp_path: Path,
):
    writer = Counting(failing=1)
    async with taking_in(tmp_path, writer) as intake:
        some = [intake.keep({"event_id": f"Ev{number}"}) for number in range(3)]
        ends = await asyncio.gather(*some, return_exceptions=True)
        was_failing = intake.is_failing
        await intake.keep({"event_id": "Ev9"})

        assert ([type(end) for end in ends], was_failing, intake.is_failing) == ([OSError] * 3, True, False)
        assert await writer.do(keys) == ["Ev9"]
