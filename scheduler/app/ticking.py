"""What happens once a second: whose time has come is woken. APScheduler only ticks."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.app.loops import Loops
from scheduler.app.seen import Seen
from scheduler.app.service import Service
from scheduler.clock import Clock
from scheduler.timetable import attach

_TICK = timedelta(seconds=1)
#: How far back a restart has to read at least, once all was well.
_ALIVE_EVERY = timedelta(seconds=30)
#: When no tick came for so long, the process or the machine slept.
_SLEPT = timedelta(seconds=60)
#: How often Slack is asked whether it takes our token again.
_ASK_AGAIN = timedelta(minutes=5)


class Ticking:
    """Wakes loops by the clock."""

    def __init__(self, service: Service, loops: Loops, seen: Seen, clock: Clock) -> None:
        self._service = service
        self._missed = service.missed
        self._loops = loops
        self._seen = seen
        self._clock = clock
        self._ticked_at: datetime | None = None
        self._marked_at: datetime | None = None
        self._asked_at: datetime | None = None

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Inside, it ticks."""
        ticker = AsyncIOScheduler()
        attach(ticker, _in_this_loop(self.tick), every=_TICK)
        ticker.start()
        try:
            yield
        finally:
            ticker.shutdown(wait=False)

    def tick(self) -> None:
        now = self._clock.now()
        if self._ticked_at and now - self._ticked_at > _SLEPT:
            self._missed.gap = True
        self._ticked_at = now
        ear = self._service.ear
        self._missed.note_hearing(is_well=ear is not None and ear.is_well)
        self._loops.take_in.wake()
        if self._missed.gap and not self._missed.is_catching_up and not self._seen.refused_code:
            self._loops.catch_up.wake()
        if _is_time(self._marked_at, _ALIVE_EVERY, now):
            self._marked_at = now
            self._loops.keep_mark.wake()
        self._ask(now)

    def _ask(self, now: datetime) -> None:
        """While Slack refuses the app."""
        if not self._seen.refused_code:
            self._asked_at = now
        elif _is_time(self._asked_at, _ASK_AGAIN, now):
            self._asked_at = now
            self._loops.ask_slack.wake()


def _is_time(last: datetime | None, every: timedelta, now: datetime) -> bool:
    return last is None or abs(now - last) >= every


def _in_this_loop(tick: Callable[[], None]) -> Callable[[], None]:
    """APScheduler calls what it calls in another thread."""
    loop = asyncio.get_running_loop()

    def call() -> None:
        loop.call_soon_threadsafe(tick)

    return call
