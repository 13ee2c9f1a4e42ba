"""Brings out what is due: claims, sends and records, a few messages at once, the most urgent first."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Protocol

from scheduler.clock import Clock
from scheduler.live.lease import LeaseLost
from scheduler.live.writer import Writer
from scheduler.model.deliveries import Delivery, NotSent
from scheduler.model.messages import OutgoingMessage, Rendered
from scheduler.pipeline import More, next_ready
from scheduler.pipeline.crew import Crew, Parcel
from scheduler.pipeline.record import record
from scheduler.ports import Work

#: Messages on their way at the same time.
_AT_ONCE = 4


class AsyncSender(Protocol):
    """Brings a finished payload to its recipient."""

    async def send(self, message: OutgoingMessage, rendered: Rendered) -> Delivery:
        """What became of this one attempt. Raises nothing that Slack or the network may do."""
        ...


class Outward:
    """The outbox's way out."""

    def __init__(
        self,
        writer: Writer,
        sender: AsyncSender,
        clock: Clock,
        *,
        attempted: Callable[[OutgoingMessage, Delivery], None],
    ) -> None:
        """`attempted` is told what became of each attempt, once that is written down."""
        self._writer = writer
        self._sender = sender
        self._clock = clock
        self._attempted = attempted
        self._stopped = False

    def stop(self) -> None:
        """What is on its way is finished; nothing else is begun."""
        self._stopped = True

    async def bring_out(self, crew: Crew) -> None:
        """Returns once nothing is due any more, and nothing is on its way, also when the database fails."""
        ways = (self._send_some(crew) for _ in range(_AT_ONCE))
        for end in await asyncio.gather(*ways, return_exceptions=True):
            if end:
                raise end

    async def _send_some(self, crew: Crew) -> None:
        ready = await self._writer.do(partial(self._next, crew))
        while ready:
            if isinstance(ready, More):
                ready = await self._writer.do(partial(self._next, crew))
                continue
            delivery = await self._sender.send(ready.message, ready.rendered)
            attempt, ready = ready, await self._record(crew, ready, delivery)
            self._attempted(attempt.message, delivery)

    async def _record(self, crew: Crew, parcel: Parcel, delivery: Delivery) -> Parcel | More | None:
        """Who lost the lease puts back what surely did not go out; the next holder looks up the rest."""
        try:
            return await self._writer.do(partial(self._write_down, crew, parcel, delivery))
        except LeaseLost:
            if isinstance(delivery, NotSent):
                await self._writer.plain.do(partial(self._put_back, parcel.message, delivery))
            raise

    def _put_back(self, message: OutgoingMessage, delivery: NotSent, work: Work) -> None:
        until = self._clock.now() + delivery.retry_after
        work.outbox.put_back(message.dedup_key, until, delivery.code, attempt=message.attempts + 1)

    def _write_down(self, crew: Crew, parcel: Parcel, delivery: Delivery, work: Work) -> Parcel | More | None:
        """What became of one, and the next one, in one transaction."""
        now = self._clock.now()
        record(work, crew, parcel, delivery, now)
        return self._next(crew, work)

    def _next(self, crew: Crew, work: Work) -> Parcel | More | None:
        return None if self._stopped else next_ready(work, crew, now=self._clock.now())
