"""Which envelope is under way on which connection, and how long one waits for it."""

import asyncio
from collections.abc import Callable

from scheduler.sandbox.socketmode.connection import Connection
from scheduler.sandbox.socketmode.envelope import Envelope


class Flights:
    """`on_late` is called with an envelope that was not taken out in time; it is out by then."""

    def __init__(self, on_late: Callable[[Envelope], None]) -> None:
        self._on_late = on_late
        self._under_way: dict[str, tuple[Connection, Envelope, asyncio.TimerHandle]] = {}

    def __len__(self) -> int:
        return len(self._under_way)

    def __contains__(self, envelope_id: object) -> bool:
        return envelope_id in self._under_way

    def start(self, envelope: Envelope, connection: Connection, *, seconds: float) -> None:
        """Sends it; `seconds` are real."""
        timer = asyncio.get_running_loop().call_later(seconds, self._late, envelope.id)
        self._under_way[envelope.id] = (connection, envelope, timer)
        connection.in_flight[envelope.id] = envelope
        connection.send(envelope.text())

    def take(self, envelope_id: str) -> Envelope:
        connection, envelope, timer = self._under_way.pop(envelope_id)
        connection.in_flight.pop(envelope_id, None)
        timer.cancel()
        return envelope

    def take_all(self) -> list[Envelope]:
        return [self.take(envelope_id) for envelope_id in list(self._under_way)]

    def _late(self, envelope_id: str) -> None:
        self._on_late(self.take(envelope_id))
