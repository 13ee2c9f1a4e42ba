"""No mention, link or control sequence of a message ever comes from what people wrote."""

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler import templates
from scheduler.errors import RenderFailed
from scheduler.model.messages import ChannelRef, MemberRef, MessageKind, PlaceholderValue, PostRef, Rendered
from scheduler.model.placeholders import PLACEHOLDERS
from scheduler.templates import Messages

Written = Callable[..., Messages]


def shipped_messages() -> Messages:
    messages, problems = templates.read(templates.shipped())
    assert messages is not None, problems
    return messages


SHIPPED = shipped_messages()

OURS = {"<@U0SAMPLE1>", "<@U0SAMPLE2>", "<#C0SAMPLE1>", "<#C0ZATSUDAN>"}
LOUD = re.compile("@(?:channel|here|everyone)", re.IGNORECASE)
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")

FRAGMENTS = [
    "<", ">", "!", "@", "#", "|", "&", "&lt;", "&gt;", "&amp;", "&amp;lt;", "<!", "<@", "<#", "@here",
    "here", "channel", "everyone", "<!channel>", "<!here|x>", "<!subteam^S1>", "<@U1>", "<@U1|x>",
    "<#C1|x>", "<https://evil.example|x>", "&lt;!here&gt;", "&lt;@U1&gt;", "*", "_", "~", "`", "```",
    "\n", "\n>", ">>>", "\r\n", "\u2028", "\u202e", "\u2066", "\u200b", "\u200d", "\ufdd0", "\ufdd1",
    "{{", "}}", "{% if %}", "中村", "🙏", "\x00", "\ud800",
]  # fmt: skip
hostile = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=6), max_size=30).map("".join)


def strings(rendered: Rendered) -> list[str]:
    texts = [block["text"]["text"] for block in rendered.blocks if isinstance(block.get("text"), dict)]  # type: ignore[index]
    return [rendered.text, *texts]


def render_all(kind: MessageKind, people_wrote: dict[str, str]) -> list[Rendered]:
    messages = SHIPPED.bind(workspace_url="https://example.slack.com", channel_id={"雑談": "C0ZATSUDAN"}.get)
    values = {p.name: p.example for p in PLACEHOLDERS[kind]} | people_wrote
    return [
        messages.render(name, locale=language, rotation=rotation, values=values)
        for name in messages.names()
        if messages.kind_of(name) == kind
        for language in messages.languages_of(name)
        for rotation in range(2)
    ]


def assert_harmless(rendered: Rendered) -> None:
    for text in strings(rendered):
        assert set(re.findall("<[^>]*>?", text)) <= OURS
        assert not LOUD.search(text)
        assert not DIRECTION.search(text)
        text.encode("utf-8")


@given(name=hostile, excerpt=hostile, topic=hostile)
def test_an_alert_contains_no_mention_that_came_from_a_name_a_post_or_a_topic(
    name: str, excerpt: str, topic: str
):
    for rendered in render_all(MessageKind.ALERT, {"author_name": name, "excerpt": excerpt, "topic": topic}):
        assert_harmless(rendered)


@given(name=hostile)
def test_a_welcome_contains_no_mention_that_came_from_a_name(name: str):
    for rendered in render_all(MessageKind.WELCOME, {"member_name": name}):
        assert_harmless(rendered)


SCENARIOS = [
    pytest.param("<!channel>", id="channel"),
    pytest.param("<@U1>", id="mention"),
    pytest.param("&lt;!here&gt;", id="escaped-here"),
    pytest.param("あ" * 40_000, id="40000-characters"),
    pytest.param("&" * 40_000, id="40000-ampersands"),
    pytest.param(" ".join(f"<https://www.example.jp/{n}|link {n}>" for n in range(60)), id="60-links"),
    pytest.param("\u202egnp.exe\u2066", id="direction-signs"),
    pytest.param("", id="empty"),
    pytest.param("🙏🎉", id="only-emoji"),
    pytest.param("\n" * 500 + "x", id="line-breaks"),
]


@pytest.mark.parametrize("written", SCENARIOS)
def test_hostile_text_in_every_field_keeps_to_all_limits(written: str):
    for rendered in render_all(
        MessageKind.ALERT, {"author_name": written, "excerpt": written, "topic": written}
    ):
        assert_harmless(rendered)
        assert 0 < len(rendered.text) <= 300
        assert all(len(text) <= 3_000 for text in strings(rendered)[1:])
        assert len(json.dumps(rendered.blocks)) < 13_000


# A template may try to build a tag around what people wrote; the finished text is looked at once more.
BUILT = "kind: welcome\nplain: a\ntext: 'a{}'\n"


@pytest.mark.parametrize(
    "name", ["here", "channel", "<!here>", "Here", "everyone です"], ids=lambda name: name
)
def test_an_at_sign_of_the_template_makes_no_mention_of_a_name(name: str, written: Written):
    messages = written(ja_welcome=BUILT.format("@{{ member_name }}"))
    rendered = messages.render("welcome", locale="ja", rotation=0, values={"member_name": name})
    assert_harmless(rendered)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("member", MemberRef("U1> <!here"), id="member"),
        pytest.param("channel", ChannelRef("C1|x> <!channel"), id="channel"),
        pytest.param("post", PostRef("C1", "1> <!here"), id="post-ts"),
        pytest.param("post", PostRef("C1/../x", "1.2"), id="post-channel"),
        pytest.param("author_name", MemberRef("U1"), id="a-mention-in-place-of-a-name"),
        pytest.param("post", "https://evil.example", id="text-in-place-of-a-link"),
        pytest.param("first_post", 1, id="a-number-in-place-of-yes-or-no"),
        pytest.param("excerpt", None, id="nothing-in-place-of-text"),
    ],
)
def test_an_id_that_is_none_and_a_value_of_the_wrong_sort_are_refused(name: str, value: PlaceholderValue):
    message = "welcome" if name == "member" else "alert_first_look"
    kind = SHIPPED.kind_of(message)
    values = {p.name: p.example for p in PLACEHOLDERS[kind]} | {name: value}
    with pytest.raises(RenderFailed):
        SHIPPED.render(message, locale="ja", rotation=0, values=values)
