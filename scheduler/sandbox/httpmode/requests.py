"""Sends everything to the app's Request URL, and repeats events that were not answered well in time."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.sandbox.httpmode.bodies import FORM, JSON, again, answered, body_of, written
from scheduler.sandbox.httpmode.failures import Failures
from scheduler.sandbox.httpmode.posting import Answer, Posting
from scheduler.sandbox.refusals import Json, Refused
from scheduler.sandbox.socketmode.envelope import Envelope, Kind
from scheduler.sandbox.world import World

#: How long after each failure an event comes again, on the stand-in's clock.
REPEATED_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
#: Real seconds between two looks at a clock that is not real.
_LOOK = 0.02
_AT_ONCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """One request, at an instant of the stand-in's clock. Without `status` no answer came, or not in time."""

    kind: Kind
    event_id: str | None
    retry: int
    reason: str
    status: int | None
    at: datetime


class Requests:
    """Off until `use`. `settled` is told of each envelope: the answer's payload, or that it is given up."""

    def __init__(self, world: World, settled: Callable[[Envelope, Json | None, bool], None]) -> None:
        self._world = world
        self._settled = settled
        self.url: str | None = None
        #: Too many requests failed: nothing is sent until `enable`.
        self.is_disabled = False
        self.posting = Posting(world.tokens)
        self.posted: list[Posted] = []
        self._failures = Failures()
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._hurry = asyncio.Event()
        self._places = asyncio.Semaphore(_AT_ONCE)

    def __len__(self) -> int:
        """How many are under way, or will come again."""
        return len(self._under_way)

    async def use(self, url: str) -> None:
        """From now on everything goes there, nothing over sockets. Raises Refused if it is not the app's."""
        challenge = self._world.minting.uuid("challenge")
        told = {"token": "sandbox", "challenge": challenge, "type": "url_verification"}
        answer = await self.posting.post(url, JSON, written(told), {})
        echoed = answered(answer.body) or {}
        if answer.status != 200 or challenge not in {echoed.get("challenge"), echoed.get("text")}:
            raise Refused("url_verification_failed")
        self.url = url
        self._world.tickets.socket_mode_enabled = False

    async def check_certificate(self) -> int | None:
        """`ssl_check`, which Slack posts now and then; gives the status."""
        return (await self.posting.post(self.url or "", FORM, b"ssl_check=1&token=sandbox", {})).status

    def enable(self) -> None:
        """An admin switches the events on again."""
        self.is_disabled = False
        self._failures.forget()

    def send(self, envelope: Envelope) -> None:
        """Returns at once."""
        task = asyncio.create_task(self._deliver(envelope))
        self._under_way[envelope.id] = task

    def repeat_now(self) -> int:
        """Everything that waits to come again comes at once; gives how much is under way."""
        hurry, self._hurry = self._hurry, asyncio.Event()
        hurry.set()
        return len(self)

    async def stop(self) -> None:
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.posting.stop()

    async def _deliver(self, envelope: Envelope) -> None:
        try:
            answer = await self._attempt(envelope)
            while envelope.kind is Kind.EVENT and answer.reason and await self._may_repeat(envelope, answer):
                answer = await self._attempt(envelope)
        finally:
            del self._under_way[envelope.id]
        self._settled(envelope, answered(answer.body), not answer.reason)
        self._world.bell.ring()

    async def _attempt(self, envelope: Envelope) -> Answer:
        envelope.attempts += 1
        content_type, body = body_of(envelope)
        async with self._places:
            if self.is_disabled:
                return Answer(None, reason="disabled", may_repeat=False)
            answer = await self.posting.post(self.url or "", content_type, body, again(envelope))
        self._note(envelope, answer)
        envelope.reason = answer.reason
        return answer

    async def _may_repeat(self, envelope: Envelope, answer: Answer) -> bool:
        """Once it may; False when it may not."""
        if not answer.may_repeat or envelope.attempts > len(REPEATED_AFTER):
            return False
        due = self._world.clock.now() + REPEATED_AFTER[envelope.attempts - 1]
        hurry = self._hurry
        while self._world.clock.now() < due and not hurry.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(hurry.wait(), _LOOK)
        return True

    def _note(self, envelope: Envelope, answer: Answer) -> None:
        now = self._world.clock.now()
        self.posted.append(
            Posted(
                kind=envelope.kind,
                event_id=envelope.payload.get("event_id"),
                retry=envelope.attempts - 1,
                reason=envelope.reason,
                status=answer.status,
                at=now,
            )
        )
        if envelope.kind is Kind.EVENT:
            self._failures.note(failed=bool(answer.reason), now=now)
            self.is_disabled = self.is_disabled or self._failures.are_too_many
        self._world.bell.ring()
