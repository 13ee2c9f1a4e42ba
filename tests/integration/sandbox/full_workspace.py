"""A workspace with one of everything, so that every field has something to say."""

from datetime import timedelta
from typing import Any

from scheduler.sandbox import Sandbox
from tests.integration.sandbox.connecting import START, web_client

Block = dict[str, Any]
SECTION: Block = {"type": "section", "block_id": "b", "text": {"type": "mrkdwn", "text": "Hi"}}
BUTTON: Block = {
    "type": "button",
    "action_id": "go",
    "text": {"type": "plain_text", "text": "Go"},
    "value": "1",
}
CARD: list[Block] = [SECTION, {"type": "actions", "block_id": "acts", "elements": [BUTTON]}]
HOME: Block = {"type": "home", "blocks": CARD}
MODAL: Block = {
    "type": "modal",
    "callback_id": "m",
    "title": {"type": "plain_text", "text": "M"},
    "submit": {"type": "plain_text", "text": "OK"},
    "blocks": CARD,
    "notify_on_close": True,
}
METADATA = {"event_type": "x", "event_payload": {"id": "1"}}
#: The app's message in C1: with a thread, a reaction, an edit and metadata.
TS = "1775433600.000000"


async def fill(sandbox: Sandbox) -> None:
    with sandbox.past(START - timedelta(days=1)):
        sandbox.people.join("Hana", member="U1", is_restricted=True, fields={"Xf1": "x"})
        sandbox.people.join("Help desk", member="UBOT", bot=True)
        sandbox.people.deactivate(sandbox.people.join("Gone", member="UGONE"))
        sandbox.channels.create("general", channel="C1", with_app=True, members=["U1"])
        sandbox.channels.create("secret", channel="C2", private=True, with_app=True)
        sandbox.groups.create("ambassadors", group="S1", members=["U1"])
        first = sandbox.post("U1", "C1", "Hello", file="a.png")
        sandbox.post("UBOT", "C1", "Hello", thread_ts=first)
        sandbox.post("U1", "C1", "Hello", thread_ts=first, broadcast=True)
        sandbox.talk.post_as_integration("C1", "Hello")
    client = web_client(sandbox)
    posted = await client.chat_postMessage(channel="C1", text="Hi", blocks=CARD, metadata=METADATA)
    assert posted["ts"] == TS
    await client.chat_update(channel="C1", ts=TS, text="Hi there", blocks=CARD)
    await client.chat_postMessage(channel="C1", text="Yes", thread_ts=TS)
    await client.chat_postMessage(channel="U1", text="You")
    await client.views_publish(user_id="U1", view=HOME)
    sandbox.react("U1", "C1", TS, "wave")
