"""The bare baseline: a Bolt app whose listeners do nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.live.standin import Address

EVENTS = ("message", "reaction_added", "team_join", "user_change", "channel_created")


@asynccontextmanager
async def connected(app: AsyncApp, address: Address) -> AsyncIterator[None]:
    """Lets a Bolt app listen as its makers say it should."""
    handler = AsyncSocketModeHandler(app, address.app)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


def bare_app(address: Address) -> AsyncApp:
    client = AsyncWebClient(token=address.bot, base_url=address.api)
    app = AsyncApp(client=client)
    for event in EVENTS:
        app.event(event)(_nothing)
    return app


async def _nothing() -> None:
    pass
