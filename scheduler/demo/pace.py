"""How fast virtual time may pass: so many of its seconds in a second of ours. It only ever waits."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from time import monotonic

#: Seconds between two looks at the clock, for whoever shows it.
_GLANCE = 0.1


class Pace:
    """Counts from the first instant it is asked about. `speed`: virtual seconds in a real second.

    `passing` is told what time it is while nothing happens.
    """

    def __init__(
        self,
        speed: float,
        *,
        passing: Callable[[datetime], None] = lambda _: None,
        wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
        elapsed: Callable[[], float] = monotonic,
    ) -> None:
        self._speed = speed
        self._passing = passing
        self._wait = wait
        self._elapsed = elapsed
        self._began: tuple[datetime, float] | None = None

    async def keep(self, instant: datetime) -> None:
        """Returns when it may be `instant`."""
        began_at, began = self._began = self._began or (instant, self._elapsed())
        goal = (instant - began_at).total_seconds() / self._speed
        while (ahead := goal - (self._elapsed() - began)) > 0:
            await self._wait(min(ahead, _GLANCE))
            self._passing(min(instant, began_at + self._virtual(self._elapsed() - began)))

    def _virtual(self, seconds: float) -> timedelta:
        return timedelta(seconds=seconds * self._speed)
