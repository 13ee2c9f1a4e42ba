"""One connection of Socket Mode, by a client of the SDK's that is thrown away once it went deaf."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

from aiohttp import WSMessage
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from scheduler.slack.patience import Patience

#: Characters; what Slack says about the connection is short, and is not looked for in what is longer.
_LONGEST = 2000


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
    def is_wanting(self) -> bool:
        """It was never begun, or nothing was heard on it for long."""
        heard_at = self._began_at if self.heard_at is None else self.heard_at
        return self._client is None or monotonic() - heard_at > self._patience.deaf_after

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
