import re
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.pages import Called, slack_to_html
from tests.htmlcheck import tree_of

MEMBERS = {"U1": "神田 美咲", "U2": "<b>*太字*</b>"}
CHANNELS = {"C1": "#雑談"}
CALLED = Called(
    member=lambda member: MEMBERS.get(member, member),
    channel=lambda channel: CHANNELS.get(channel, f"#{channel}"),
)
TAGS = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span"}
ATTRIBUTES = {"a": {"href", "rel"}, "span": {"class", "title"}, "ol": {"start"}}


def html(text: str) -> str:
    return str(slack_to_html(text, CALLED))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("こんにちは", "<p>こんにちは</p>", id="plain"),
        pytest.param("一行\n二行", "<p>一行<br>二行</p>", id="line-break"),
        pytest.param("一段\n\n二段", "<p>一段</p><p>二段</p>", id="paragraphs"),
        pytest.param("*太字*", "<p><strong>太字</strong></p>", id="bold"),
        pytest.param("_斜体_", "<p><em>斜体</em></p>", id="italic"),
        pytest.param("~消す~", "<p><s>消す</s></p>", id="struck"),
        pytest.param("*_both_*", "<p><strong><em>both</em></strong></p>", id="nested"),
        pytest.param("`a * b`", "<p><code>a * b</code></p>", id="code"),
        pytest.param("```\na *b*\n<c>\n```", "<pre>a *b*\n&lt;c&gt;</pre>", id="code-block"),
        pytest.param("a ```b``` c", "<p>a </p><pre>b</pre><p> c</p>", id="code-block-in-a-line"),
        pytest.param(
            "&gt; 引用\n&gt; 続き\n本文", "<blockquote>引用<br>続き</blockquote><p>本文</p>", id="quote"
        ),
        pytest.param(
            "> as our messages write it", "<blockquote>as our messages write it</blockquote>", id="quote-raw"
        ),
        pytest.param(">>> all\nof it", "<blockquote>all<br>of it</blockquote>", id="quote-to-the-end"),
        pytest.param("• ひとつ\n• ふたつ", "<ul><li>ひとつ</li><li>ふたつ</li></ul>", id="bullets"),
        pytest.param("- one\n- two", "<ul><li>one</li><li>two</li></ul>", id="hyphens"),
        pytest.param("3. three\n4. four", '<ol start="3"><li>three</li><li>four</li></ol>', id="numbers"),
        pytest.param("<@U1>", '<p><span class="mention">@神田 美咲</span></p>', id="member"),
        pytest.param("<@U9>", '<p><span class="mention">@U9</span></p>', id="unknown-member"),
        pytest.param("<@U9|tanaka>", '<p><span class="mention">@tanaka</span></p>', id="labelled-member"),
        pytest.param("<#C1>", '<p><span class="mention">#雑談</span></p>', id="channel"),
        pytest.param("<#C9|help>", '<p><span class="mention">#help</span></p>', id="labelled-channel"),
        pytest.param("<!here>", '<p><span class="mention">@here</span></p>', id="broadcast"),
        pytest.param("<!subteam^S1|@team>", '<p><span class="mention">@team</span></p>', id="group"),
        pytest.param("<!date^1^{date}|4月1日>", '<p><span class="mention">4月1日</span></p>', id="date"),
        pytest.param(
            "<https://example.com/?a=1&amp;b=2|here>",
            '<p><a href="https://example.com/?a=1&amp;b=2" rel="noreferrer">here</a></p>',
            id="link",
        ),
        pytest.param(
            "<https://example.com>",
            '<p><a href="https://example.com" rel="noreferrer">https://example.com</a></p>',
            id="link-without-label",
        ),
        pytest.param(
            "<mailto:a@example.com>",
            '<p><a href="mailto:a@example.com" rel="noreferrer">a@example.com</a></p>',
            id="mail",
        ),
        pytest.param(":tada:", '<p><span class="emoji" title=":tada:">🎉</span></p>', id="emoji"),
        pytest.param(
            ":wave::skin-tone-2:",
            '<p><span class="emoji" title=":wave:">👋</span></p>',
            id="emoji-with-skin-tone",
        ),
        pytest.param(":our_own_emoji:", "<p>:our_own_emoji:</p>", id="unknown-emoji"),
    ],
)
def test_markup_becomes_html(text: str, expected: str):
    assert html(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2 * 3 * 4", id="stars-between-spaces"),
        pytest.param("snake_case_name", id="underscores-in-a-word"),
        pytest.param("これは*強調*です", id="inside-japanese-as-in-slack"),
        pytest.param("* not closed", id="only-opened"),
        pytest.param("**", id="nothing-inside"),
        pytest.param("10:30:45", id="a-time"),
        pytest.param("`", id="lonely-backtick"),
        pytest.param("```", id="lonely-fence"),
    ],
)
def test_signs_that_mark_nothing_stay_signs(text: str):
    assert html(text) == f"<p>{text}</p>"


def test_marks_that_cross_never_become_tags_that_cross():
    assert html("*a _b* c_") == "<p><strong>a _b</strong> c_</p>"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<script>alert(1)</script>", id="script"),
        pytest.param("&lt;script&gt;alert(1)&lt;/script&gt;", id="escaped-script"),
        pytest.param("<javascript:alert(1)|押して>", id="javascript-link"),
        pytest.param("<JaVaScRiPt:alert(1)>", id="javascript-in-capitals"),
        pytest.param("<data:text/html,x|y>", id="data-link"),
        pytest.param('<https://a.example" onclick="alert(1)|x>', id="attribute-in-an-address"),
        pytest.param("<https://a.example|</a><img src=x onerror=alert(1)>>", id="tag-in-a-label"),
        pytest.param("<@U2>", id="name-with-markup"),
        pytest.param("<@U9|<img src=x>>", id="tag-in-a-mention"),
        pytest.param("<!<svg onload=alert(1)>>", id="tag-in-a-broadcast"),
        pytest.param("```</pre><script>```", id="closing-the-code"),
        pytest.param("`</code><b>`", id="closing-the-code-span"),
        pytest.param("> </blockquote><h1>", id="closing-the-quote"),
        pytest.param(':tada"onmouseover=alert(1):', id="attribute-in-an-emoji"),
        pytest.param("*<b>*_</p>_~<!--~", id="comment"),
        pytest.param("\x00<scr\x00ipt>\ud800\u202e", id="signs-no-file-can-hold"),
    ],
)
def test_hostile_text_never_becomes_markup(text: str):
    assert_only_our_tags(html(text))


def assert_only_our_tags(written: str) -> None:
    for element in tree_of(written).all():
        assert element.tag in TAGS
        assert element.attributes.keys() <= ATTRIBUTES.get(element.tag, set())
        assert re.match(r"https?://|mailto:", element.attributes.get("href", "https://"), re.IGNORECASE)
    written.encode("utf-8")


PIECES = st.sampled_from(
    [
        *(
            "*",
            "_",
            "~",
            "`",
            "```",
            "<",
            ">",
            "|",
            "&lt;",
            "&amp;",
            '"',
            "'",
            ":",
            "\n",
            "\r",
            " ",
            "a",
            "漢",
        ),
        *(
            "@U1",
            "#C1",
            "!here",
            "https://x.example/",
            "javascript:",
            ":tada:",
            "> ",
            "- ",
            "1. ",
            "<b>",
            "</p>",
        ),
        *("\u202e", "\ud800", "\x00"),
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40).map("".join))
def test_whatever_stands_in_a_text_only_our_tags_come_out_and_each_is_closed(text: str):
    assert_only_our_tags(html(text))


@given(st.text(alphabet="ab漢<>&\"' \n", max_size=60).filter(lambda text: "<" not in text))
def test_no_letter_is_lost(text: str):
    shown = tree_of(html(text)).text

    assert [sign for sign in shown if sign in "ab漢"] == [sign for sign in text if sign in "ab漢"]


@pytest.mark.parametrize(
    "piece", ["*a ", "*a _b ~c ", "<", "`", "> ", "```", ":a", "<@U1|", "- \n", "1. x\n", "&lt;"]
)
def test_the_time_grows_with_the_length_only(piece: str):
    begins = monotonic()
    html(piece * 40_000)

    assert monotonic() - begins < 10  # a second's work; a square of the length would take hours
