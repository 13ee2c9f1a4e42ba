"""One-time tickets: each URL of `apps.connections.open` opens one WebSocket, and soon."""

import time

_LIVES = 30.0


class Tickets:
    """A ticket lives 30 s of real time, as sockets do."""

    def __init__(self) -> None:
        self.socket_mode_enabled = True
        self.issued = 0
        self._open: dict[str, float] = {}

    def issue(self) -> str:
        self.issued += 1
        ticket = f"{self.issued:032x}"
        self._open[ticket] = time.monotonic() + _LIVES
        return ticket

    def redeem(self, ticket: str) -> bool:
        """Uses the ticket up; False when it is unknown, used or too old."""
        return self._open.pop(ticket, 0.0) > time.monotonic()
