"""Fault scenarios 18 and 19: something is wrong just when Slack tells something."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from logging import Handler, LogRecord, getLogger
from pathlib import Path
from sqlite3 import OperationalError, connect

import aiohttp
import pytest

from scheduler.app.seen import Seen
from scheduler.errors import DatabaseInTrouble
from scheduler.live.health import Health
from scheduler.sandbox import Fault, How
from scheduler.settings import Address
from tests.acceptance.live_world import LiveWorld, live_world, pragma
from tests.integration.sandbox.connecting import live
from tests.world import local

DUE = local("2026-08-03 09:30")


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(how=How.RATELIMITED, method="auth.test", times=None), id="429"),
        pytest.param(Fault(how=How.HTML, method="auth.test", times=None, status=500), id="500"),
    ],
)
@live
async def test_fault_18_an_event_is_kept_while_auth_test_fails_since_nobody_asks_it(
    tmp_path: Path, fault: Fault
):
    async with live_world(tmp_path) as world:
        asked_before = len(world.sandbox.calls("auth.test"))
        world.sandbox.faults.add(fault)
        world.ask()
        await world.step(DUE)

        assert len(world.shown()) == 1
        assert len(world.sandbox.calls("auth.test")) == asked_before


@asynccontextmanager
async def read_only(world: LiveWorld) -> AsyncIterator[None]:
    await pragma(world.service, "query_only=ON")
    yield
    await pragma(world.service, "query_only=OFF")


@asynccontextmanager
async def full(world: LiveWorld) -> AsyncIterator[None]:
    """No page may be added to the file."""
    await pragma(world.service, "max_page_count=1")
    yield
    await pragma(world.service, "max_page_count=1000000")


@asynccontextmanager
async def busy(world: LiveWorld) -> AsyncIterator[None]:
    """Another program writes, and does not end."""
    await pragma(world.service, "busy_timeout=20")
    other = connect(world.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


class Told(Handler):
    """Hears what the SDK logs when an envelope was not taken in."""

    def __init__(self, world: LiveWorld) -> None:
        super().__init__()
        self.world = world
        self.failures: list[LogRecord] = []

    def emit(self, record: LogRecord) -> None:
        self.failures.append(record)
        self.world.sandbox.bell.ring()


@contextmanager
def told_of_failures(world: LiveWorld) -> Iterator[list[LogRecord]]:
    log, told = getLogger("slack_sdk.socket_mode.aiohttp"), Told(world)
    log.addHandler(told)
    yield told.failures
    log.removeHandler(told)


async def troubles(world: LiveWorld) -> list[str]:
    """Why monitors are told that it is not ready."""
    seen = Seen(world.clock)
    health = Health(
        Address(host="127.0.0.1", port=0),
        lambda: seen.status(world.service, fails_to_write=False),
        language="en",
    )
    await health.start()
    url = f"http://127.0.0.1:{health.port}/readyz"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        reasons = (await answer.json())["reasons"]
        assert answer.status == (503 if reasons else 200)
    await health.stop()
    return [reason["kind"] for reason in reasons]


TROUBLES = [
    pytest.param(busy, id="busy"),
    pytest.param(read_only, id="read-only"),
    pytest.param(full, id="full"),
]
Trouble = Callable[[LiveWorld], AbstractAsyncContextManager[None]]


@pytest.mark.parametrize("trouble", TROUBLES)
@live
async def test_fault_19_what_cannot_be_kept_is_not_acknowledged_and_comes_again(
    tmp_path: Path, trouble: Trouble
):
    async with live_world(tmp_path) as world:
        with told_of_failures(world) as failures:
            async with trouble(world):
                world.ask("申請書の様式はどこにありますか。" * 500)
                await world.sandbox.until(lambda: failures)
                meanwhile = (world.kept(), [*world.sandbox.delivery.acknowledged])
        world.sandbox.delivery.redeliver()
        await world.step(DUE)

        assert meanwhile == ({}, [])
        assert len(world.shown()) == 1


@pytest.mark.parametrize("trouble", TROUBLES)
@live
async def test_fault_19_monitors_are_told_that_nothing_can_be_kept_and_when_it_can_be_again(
    tmp_path: Path, trouble: Trouble
):
    async with live_world(tmp_path) as world:
        before = await troubles(world)
        with told_of_failures(world) as failures:
            async with trouble(world):
                world.ask("申請書の様式はどこにありますか。" * 500)
                await world.sandbox.until(lambda: failures)
                meanwhile = await troubles(world)
        world.sandbox.delivery.redeliver()
        await world.sandbox.delivery.settled()
        after = await troubles(world)

        assert ["database" in each for each in (before, meanwhile, after)] == [False, True, False]


@pytest.mark.parametrize("trouble", TROUBLES)
@live
async def test_fault_19_what_was_kept_waits_until_it_can_be_taken_in(tmp_path: Path, trouble: Trouble):
    async with live_world(tmp_path) as world:
        for number in range(60):  # more than fits into pages that are half empty
            world.ask(f"申請書の様式はどこにありますか（{number}）")
        await world.sandbox.delivery.settled()
        async with trouble(world):
            with pytest.raises((OperationalError, DatabaseInTrouble)):
                await world.service.make_round()
            meanwhile = (set(world.kept().values()), world.cases())
        await world.step(DUE)

        assert meanwhile == ({("waiting", None)}, [])
        assert len(world.shown()) == 1
