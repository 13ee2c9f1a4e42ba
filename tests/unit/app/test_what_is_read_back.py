"""What is read back when the holder of the lease has to catch up, may have to, or tried and could not."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from scheduler.app.chores import Chores
from scheduler.app.seen import Seen
from scheduler.app.service import Service
from scheduler.clock import SteppingClock
from scheduler.live.catchup import CaughtUp
from tests.world import local

NOON = local("2026-04-14 12:00")


class Reads:
    """Stands in for a service, and for what it missed: notes what is read back, fails when it is told to."""

    def __init__(self, *, gap: bool, missed: bool, is_catching_up: bool = False) -> None:
        self.gap, self._missed, self.is_catching_up = gap, missed, is_catching_up
        self.missed = self
        self.web: Any = None
        self.keeper: Any = SimpleNamespace(writer=None)
        self.identity = None
        self.read: list[str] = []

    async def has_heard_all(self) -> bool:
        self.gap = self._missed
        return not self._missed

    async def catch_up(self) -> CaughtUp:
        self.is_catching_up, self.gap = True, False
        self.read.append("everything")
        if len(self.read) == 1:
            raise OSError("the disk is full")
        self.is_catching_up = False
        return CaughtUp()

    async def read_new_channels(self) -> CaughtUp:
        self.read.append("new channels")
        return CaughtUp()


def chores_of(service: Reads) -> Chores:
    clock = SteppingClock(NOON)
    return Chores(cast("Service", service), Seen(clock), clock)


def test_who_takes_over_and_missed_nothing_still_reads_the_channels_that_the_one_before_came_into():
    service = Reads(gap=True, missed=False)
    asyncio.run(chores_of(service).catch_up())

    assert service.read == ["new channels"]


def test_what_was_missed_is_missing_still_after_an_attempt_that_failed():
    service = Reads(gap=True, missed=True)
    chores = chores_of(service)
    with pytest.raises(OSError, match="disk"):
        asyncio.run(chores.catch_up())
    asyncio.run(chores.catch_up())

    assert (service.read, service.is_catching_up) == (["everything", "everything"], False)
