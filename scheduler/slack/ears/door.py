"""Where connections arrive: so many at once and no more, each for so long and no longer.

Who comes when all places are taken is told to come again: Slack does.
"""

import asyncio

from aiohttp import web

from scheduler.errors import AddressTaken
from scheduler.settings import Address
from scheduler.slack.ears.bounds import Bounds

_LATER = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
)


class Door:
    """Lets connections in to `server` from `open` until `close`."""

    def __init__(self, server: web.Server, bounds: Bounds) -> None:
        self._server = server
        self._bounds = bounds
        self._listening: asyncio.Server | None = None
        #: Those whom the server does not count yet: many may come at the same moment.
        self._entering = 0

    @property
    def is_open(self) -> bool:
        return self._listening is not None and self._listening.is_serving()

    @property
    def port(self) -> int:
        """Where it listens, once open."""
        if self._listening is None:
            raise RuntimeError("the door is not open")
        port: int = self._listening.sockets[0].getsockname()[1]
        return port

    async def open(self, address: Address) -> None:
        """Raises AddressTaken."""
        loop = asyncio.get_running_loop()
        try:
            self._listening = await loop.create_server(self._enter, address.host, address.port)
        except OSError as error:
            raise AddressTaken("listen", str(address), error) from None

    def close(self) -> None:
        """Nobody enters any more; who is inside is let finish."""
        if self._listening:
            self._listening.close()

    def _enter(self) -> asyncio.Protocol:
        if len(self._server.connections) + self._entering >= self._bounds.most:
            return _Refusing()
        inside, loop = self._server(), asyncio.get_running_loop()
        self._entering += 1
        loop.call_soon(self._entered)
        loop.call_later(self._bounds.longest, _end, inside)
        return inside

    def _entered(self) -> None:
        """Right after this the server counts the connection itself."""
        self._entering -= 1


class _Refusing(asyncio.Protocol):
    """Says so as soon as something was asked."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        asyncio.get_running_loop().call_later(1, transport.close)

    def data_received(self, data: bytes) -> None:
        if isinstance(self._transport, asyncio.Transport) and not self._transport.is_closing():
            self._transport.write(_LATER)
            self._transport.close()


def _end(inside: asyncio.Protocol) -> None:
    """Whoever is still there is too slow."""
    transport = getattr(inside, "transport", None)
    if isinstance(transport, asyncio.Transport):
        transport.abort()
