"""Real clients of the stand-in, for its tests: the SDK as the service uses it, without its own retries."""

import asyncio
import functools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from scheduler.clock import SteppingClock
from scheduler.sandbox import Sandbox

START = datetime(2026, 4, 6, 0, 0, tzinfo=UTC)


def live(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """A test that runs in an event loop of its own."""

    @functools.wraps(test)
    def run(*args: object, **options: object) -> None:
        asyncio.run(test(*args, **options))  # type: ignore[arg-type]

    return run


def new_sandbox() -> Sandbox:
    return Sandbox(clock=SteppingClock(START))


def step_to(sandbox: Sandbox, instant: datetime) -> None:
    clock = sandbox.world.clock
    assert isinstance(clock, SteppingClock)
    clock.step_to(instant)


def web_client(sandbox: Sandbox, *, token: str | None = None, patience: int = 30) -> AsyncWebClient:
    given = sandbox.tokens.bot if token is None else token
    client = AsyncWebClient(token=given, base_url=sandbox.base_url, retry_handlers=[], timeout=patience)
    client.proxy = None
    return client


class Listener:
    """One Socket Mode client; keeps what it heard, and acknowledges it unless told not to."""

    def __init__(self, sandbox: Sandbox, *, ping_interval: float = 5) -> None:
        self._sandbox = sandbox
        self.heard: list[SocketModeRequest] = []
        self.acknowledges = True
        self.answer: dict[str, Any] | None = None
        self.client = SocketModeClient(
            app_token=sandbox.tokens.app, web_client=web_client(sandbox), ping_interval=ping_interval
        )
        self.client.proxy = None
        self.client.socket_mode_request_listeners.append(self._take)

    def events(self) -> list[dict[str, Any]]:
        return [request.payload["event"] for request in self.heard if "event" in request.payload]

    def trigger(self) -> str:
        """The `trigger_id` of the last command."""
        commands = [request for request in self.heard if request.type == "slash_commands"]
        return str(commands[-1].payload["trigger_id"])

    async def _take(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.heard.append(request)
        if self.acknowledges:
            answer = SocketModeResponse(envelope_id=request.envelope_id, payload=self.answer)
            await client.send_socket_mode_response(answer)
        self._sandbox.bell.ring()


@asynccontextmanager
async def listening(sandbox: Sandbox, *, ping_interval: float = 5) -> AsyncIterator[Listener]:
    listener = Listener(sandbox, ping_interval=ping_interval)
    try:
        await listener.client.connect()  # type: ignore[no-untyped-call]
        yield listener
    finally:
        # Whatever still reconnects is stopped first: it would go on after the test.
        await asyncio.wait_for(listener.client.close(), 5)  # type: ignore[no-untyped-call]
