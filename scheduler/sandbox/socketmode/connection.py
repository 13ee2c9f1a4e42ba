"""One WebSocket of the app's."""

import asyncio
import json
from collections.abc import Callable

from aiohttp import WSMsgType, web

from scheduler.sandbox.bell import Bell
from scheduler.sandbox.refusals import Json
from scheduler.sandbox.socketmode.envelope import Envelope


class Connection:
    """Sends in order, answers pings, hands acknowledgements on. `in_flight` waits for those."""

    def __init__(self, number: int, bell: Bell, on_ack: Callable[[Json], None]) -> None:
        self.number, self._bell, self._on_ack = number, bell, on_ack
        self.socket = web.WebSocketResponse(autoping=False, max_msg_size=2**22)
        self.in_flight: dict[str, Envelope] = {}
        self.is_leaving = self.is_silent = False
        self.pings = 0
        self._outgoing: asyncio.Queue[str | None] = asyncio.Queue()
        self._ended = asyncio.Event()
        self._transport: asyncio.Transport | None = None

    @property
    def takes_more(self) -> bool:
        return not self.is_leaving and not self._ended.is_set()

    async def serve(self, request: web.Request) -> None:
        """Runs until either side ends it."""
        self._transport = request.transport
        await self.socket.prepare(request)
        writer = asyncio.create_task(self._write())
        try:
            await self._read()
        finally:
            self._ended.set()
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)

    def send(self, text: str) -> None:
        self._outgoing.put_nowait(text)

    def disconnect(self, reason: str, *, leaving: bool) -> None:
        """Says that this connection ends soon; one that is leaving gets nothing new."""
        self.is_leaving = self.is_leaving or leaving
        host = f"applink-{self.number}"
        self.send(json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": host}}))

    def close(self) -> None:
        """In good order, once everything before it is sent."""
        self.is_leaving = True
        self._outgoing.put_nowait(None)

    def drop(self) -> None:
        """At once and without a word, as when a line breaks."""
        self._ended.set()
        if self._transport:
            self._transport.abort()

    def silence(self) -> None:
        """From now on it neither reads nor answers nor sends, and stays open: a black hole."""
        self.is_silent = True

    async def _read(self) -> None:
        async for message in self.socket:
            if self.is_silent:
                await self._ended.wait()
                return
            if message.type is WSMsgType.PING:
                self.pings += 1
                await self.socket.pong(message.data)
                self._bell.ring()
            elif message.type is WSMsgType.TEXT:
                self._take(message.data)

    def _take(self, text: str) -> None:
        try:
            told = json.loads(text)
        except ValueError:
            return
        if isinstance(told, dict) and "envelope_id" in told:
            self._on_ack(told)

    async def _write(self) -> None:
        while (text := await self._outgoing.get()) is not None:
            if not self.is_silent:
                await self.socket.send_str(text)
        await self.socket.close()
