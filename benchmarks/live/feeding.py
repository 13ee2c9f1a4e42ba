"""Plays a stand-in that feeds envelopes as fast as they are acknowledged, a fixed number in flight."""

import asyncio
from collections import deque

from benchmarks.live.standin import IN_FLIGHT, START, obey
from benchmarks.live.talk import Talk
from scheduler.clock import SteppingClock
from scheduler.sandbox import Sandbox
from scheduler.sandbox.refusals import Json

_PATIENCE = 300.0


class Feeder:
    """`prepare` and `feed` are commands."""

    def __init__(self, sandbox: Sandbox, clock: SteppingClock) -> None:
        self._sandbox, self._clock = sandbox, clock
        self._talk = Talk(sandbox, clock)
        self._ready: deque[Json] = deque()

    async def prepare(self, number: str) -> str:
        """Makes events, and waits for a listener. Gives the time it then is."""
        self._ready.extend(self._talk.events(int(number)))
        await self._sandbox.until(lambda: self._sandbox.delivery.connections, seconds=_PATIENCE)
        return self._clock.now().isoformat()

    async def people(self) -> list[str]:
        """Those who have been here for long."""
        return self._talk.people

    async def feed(self) -> int:
        """Returns once everything is acknowledged; gives how many envelopes came more than once."""
        delivery = self._sandbox.delivery
        delivery.acknowledged.clear()
        await self._sandbox.until(self._fill, seconds=_PATIENCE)
        return sum(each.attempts > 1 for each in delivery.acknowledged)

    def _fill(self) -> bool:
        while self._ready and self._sandbox.delivery.unacknowledged < IN_FLIGHT:
            self._sandbox.events.raw(self._ready.popleft())
        return not self._sandbox.delivery.unacknowledged


async def _main() -> None:
    clock = SteppingClock(START)
    async with Sandbox(clock=clock) as sandbox:
        sandbox.limits.off()
        # Who is slow shall not get everything twice.
        sandbox.delivery.redeliver_after = (_PATIENCE, _PATIENCE, _PATIENCE)
        feeder = Feeder(sandbox, clock)
        await obey(sandbox, {"people": feeder.people, "prepare": feeder.prepare, "feed": feeder.feed})


if __name__ == "__main__":
    asyncio.run(_main())
