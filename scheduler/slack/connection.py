"""Socket Mode over two overlapping connections, watched from outside the SDK.

The SDK may go deaf for ever while it says that it is connected: the age of the last sign of life is what
counts. A deaf client is thrown away, and a new one built. When nothing helps for long, the process must end.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from time import monotonic
from typing import Any

from pydantic_core import to_json
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from scheduler.slack.line import Line
from scheduler.slack.patience import Patience

#: Takes an envelope in and gives the body of its acknowledgement; when it raises, nothing is acknowledged.
Receive = Callable[[SocketModeRequest], Awaitable[Mapping[str, Any] | None]]


class ConnectionLost(Exception):
    """No connection could be brought back for a long time."""


class Connection:
    """Two lines, begun some time apart, so that one is always there while Slack renews the other."""

    def __init__(
        self,
        build: Callable[[], SocketModeClient],
        receive: Receive,
        *,
        missed: Callable[[float], None],
        patience: Patience,
    ) -> None:
        """`missed` is told for how many seconds nothing was heard, once something is heard again."""
        self._receive = receive
        self._missed = missed
        self._patience = patience
        self._began_at = monotonic()
        self._last_sign: float | None = None
        self._line_began_at: float | None = None
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
        try:
            await self._begin_one()
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
        await self._begin_one()

    async def _begin_one(self) -> None:
        """Begins a line that is wanting, unless another one was begun just before."""
        line = next((line for line in self.lines if line.is_wanting), None)
        last = self._line_began_at
        if line is None or (last is not None and monotonic() - last < self._patience.apart):
            return
        await line.replace()
        self._line_began_at = monotonic()

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
        told = {"envelope_id": request.envelope_id, **({"payload": body} if body else {})}
        await client.send_message(to_json(told).decode())
