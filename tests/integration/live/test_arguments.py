"""What we ask Slack for arrives: most methods that only read see no JSON, and messages need it."""

import aiohttp

from scheduler.clock import SystemClock
from scheduler.sandbox import Sandbox
from scheduler.slack.client import Answered, Web
from tests.integration.sandbox.connecting import live, web_client


def length(answer: object, name: str) -> int:
    assert isinstance(answer, Answered), answer
    return len(answer.data[name])


@live
async def test_who_reads_sends_a_form():
    async with Sandbox(clock=SystemClock()) as sandbox, aiohttp.ClientSession() as session:
        sandbox.limits.off()
        for name in ("Midori", "Daichi"):
            sandbox.people.join(name)
        place = sandbox.channels.create("general", with_app=True)
        for text in ("a", "b", "c"):
            sandbox.post("U0000000001", place, text)
        web = Web(sandbox.tokens.bot, base_url=sandbox.base_url, session=session)
        members = await web.call("users.list", limit=1, include_locale=True)
        messages = await web.call("conversations.history", channel=place, limit=2, include_all_metadata=True)
        everybody = await web_client(sandbox).api_call("users.list", json={"limit": 1})

    assert (length(members, "members"), length(messages, "messages")) == (1, 2)
    assert len(everybody["members"]) > 1, "Slack does not look into JSON here"


@live
async def test_what_is_posted_keeps_its_blocks_and_its_mark():
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "&lt;!here&gt;"}}]
    metadata = {"event_type": "ours", "event_payload": {"id": "x"}}
    async with Sandbox(clock=SystemClock()) as sandbox, aiohttp.ClientSession() as session:
        place = sandbox.channels.create("general", with_app=True)
        web = Web(sandbox.tokens.bot, base_url=sandbox.base_url, session=session)
        await web.call("chat.postMessage", channel=place, text="a", blocks=blocks, metadata=metadata)
        (call,) = sandbox.calls("chat.postMessage")
        (message,) = [each for each in sandbox.messages(place) if each.bot_id]

    assert (call.arguments["blocks"], message.metadata) == (blocks, metadata)
