"""Socket Mode over two overlapping connections, watched from outside the SDK.

The SDK may go deaf for ever while it says that it is connected: the age of the last sign of life is what
counts. A deaf client is thrown away, and a new one built. When nothing helps for long, the process must end.
"""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from aiohttp import WSMessage
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

#: Characters; what Slack says about the connection is short, and is not looked for in what is longer.
_LONGEST = 2000
#: Takes an envelope in and gives the body of its acknowledgement; when it raises, nothing is acknowledged.
Receive = Callable[[SocketModeRequest], Awaitable[Mapping[str, Any] | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds of real time, whatever clock the service lives by."""

    look_every: float = 1
    ping_every: float = 10
    deaf_after: float = 60
    close_within: float = 3
    gap_after: float = 60
    give_up_after: float = 600


class ConnectionLost(Exception):
    """No connection could be brought back for a long time."""


class Line:
    """One connection, replaced by a new one whenever it went deaf."""

    def __init__(self, build: Callable[[], SocketModeClient], patience: Patience) -> None:
        self._build = build
        self._patience = patience
        self._client: SocketModeClient | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._last_pong: float | None = None
        self._began_at = monotonic()
        #: When the present client last heard anything; None before that.
        self.heard_at: float | None = None
        #: Slack said that this connection ends. Its pongs mean nothing until another one has begun.
        self._is_leaving = False

    @property
    def silent_for(self) -> float:
        """Seconds since the last sign of life, or since the connection was begun."""
        return monotonic() - (self._began_at if self.heard_at is None else self.heard_at)

    def start(self) -> None:
        client = self._build()
        client.on_message_listeners.append(self._heard)
        self._client, self._last_pong, self.heard_at, self._is_leaving = client, None, None, False
        self._began_at = monotonic()
        self._connecting = asyncio.create_task(client.connect())  # type: ignore[no-untyped-call]

    def look(self) -> None:
        """Notices a pong that came since the last look."""
        pong = self._client.last_ping_pong_time if self._client else None
        if pong is not None and self._last_pong is not None and pong != self._last_pong:
            self._note_sign()
        self._last_pong = pong

    async def replace(self) -> None:
        """A new client, with a new address of Slack's: the SDK would try the old one for ever."""
        await self.close()
        self.start()

    async def close(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        client.closed, client.auto_reconnect_enabled = True, False
        for task in self._tasks(client):
            task.cancel()
        with contextlib.suppress(Exception):  # closing a broken connection may fail in any way, or hang
            await asyncio.wait_for(client.disconnect(), self._patience.close_within)  # type: ignore[no-untyped-call]
        with contextlib.suppress(Exception):
            await client.aiohttp_client_session.close()

    def _tasks(self, client: SocketModeClient) -> Iterator[asyncio.Future[Any]]:
        """What the client does by itself; one that hangs in closing would leave it behind."""
        owned = (client.current_session_monitor, client.message_receiver, client.message_processor)
        yield from (task for task in (self._connecting, *owned) if task)

    async def _heard(self, message: WSMessage) -> None:
        kind = _kind_of(message.data)
        if kind is not None:
            self._is_leaving = kind == "disconnect"
        self._note_sign()

    def _note_sign(self) -> None:
        if not self._is_leaving:
            self.heard_at = monotonic()


class Connection:
    """Two lines, so that one is always there while Slack renews the other."""

    def __init__(
        self,
        build: Callable[[], SocketModeClient],
        receive: Receive,
        *,
        missed: Callable[[float], None],
        patience: Patience = Patience(),
    ) -> None:
        """`missed` is told for how many seconds nothing was heard, once something is heard again."""
        self._receive = receive
        self._missed = missed
        self._patience = patience
        self._began_at = monotonic()
        self._last_sign: float | None = None
        self._is_ending = False
        #: Whether a line was there at the last look, and no gap before it went untold.
        self.is_well = False
        self.lines = [Line(lambda: self._listening(build()), patience) for _ in range(2)]

    @property
    def silent_for(self) -> float | None:
        """Seconds since the last sign of life on any line; None before the first."""
        return None if self._last_sign is None else monotonic() - self._last_sign

    async def run(self) -> None:
        """Until ended or cancelled. Raises ConnectionLost when nothing was heard for too long."""
        for line in self.lines:
            line.start()
        try:
            while not self._is_ending:
                await asyncio.sleep(self._patience.look_every)
                await self._look()
        finally:
            self.is_well = False
            await asyncio.gather(*(line.close() for line in self.lines))

    def end(self) -> None:
        """It ends at the next look at the latest; a cancellation may get lost within `asyncio.wait_for`."""
        self._is_ending = True

    async def _look(self) -> None:
        for line in self.lines:
            line.look()
        self._note_signs()
        since = self._began_at if self._last_sign is None else self._last_sign
        silent = monotonic() - since
        self.is_well = self._last_sign is not None and silent <= 3 * self._patience.ping_every
        if silent > self._patience.give_up_after:
            raise ConnectionLost
        deaf = [line for line in self.lines if line.silent_for > self._patience.deaf_after]
        await asyncio.gather(*(line.replace() for line in deaf))

    def _note_signs(self) -> None:
        """The time between two signs is what was missed, however long this process itself was stopped."""
        heard = [line.heard_at for line in self.lines if line.heard_at is not None]
        before, after = self._last_sign, max(heard, default=None)
        if after is None or (before is not None and after <= before):
            return
        silent = after - (self._began_at if before is None else before)
        self._last_sign = after
        if silent > self._patience.gap_after:
            self._missed(silent)

    def _listening(self, client: SocketModeClient) -> SocketModeClient:
        client.socket_mode_request_listeners.append(self._take)
        return client

    async def _take(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        body = await self._receive(request)
        payload = dict(body) if body else None
        await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))


def _kind_of(text: object) -> str | None:
    """`hello` or `disconnect`, which Slack says about the connection itself; None of everything else."""
    if not isinstance(text, str) or len(text) > _LONGEST or not ('"hello"' in text or '"disconnect"' in text):
        return None
    try:
        told = json.loads(text)
    except ValueError:
        return None
    kind = told.get("type") if isinstance(told, dict) else None
    return kind if kind in {"hello", "disconnect"} else None
