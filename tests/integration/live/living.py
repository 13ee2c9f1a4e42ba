"""The service with everything that lives by real time, in the test's own loop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from scheduler.app.access import Access
from scheduler.app.loading import load
from scheduler.app.running import Exit, Running
from scheduler.app.service import Service
from scheduler.clock import Clock, SteppingClock, SystemClock
from scheduler.sandbox import Sandbox
from scheduler.slack.patience import Patience
from tests.integration.live.processes import community, config, seed
from tests.ready import ready_database

#: What takes a minute live takes less than a second here. A machine that stands still for a moment misses
#: nothing.
STEADY = Patience(
    look_every=0.02, apart=0.1, ping_every=0.1, deaf_after=60, close_within=0.2, gap_after=60,
    give_up_after=600,
)  # fmt: skip
#: For tests of gaps. One is shorter than what the SDK mends by itself: the stand-in forgets what it could not
#: deliver meanwhile.
LITTLE = replace(STEADY, deaf_after=0.6, gap_after=0.25, give_up_after=30)


@dataclass(kw_only=True)
class Living:
    """A service under way."""

    sandbox: Sandbox
    running: Running
    service: Service
    life: asyncio.Task[Exit]

    async def until(self, holds: Callable[[], object], *, seconds: float = 20) -> None:
        """What happens in the service rings no bell; its connections' pings do, all the time."""
        await self.sandbox.until(holds, seconds=seconds)

    async def caught_up(self) -> None:
        await self.until(lambda: not self.service.missed.is_catching_up and not self.service.missed.gap)

    async def stopped(self) -> Exit:
        self.running.stop()
        return await asyncio.wait_for(self.life, 10)


@asynccontextmanager
async def living(
    folder: Path,
    *,
    patience: Patience = STEADY,
    clock: Clock | None = None,
    changes: tuple[tuple[str, str], ...] = (),
    before: Callable[[Sandbox], None] = lambda _: None,
    heard: timedelta = timedelta(0),
) -> AsyncIterator[Living]:
    """A small community that was here before, and the service in it, which has caught up.

    `before` is done ahead of that; up to so long ago (`heard`) the service knows everything already.
    """
    clock = clock or SystemClock()
    async with Sandbox(clock=clock) as sandbox:
        sandbox.limits.off()
        members = community(sandbox)
        before(sandbox)
        file = folder / "config.yaml"
        file.write_text(config(sandbox.base_url, folder, extra=changes), encoding="utf-8")
        now = clock.now()
        seed(ready_database(folder / "ambassador.db"), members, now=now, heard_until=now - heard)
        async with _begun(sandbox, file, patience, clock) as life:
            await life.caught_up()
            yield life


@asynccontextmanager
async def _begun(sandbox: Sandbox, file: Path, patience: Patience, clock: Clock) -> AsyncIterator[Living]:
    running = Running(clock, config=file)
    access = Access(api=sandbox.base_url, bot=sandbox.tokens.bot, app=sandbox.tokens.app)
    service = Service(
        load(file), access, clock=clock, wait_until=_waiting(clock), patience=patience,
        onlookers=running.onlookers,
    )  # fmt: skip
    try:
        await service.arrive()
        life = asyncio.create_task(running.live(service))
        yield Living(sandbox=sandbox, running=running, service=service, life=life)
        if not life.done():
            running.stop()
            await asyncio.wait_for(life, 15)
    finally:
        await service.end()


def _waiting(clock: Clock) -> Callable[[datetime], Awaitable[None]]:
    async def wait_until(at: datetime) -> None:
        if isinstance(clock, SteppingClock):
            clock.step_to(at)
            return
        await asyncio.sleep(max((at - clock.now()).total_seconds(), 0))

    return wait_until
