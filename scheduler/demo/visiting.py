"""Time for visitors of the stand-in's page: it passes as on their wall, and further whenever they ask."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import takewhile
from time import monotonic

from scheduler.demo.stepping import Steps
from scheduler.model.facts import Fact
from scheduler.sandbox import NothingHappened, Sandbox

#: Real seconds between two looks at the wall while nothing happens.
_GLANCE = 1.0
_SECOND = timedelta(seconds=1)


class Visiting:
    """The sample's people go on with their lives meanwhile, as far as their script goes."""

    def __init__(
        self,
        steps: Steps,
        sandbox: Sandbox,
        facts: Iterable[Fact],
        *,
        happen: Callable[[Fact], None],
        elapsed: Callable[[], float] = monotonic,
    ) -> None:
        self._steps, self._sandbox, self._happen, self._elapsed = steps, sandbox, happen, elapsed
        self._facts = list(facts)
        self._base, self._began = sandbox.world.now(), elapsed()
        self._asked = self._base

    def ask_for(self, instant: datetime) -> None:
        """It may be `instant` as soon as everything before it has happened."""
        self._asked = max(self._asked, instant)

    async def live(self) -> None:
        """Until it is cancelled."""
        while True:
            before = self._sandbox.world.now()
            await self._pass(max(self._asked, self._on_the_wall()))
            if before.replace(second=0) != self._sandbox.world.now().replace(second=0):
                self._sandbox.bell.ring()  # the page shows minutes
            await self._something()

    def _on_the_wall(self) -> datetime:
        return self._base + int(self._elapsed() - self._began) * _SECOND

    async def _pass(self, goal: datetime) -> None:
        due = list(takewhile(lambda fact: fact.at <= goal, self._facts))
        del self._facts[: len(due)]
        await self._steps.live(due, self._happen, until=goal)
        await self._steps.work()
        if goal > self._on_the_wall():
            self._base, self._began = goal, self._elapsed()

    async def _something(self) -> None:
        """Returns after a gesture of a visitor, or after a glance."""
        rings = self._sandbox.bell.rings
        with suppress(NothingHappened):
            await self._sandbox.until(lambda: self._sandbox.bell.rings != rings, seconds=_GLANCE)
        await asyncio.sleep(0)
