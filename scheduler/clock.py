"""The one place that reads the wall clock. Everything else is handed `now`."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time, as an aware UTC instant."""

    def now(self) -> datetime: ...


class SystemClock:
    """The real clock, for the live service."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SteppingClock:
    """Virtual time: it stands still until it is told to step, and never steps back."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def step_to(self, instant: datetime) -> datetime:
        """Move to `instant`, or stay when that is past already; gives the time it then is."""
        self._now = max(self._now, instant)
        return self._now


_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def elapsed() -> float:
    """Seconds since some moment, to measure how long: never set, and going on while the machine sleeps."""
    return time.clock_gettime(_STEADY)
