"""Lengths of waiting and their percentiles, in open and in clock time."""

from array import array
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.policy.opentime import OpenTime

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One wait, counted in both times."""

    open: timedelta
    clock: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How long those waited whose wait ended: how many they are, half of them, nine in ten of them.

    Percentiles are by nearest rank: the shortest wait that at least that share of them did not exceed, so
    each is a wait that really was. None when there is no wait.
    """

    count: int
    median: Wait | None
    p90: Wait | None


def wait_between(open_time: OpenTime, begins: datetime, ends: datetime) -> Wait:
    """The wait from one instant to the other."""
    return Wait(open=open_time.between(begins, ends), clock=ends - begins)


class WaitCount:
    """Collects waits: sixteen bytes each."""

    def __init__(self, open_time: OpenTime) -> None:
        self._open_time = open_time
        self._open = array("q")
        self._clock = array("q")

    def add(self, begins: datetime, ends: datetime) -> None:
        wait = wait_between(self._open_time, begins, ends)
        self._open.append(wait.open // _TICK)
        self._clock.append(wait.clock // _TICK)

    def waits(self) -> Waits:
        return Waits(count=len(self._open), median=self._percentile(50), p90=self._percentile(90))

    def _percentile(self, percent: int) -> Wait | None:
        """Of each time by itself: the open and the clock median may be those of different cases."""
        if not self._open:
            return None
        return Wait(open=_nearest_rank(self._open, percent), clock=_nearest_rank(self._clock, percent))


def _nearest_rank(values: "array[int]", percent: int) -> timedelta:
    rank = -(-len(values) * percent // 100)
    return sorted(values)[rank - 1] * _TICK
