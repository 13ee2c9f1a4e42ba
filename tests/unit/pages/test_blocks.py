from collections.abc import Mapping

import pytest
from markupsafe import Markup

from scheduler.pages import Called, blocks_to_html

CALLED = Called(member=lambda member: member, channel=lambda channel: f"#{channel}")


def section(text: str, kind: str = "mrkdwn") -> Mapping[str, object]:
    return {"type": "section", "text": {"type": kind, "text": text}}


def button(words: str, url: str) -> Mapping[str, object]:
    return {"type": "button", "text": {"type": "plain_text", "text": words}, "url": url}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param(section("*a*"), "<p><strong>a</strong></p>", id="section"),
        pytest.param(section("*a* <b>", "plain_text"), "<p>*a* &lt;b&gt;</p>", id="plain-text-has-no-markup"),
        pytest.param(section("a\n\nb", "plain_text"), "<p>a<br><br>b</p>", id="plain-text-in-lines"),
        pytest.param({"type": "divider"}, "<hr>", id="divider"),
        pytest.param(
            {"type": "header", "text": {"type": "plain_text", "text": "<i>"}},
            '<p class="header">&lt;i&gt;</p>',
            id="header",
        ),
        pytest.param(
            {"type": "actions", "elements": [button("x", "mailto:a&b@a.jp")]},
            '<div class="buttons"><a class="button" href="mailto:a&amp;b@a.jp" rel="noreferrer">x</a></div>',
            id="button",
        ),
        pytest.param(
            {"type": "actions", "elements": [button("x", "javascript:alert(1)")]},
            '<div class="buttons"><span class="button">x</span></div>',
            id="button-that-leads-nowhere-good",
        ),
        pytest.param(
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "_a_"}]},
            '<div class="context"><p><em>a</em></p></div>',
            id="context",
        ),
        pytest.param(
            {"type": "image", "image_url": "https://a.example/x.png", "alt_text": "<x>"},
            '<p class="picture">&lt;x&gt;</p>',
            id="picture-is-named-and-not-fetched",
        ),
        pytest.param(
            {"type": "section", "fields": [{"type": "plain_text", "text": "a"}]},
            '<div class="field"><p>a</p></div>',
            id="fields",
        ),
        pytest.param(
            {"type": "video", "text": {"type": "mrkdwn", "text": "a"}}, "<p>a</p>", id="unknown-block"
        ),
    ],
)
def test_a_block_is_shown(block: Mapping[str, object], expected: str):
    assert str(blocks_to_html("plain", [block], CALLED)) == expected


def test_what_can_be_used_is_drawn_by_whoever_knows_how():
    picker = {"type": "datepicker", "action_id": "day"}
    blocks: list[Mapping[str, object]] = [
        {
            "type": "section",
            "block_id": "a",
            "text": {"type": "mrkdwn", "text": "When?"},
            "accessory": picker,
        },
        {"type": "input", "block_id": "b", "element": picker},
        {"type": "actions", "block_id": "c", "elements": [picker, {"type": "unheard_of"}]},
    ]

    def control(block: Mapping[str, object], element: Mapping[str, object], _: Called) -> Markup | None:
        return Markup("<i>{}</i>").format(block["block_id"]) if element["type"] == "datepicker" else None

    assert str(blocks_to_html("", blocks, CALLED, control)) == (
        '<p>When?</p>\n<div class="accessory"><i>a</i></div>\n'
        '<div class="element"><i>b</i></div>\n<div class="buttons"><i>c</i></div>'
    )


def test_links_lead_where_the_page_says():
    called = Called(member=str, channel=str, address=lambda address: address.replace("https://a.example", ""))
    blocks: list[Mapping[str, object]] = [
        section("<https://a.example/x|x>"),
        {"type": "actions", "elements": [button("y", "https://a.example/y")]},
    ]

    assert str(blocks_to_html("", blocks, called)) == (
        '<p><a href="/x" rel="noreferrer">x</a></p>\n'
        '<div class="buttons"><a class="button" href="/y" rel="noreferrer">y</a></div>'
    )


def test_blocks_stand_one_below_the_other():
    assert str(blocks_to_html("", [section("a"), section("b")], CALLED)) == "<p>a</p>\n<p>b</p>"


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param([], id="no-blocks"),
        pytest.param([{"type": "section"}], id="empty-section"),
        pytest.param([{"type": ["?"], "elements": [{"type": {}}]}], id="types-that-are-none"),
        pytest.param([{"type": "actions", "elements": "x"}], id="elements-that-are-none"),
        pytest.param([{"elements": [1, None, {"type": "plain_text_input"}]}], id="elements-of-no-use"),
    ],
)
def test_without_anything_to_show_the_plain_text_stands(blocks: list[Mapping[str, object]]):
    assert str(blocks_to_html("plain <b>", blocks, CALLED)) == "<p>plain &lt;b&gt;</p>"


TEXT = {"type": "text", "text": "a"}
STYLE = {"bold": True, "italic": True, "strike": False}


def rich(*parts: Mapping[str, object]) -> Mapping[str, object]:
    return {"type": "rich_text", "elements": parts}


def words(*elements: Mapping[str, object]) -> Mapping[str, object]:
    return {"type": "rich_text_section", "elements": elements}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param(
            rich(words({"type": "text", "text": "*a*\n<b>"})), "<p>*a*<br>&lt;b&gt;</p>", id="no-markup"
        ),
        pytest.param(rich(words({**TEXT, "style": STYLE})), "<p><em><strong>a</strong></em></p>", id="style"),
        pytest.param(
            rich(
                words({"type": "user", "user_id": "U1"}, {"type": "emoji", "name": "tada"}),
                words({"type": "broadcast", "range": "here"}, {"type": "channel", "channel_id": "C1"}),
            ),
            '<p><span class="mention">@U1</span><span class="emoji" title=":tada:">🎉</span></p>\n'
            '<p><span class="mention">@here</span><span class="mention">#C1</span></p>',
            id="names",
        ),
        pytest.param(
            rich(words({"type": "link", "url": "https://a.example/?b&c", "text": "a|>"})),
            '<p><a href="https://a.example/?b&amp;c" rel="noreferrer">a|&gt;</a></p>',
            id="link",
        ),
        pytest.param(
            rich(words({"type": "link", "url": "javascript:alert(1)"})),
            "<p>javascript:alert(1)</p>",
            id="link-that-leads-nowhere-good",
        ),
        pytest.param(
            rich({"type": "rich_text_list", "style": "ordered", "elements": [words(TEXT), words(TEXT)]}),
            "<ol><li>a</li><li>a</li></ol>",
            id="list",
        ),
        pytest.param(
            rich({"type": "rich_text_quote", "elements": [TEXT]}), "<blockquote>a</blockquote>", id="quote"
        ),
        pytest.param(
            rich({"type": "rich_text_preformatted", "elements": [TEXT]}), "<pre>a</pre>", id="preformatted"
        ),
    ],
)
def test_rich_text_is_drawn_and_its_words_are_only_words(block: Mapping[str, object], expected: str):
    actual = blocks_to_html("", [block], CALLED)

    assert actual == expected
