"""Hears Slack over HTTP: Slack sends its requests to us, through the reverse proxy that stands before us.

Events, interactions and commands come to one path. Nothing else is served here.
"""

import asyncio
from collections.abc import Callable

from aiohttp import web

from scheduler.clock import Clock, elapsed
from scheduler.settings import Address
from scheduler.slack.ears.addressee import Addressee
from scheduler.slack.ears.answering import Answering, one_request_each
from scheduler.slack.ears.bounds import BOUNDS, Bounds
from scheduler.slack.ears.door import Door
from scheduler.slack.ears.ear import Receive
from scheduler.slack.ears.gate import Gate

#: Where Slack's Request URLs lead to.
PATH = "/slack/events"


class HttpEar:
    """There is no connection that could break: whether Slack reaches us shows only in what it repeats."""

    def __init__(
        self,
        address: Address,
        secret: str,
        addressee: Addressee,
        receive: Receive,
        *,
        missed: Callable[[float], None],
        clock: Clock,
        elapsed: Callable[[], float] = elapsed,
        bounds: Bounds = BOUNDS,
    ) -> None:
        """`clock` is the real one. `missed` is told of an outage once Slack shows that there was one."""
        self._address = address
        self._bounds = bounds
        self._elapsed = elapsed
        gate = Gate(secret, clock, bounds)
        self._answering = Answering(gate, addressee, receive, missed=missed, elapsed=elapsed, bounds=bounds)
        self._ended = asyncio.Event()
        app = web.Application(middlewares=[one_request_each], client_max_size=bounds.largest)
        app.router.add_post(PATH, self._answering.answer)
        self._runner = web.AppRunner(
            app,
            access_log=None,
            auto_decompress=False,
            lingering_time=1,
            shutdown_timeout=bounds.finish_within,
        )
        self._door: Door | None = None

    @property
    def silent_for(self) -> float | None:
        """Seconds since the last request that was Slack's."""
        heard_at = self._answering.heard_at
        return None if heard_at is None else self._elapsed() - heard_at

    @property
    def is_well(self) -> bool:
        return self._door is not None and self._door.is_open

    @property
    def uncertain_for(self) -> float | None:
        now = self._elapsed()
        return now - self._answering.silence.certain_until(now=now) if self.is_well else None

    @property
    def port(self) -> int:
        """Where it listens, once open."""
        if self._door is None:
            raise RuntimeError("nothing is open yet")
        return self._door.port

    async def open(self) -> None:
        await self._runner.setup()
        server = self._runner.server
        if server is None:
            raise RuntimeError("the server was not set up")
        self._door = Door(server, self._bounds)
        try:
            await self._door.open(self._address)
        except BaseException:
            await self._runner.cleanup()
            raise

    async def listen(self) -> None:
        try:
            await self._ended.wait()
        finally:
            if self._door:
                self._door.close()
            await self._runner.cleanup()

    def end(self) -> None:
        self._ended.set()
