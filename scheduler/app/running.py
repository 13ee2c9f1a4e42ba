"""The service's life by the real clock, until it is told to stop or Slack cannot be heard any more."""

import asyncio
from enum import IntEnum
from pathlib import Path

import structlog

from scheduler.app.chores import Chores
from scheduler.app.ending import end
from scheduler.app.loops import Loops
from scheduler.app.onlookers import Onlookers
from scheduler.app.rereading import Rereading
from scheduler.app.seen import Seen
from scheduler.app.service import Service
from scheduler.app.ticking import Ticking
from scheduler.clock import Clock
from scheduler.live.status import Status
from scheduler.slack.connection import ConnectionLost

_log = structlog.get_logger()


class Exit(IntEnum):
    """The process's exit code."""

    STOPPED = 0
    LOST = 1


class Running:
    """Lives from `live` on until it is told to stop, or the connection is lost for good."""

    def __init__(self, clock: Clock, *, config: Path | None = None) -> None:
        self._clock = clock
        self._config = config
        self.seen = Seen(clock)
        self.stopping = asyncio.Event()
        self._service: Service | None = None
        self._loops: Loops | None = None
        self._is_stale = False

    @property
    def onlookers(self) -> Onlookers:
        """What the service is to tell us."""
        seen = self.seen
        return Onlookers(came=self._came, kept=seen.kept, heard=seen.heard, attempted=seen.attempted)

    def stop(self) -> None:
        self.stopping.set()

    def reload(self) -> None:
        """What is told before it lives is done once it does."""
        self._is_stale = True
        if self._loops:
            self._loops.reload.wake()

    async def live(self, service: Service) -> Exit:
        """Until it ends. The service has arrived; this closes it."""
        rereading = Rereading(service, self.seen, self._clock, config=self._config)
        loops = Loops(Chores(service, self.seen, self._clock), rereading, service.keeper)
        self._service, self._loops = service, loops
        tasks = loops.begin()
        loops.catch_up.wake()
        loops.take_in.wake()
        if self._is_stale:
            loops.reload.wake()
        try:
            with Ticking(service, loops, self.seen, self._clock).under_way():
                return await self._until_the_end(service)
        finally:
            await end(service, loops, tasks)

    async def status(self) -> Status:
        """For whoever asks, once it lives. Raises what the database raises."""
        if self._service is None or self._loops is None:
            raise RuntimeError("it does not live yet")
        return await self.seen.status(self._service, fails_to_write=self._loops.fail_to_write)

    def _came(self) -> None:
        """What came before it lives is taken in as soon as it does."""
        if self._loops:
            self._loops.take_in.wake()

    async def _until_the_end(self, service: Service) -> Exit:
        stopping = asyncio.create_task(self.stopping.wait())
        try:
            await asyncio.wait((stopping, service.listening), return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
        if self.stopping.is_set():
            return Exit.STOPPED
        error = service.listening.exception()
        _log.error("connection_lost", exc_info=None if isinstance(error, ConnectionLost) else error)
        return Exit.LOST
