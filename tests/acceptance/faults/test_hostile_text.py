"""Fault scenario 24: what members write, and what they are called, can do no harm in a message of ours."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.model.messages import OutboxState
from scheduler.sandbox import Call, Markup
from tests.acceptance.live_world import LiveWorld, live_world
from tests.integration.sandbox.connecting import live

ASKS = "どこに聞けばよいですか。"
HOSTILE = [
    pytest.param("<!channel> <!here> <!everyone>", id="calls everybody"),
    pytest.param("<!subteam^S012345|@admins>", id="calls a group"),
    pytest.param("<@U1> <@U0000000001>", id="calls members"),
    pytest.param("&lt;!here&gt; &lt;@U0000000001&gt; &amp;lt;!channel&amp;gt;", id="is escaped already"),
    pytest.param("<<!channel>> <!channel <!channel>|x> >&lt;<", id="is nested and torn"),
    pytest.param("<https://evil.example|https://example.slack.com> <mailto:a@evil.example|a>", id="links"),
    pytest.param("<!date^1392734382^{date}|<!here>>", id="a date"),
    pytest.param("*太字* _斜体_ ~消す~ `code` ```pre``` > 引用\n> 引用", id="marks"),
    pytest.param("\u202eevil\u202c \u2066x\u2069 \u200b\u200f a\u0301\u0301\u0301", id="bidi and invisible"),
    pytest.param("👩‍👩‍👧‍👦🏳️‍🌈" * 30, id="emoji only"),
    pytest.param("\u0000\u0007\u001b[31m\r\n\v", id="control characters"),
    pytest.param("{{ post }} {% raw %} {{ 7*7 }}", id="a template"),
    pytest.param("&" * 3000, id="grows when escaped"),
    pytest.param("あ" * 40_000, id="40,000 characters"),
    pytest.param(" ".join(f"<https://example.com/{number}>" for number in range(60)), id="60 links"),
    pytest.param("", id="nothing"),
    pytest.param(" \u3000\t", id="only spaces"),
]


@pytest.mark.parametrize("hostile", HOSTILE)
@live
async def test_fault_24_hostile_text_in_posts_and_names_mentions_nobody_and_keeps_all_limits(
    tmp_path: Path, hostile: str
):
    async with live_world(tmp_path) as world:
        member = world.sandbox.people.join(
            hostile[:80], display_name=hostile[:80], title=hostile[:255], fields={"Xf1": hostile[:255]}
        )
        world.sandbox.post(member, world.questions, Markup(hostile + ASKS))
        world.sandbox.post(member, world.elsewhere, Markup(ASKS + hostile))
        await world.step("2026-08-03 10:30")

        assert [row.state for row in world.rows()] == [OutboxState.SENT] * 3
        assert len(world.posts()) == 3
        for call in world.posts():
            nothing_of_theirs_has_an_effect(world, call, member)


def nothing_of_theirs_has_an_effect(world: LiveWorld, call: Call, member: str) -> None:
    text, blocks = str(call.arguments["text"]), call.arguments["blocks"]
    blocks = json.loads(blocks) if isinstance(blocks, str) else blocks
    ours = {f"<#{world.questions}>", f"<#{world.elsewhere}>", f"<#{world.chat}>", f"<@{member}>"}
    ours |= {
        f"<@{ambassador}>" for ambassador in world.ambassadors if ambassador == call.arguments["channel"]
    }
    for words in (text, *texts(blocks)):
        effects = set(re.findall(r"<[^>]*>", words)) - ours
        assert all(effect.startswith("<https://example.slack.com/") for effect in effects), effects
    assert len(text.strip()) > 0
    assert len(text) <= 4000
    assert (call.arguments["parse"], call.arguments["link_names"]) == ("none", False)


def texts(part: object) -> Iterator[str]:
    """Every text in blocks that Slack reads as markup."""
    if isinstance(part, list):
        for each in part:
            yield from texts(each)
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield part["text"]
        for each in part.values():
            yield from texts(each)
