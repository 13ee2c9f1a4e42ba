"""Who gets what, what comes again, what is lost."""

import asyncio
from collections import deque
from datetime import timedelta

from scheduler.sandbox.httpmode.requests import Requests
from scheduler.sandbox.refusals import Json
from scheduler.sandbox.socketmode.connection import Connection
from scheduler.sandbox.socketmode.envelope import Acknowledged, Envelope, Kind
from scheduler.sandbox.socketmode.flights import Flights
from scheduler.sandbox.world import World


class Delivery:
    """Each envelope goes to one open connection, in turn; or to the Request URL, once there is one.

    An event that is not acknowledged comes again after each of `redeliver_after` (real seconds), at once when
    its connection ends, or on demand; then it is lost. An interaction is lost after `interaction_lives`.
    While no connection is open, events are kept for `keep_for` of the stand-in's clock.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.redeliver_after = (3.0, 60.0, 300.0)
        self.interaction_lives = 3.0
        self.keep_for = timedelta(minutes=6)
        self.connections: list[Connection] = []
        self.waiting: deque[Envelope] = deque()
        self.acknowledged: list[Acknowledged] = []
        self.lost: list[Envelope] = []
        self.requests = Requests(world, self._answered)
        self._flights = Flights(self._too_late)
        self._is_held, self._turn = False, 0

    @property
    def unacknowledged(self) -> int:
        """How many envelopes are under way or wait for a connection."""
        return len(self._flights) + len(self.waiting) + len(self.requests)

    def offer(self, kind: Kind, payload: Json) -> Envelope:
        """Sends it, or keeps it until somebody listens."""
        identity = self.world.minting.uuid("envelope")
        envelope = Envelope(id=identity, kind=kind, payload=payload, offered_at=self.world.now())
        self._send(envelope)
        return envelope

    async def ask(self, kind: Kind, payload: Json) -> Acknowledged | None:
        """Sends an interaction, and waits for its acknowledgement; None when none comes in time."""
        if self._is_held or (self.requests.url is None and self._next() is None):
            return None
        envelope = self.offer(kind, payload)
        envelope.answered = asyncio.get_running_loop().create_future()
        return await envelope.answered

    def added(self, connection: Connection) -> None:
        self.connections.append(connection)
        self._flush()

    def removed(self, connection: Connection) -> None:
        """What it had not acknowledged goes to another one, or waits."""
        self.connections.remove(connection)
        for envelope_id in list(connection.in_flight):
            self._again(self._flights.take(envelope_id), "connection_closed")
        self.world.bell.ring()

    def acknowledge(self, told: Json) -> None:
        """On whichever connection it comes. One for nothing that is under way is ignored."""
        if told["envelope_id"] not in self._flights:
            return
        envelope = self._flights.take(told["envelope_id"])
        self.acknowledged.append(envelope.settle(told.get("payload")))
        self.world.bell.ring()

    def redeliver(self) -> int:
        """Sends everything that is under way once more, at once; gives how many."""
        envelopes = self._flights.take_all()
        for envelope in envelopes:
            self._again(envelope, "timeout")
        return len(envelopes) + self.requests.repeat_now()

    def hold(self) -> None:
        """Events wait from now on, although connections are open."""
        self._is_held = True

    def release(self, *, backwards: bool = False) -> None:
        """Sends what was held; `backwards` the last first."""
        self._is_held = False
        if backwards:
            self.waiting.reverse()
        self._flush()

    async def settled(self, *, seconds: float = 10.0) -> None:
        """Waits until everything is acknowledged. Raises NothingHappened."""
        await self.world.bell.until(lambda: not self.unacknowledged, seconds=seconds)

    def stop(self) -> None:
        for envelope in self._flights.take_all():
            envelope.give_up()
        for connection in self.connections:
            connection.drop()

    def _flush(self) -> None:
        kept, self.waiting = self.waiting, deque()
        for envelope in kept:
            if self.world.now() - envelope.offered_at > self.keep_for:
                self.lost.append(envelope)
            else:
                self._send(envelope)

    async def use_request_url(self, url: str) -> None:
        """From now on everything goes to this address, also what waited. Raises Refused."""
        await self.requests.use(url)
        self._flush()

    def _answered(self, envelope: Envelope, payload: Json | None, is_fine: bool) -> None:  # noqa: FBT001
        """The last answer from the Request URL."""
        if is_fine:
            self.acknowledged.append(envelope.settle(payload))
        else:
            self.lost.append(envelope)
            envelope.give_up()

    def _send(self, envelope: Envelope) -> None:
        if self.requests.url and not self._is_held:
            self.requests.send(envelope)
            return
        connection = None if self._is_held else self._next()
        if connection is None:
            self.waiting.append(envelope)
            return
        envelope.attempts += 1
        self._flights.start(envelope, connection, seconds=self._patience(envelope))

    def _patience(self, envelope: Envelope) -> float:
        if envelope.kind is not Kind.EVENT:
            return self.interaction_lives
        return self.redeliver_after[min(envelope.attempts, len(self.redeliver_after)) - 1]

    def _too_late(self, envelope: Envelope) -> None:
        self._again(envelope, "timeout")
        self.world.bell.ring()

    def _again(self, envelope: Envelope, reason: str) -> None:
        if envelope.kind is Kind.EVENT and envelope.attempts <= len(self.redeliver_after):
            envelope.reason = reason
            self._send(envelope)
        else:
            self.lost.append(envelope)
            envelope.give_up()

    def _next(self) -> Connection | None:
        listening = [connection for connection in self.connections if connection.takes_more]
        self._turn += 1
        return listening[self._turn % len(listening)] if listening else None
