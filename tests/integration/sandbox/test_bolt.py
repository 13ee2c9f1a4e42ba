"""A Bolt app over Socket Mode, as somebody would write it who knows nothing of the stand-in."""

import asyncio
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from scheduler.sandbox import Sandbox
from tests.integration.sandbox.connecting import START, live, new_sandbox, web_client

BUTTON = {"type": "button", "action_id": "claim", "text": {"type": "plain_text", "text": "Claim"}}
CARD = [{"type": "actions", "block_id": "acts", "elements": [BUTTON]}]


def a_bolt_app(sandbox: Sandbox) -> AsyncApp:
    """Answers a post in its thread, and a claim by changing the card."""
    app = AsyncApp(client=web_client(sandbox))

    @app.event("message")
    async def answer(event: dict[str, Any], say: AsyncSay) -> None:
        await say(text="Claim it?", blocks=CARD, thread_ts=event["ts"])

    @app.action("claim")
    async def claim(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="Claimed")

    return app


@live
async def test_a_bolt_app_answers_a_post_and_takes_a_claim():
    async with new_sandbox() as sandbox:
        with sandbox.past(START):
            member = sandbox.people.join("Hana")
            channel = sandbox.channels.create("general", with_app=True)
        handler = AsyncSocketModeHandler(a_bolt_app(sandbox), sandbox.tokens.app)
        handler.client.proxy = None
        await handler.connect_async()  # type: ignore[no-untyped-call]
        post = sandbox.post(member, channel, "Hello")
        await sandbox.until(lambda: sandbox.calls("chat.postMessage"))
        await sandbox.until(lambda: len(sandbox.messages(channel)) == 3)
        card = sandbox.messages(channel)[-1]
        pressed = await sandbox.interactions.press(member, channel, card.ts, "claim")
        await sandbox.until(lambda: card.text == "Claimed")
        await sandbox.delivery.settled()
        await asyncio.wait_for(handler.close_async(), 5)  # type: ignore[no-untyped-call]

    assert pressed.acknowledged
    assert card.thread_ts == post
