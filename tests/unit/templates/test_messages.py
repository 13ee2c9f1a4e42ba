from collections.abc import Callable

import pytest

from scheduler.errors import RenderFailed, UnknownMessage
from scheduler.model.messages import ChannelRef, MemberRef, MessageKind, PlaceholderValue, PostRef, Wait
from scheduler.model.placeholders import PLACEHOLDERS
from scheduler.templates import Messages

Written = Callable[..., Messages]

ALERT: dict[str, PlaceholderValue] = {p.name: p.example for p in PLACEHOLDERS[MessageKind.ALERT]}
WELCOME: dict[str, PlaceholderValue] = {"member": MemberRef("U1"), "member_name": "中村 葵"}


def text_of(messages: Messages, values: dict[str, PlaceholderValue], *, locale: str = "ja") -> str:
    (name,) = messages.names()
    (block,) = messages.render(name, locale=locale, rotation=0, values=values).blocks
    text = block["text"]
    assert isinstance(text, dict)
    return str(text["text"])


def alert(text: str) -> str:
    return f"kind: alert\nplain: a\ntext: |\n  {text}\n"


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        pytest.param("{{ author_name }}さん", {}, "中村 葵さん", id="name"),
        pytest.param("{{ author_name }}さん", {"author_name": ""}, "メンバーさん", id="empty-name"),
        pytest.param("a{{ topic }}", {"topic": " "}, "a", id="empty-topic-stays-empty"),
        pytest.param("{{ channel }}", {"channel": ChannelRef("C7")}, "<#C7>", id="channel"),
        pytest.param(
            "<{{ post }}|開く>",
            {"post": PostRef("C7", "1795312800.000100")},
            "<https://town.slack.com/archives/C7/p1795312800000100|開く>",
            id="permalink",
        ),
        pytest.param("{{ waited }}", {"waited": Wait(65)}, "1時間5分", id="wait"),
        pytest.param("{{ excerpt | quote }}。", {"excerpt": "a\nb"}, "> a\n> b。", id="quote"),
        pytest.param("x{{ excerpt }}", {"excerpt": "a\nb"}, "xa b", id="post-on-one-line"),
        pytest.param("a{% if topic %}b{% endif %}c", {"topic": "x"}, "abc", id="if-inside-a-line"),
        pytest.param("{{ 'はじめて' if first_post else '二度目' }}", {}, "はじめて", id="inline-if"),
        pytest.param("{{ channel('自己紹介') }}", {}, "<#C0JIKO>", id="channel-by-name"),
        pytest.param('{{ channel("#自己紹介") }}', {}, "<#C0JIKO>", id="channel-by-name-with-its-sign"),
        pytest.param("{{ channel('昔の') }}", {}, "#昔の", id="channel-that-does-not-exist"),
        pytest.param("@here a@b.example", {}, "＠here a@b.example", id="loud-word-of-the-template"),
        pytest.param("{# これはメモ #}a", {}, "a", id="comment"),
        pytest.param("a{#\n  {% if topic %}\n  b\n  {% endif %}\n  #}c", {}, "ac", id="lines-commented-out"),
        pytest.param("{{ '<' }}a", {}, "&lt;a", id="text-of-the-template-in-a-tag"),
        pytest.param("<https://a.example/?a=1|a>", {}, "<https://a.example/?a=1|a>", id="link"),
    ],
)
def test_a_template_is_filled(
    text: str, values: dict[str, PlaceholderValue], expected: str, written: Written
):
    messages = written(ja_alert=alert(text)).bind(
        workspace_url="https://town.slack.com/", channel_id={"自己紹介": "C0JIKO"}.get
    )
    assert text_of(messages, {**ALERT, **values}) == expected


LINES = """kind: alert
plain: a
text: |
  一行目{% if topic %}（{{ topic }}）{% endif %}

  {% if excerpt %}
  {{ excerpt | quote }}

  {% endif %}
    {% if asks %} {# memo #}
  質問です{% if first_post %}。{% endif %}
  {% endif %}
  終わり
"""


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param({"topic": "法規"}, "一行目（法規）\n\n> 本文\n\n質問です。\n終わり", id="everything"),
        pytest.param({"excerpt": ""}, "一行目\n\n質問です。\n終わり", id="no-post"),
        pytest.param({"asks": False, "excerpt": ""}, "一行目\n\n終わり", id="little"),
        pytest.param({"first_post": False}, "一行目\n\n> 本文\n\n質問です\n終わり", id="line-ends-in-a-tag"),
    ],
)
def test_a_line_of_tags_alone_leaves_no_line_and_no_line_is_joined_to_the_next(
    values: dict[str, PlaceholderValue], expected: str, written: Written
):
    assert text_of(written(ja_alert=LINES), {**ALERT, "excerpt": "本文", **values}) == expected


def test_the_plain_text_is_one_line_without_spaces_between_japanese_sentences(written: Written):
    messages = written(ja_welcome="kind: welcome\ntext: a\nplain: |\n  ようこそ。\n  どうぞ see you。 now\n")
    rendered = messages.render("welcome", locale="ja", rotation=0, values=WELCOME)
    assert rendered.text == "ようこそ。どうぞ see you。 now"


GREETING = "kind: welcome\ntext: {0}\nplain: {0}\n"


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        pytest.param("ja", "日本語", id="ja"),
        pytest.param("en", "English", id="en"),
        pytest.param("en-GB", "English", id="en-GB"),
        pytest.param("ja_JP", "日本語", id="ja_JP"),
        pytest.param("fr-FR", "日本語", id="another-language"),
        pytest.param("", "日本語", id="unknown"),
    ],
)
def test_the_reader_gets_a_language_that_exists(locale: str, expected: str, written: Written):
    messages = written(ja_welcome=GREETING.format("日本語"), en_welcome=GREETING.format("English"))
    assert text_of(messages, WELCOME, locale=locale) == expected


def test_a_missing_translation_is_a_warning_and_the_other_language_serves(written: Written):
    messages = written(
        ja_welcome=GREETING.format("日本語"), ja_thanks="kind: thanks\ntext: a\nplain: a\n",
        en_thanks="kind: thanks\ntext: a\nplain: a\n",
    )  # fmt: skip
    assert [(w.code, w.values["name"], w.values["language"]) for w in messages.warnings] == [
        ("messages.missing_translation", "welcome", "en")
    ]
    rendered = messages.render("welcome", locale="en", rotation=0, values=WELCOME)
    assert rendered.text == "日本語"


def test_a_language_that_nobody_writes_is_not_missed(written: Written):
    assert written(ja_welcome=GREETING.format("日本語")).warnings == ()


VARIANTS = "kind: welcome\nvariants:\n" + "".join(f"  - text: t{n}\n    plain: p{n}\n" for n in range(3))


def test_rotation_goes_through_all_variants_and_begins_again(written: Written):
    messages = written(ja_welcome=VARIANTS)
    texts = [
        messages.render("welcome", locale="ja", rotation=number, values=WELCOME).text for number in range(7)
    ]
    assert texts == ["p0", "p1", "p2", "p0", "p1", "p2", "p0"]


def test_messages_tell_what_they_are(shipped: Messages):
    assert shipped.names() == (
        *("alert_done", "alert_first_look", "alert_second_pair", "alert_still_open", "alert_whole_team"),
        *("notice_channel", "notice_closed", "notice_config", "notice_dead", "notice_late", "notice_refused"),
        *("notice_restricted", "thanks", "welcome"),
    )
    assert shipped.kind_of("welcome") == MessageKind.WELCOME
    assert shipped.languages_of("thanks") == ("ja", "en")
    assert shipped.channels_of("welcome") == ("今日の一枚", "雑談")


def test_what_the_service_says_by_itself_is_there_even_when_a_folder_has_only_its_own_messages(
    written: Written, shipped: Messages
):
    messages = written(ja_welcome=VARIANTS)
    values = {placeholder.name: placeholder.example for placeholder in PLACEHOLDERS[MessageKind.CARD]}
    said, theirs = (
        each.render("alert_done", locale="en", rotation=0, values=values) for each in (messages, shipped)
    )
    assert (messages.names(), said) == (("welcome",), theirs)
    with pytest.raises(UnknownMessage):
        messages.kind_of("thanks")


def test_an_unknown_message_is_unknown(shipped: Messages):
    with pytest.raises(UnknownMessage):
        shipped.kind_of("goodbye")
    with pytest.raises(RenderFailed):
        shipped.render("goodbye", locale="ja", rotation=0, values={})


def test_a_value_that_a_message_uses_and_nobody_gave_is_no_half_filled_message(shipped: Messages):
    with pytest.raises(RenderFailed):
        shipped.render("alert_first_look", locale="ja", rotation=0, values={"author_name": "中村"})


def test_a_value_that_no_placeholder_asks_for_changes_nothing(shipped: Messages):
    known = shipped.render("welcome", locale="ja", rotation=0, values=WELCOME)
    assert shipped.render("welcome", locale="ja", rotation=0, values={**WELCOME, "age": 3}) == known


def test_the_same_values_render_to_the_same_payload(shipped: Messages):
    first, second = (shipped.render("thanks", locale="ja", rotation=1, values=VALUES) for _ in range(2))
    assert first == second


VALUES: dict[str, PlaceholderValue] = {p.name: p.example for p in PLACEHOLDERS[MessageKind.THANKS]}


def test_a_file_that_is_read_anew_is_compiled_again_only_if_it_has_changed(written: Written):
    first, again = written(ja_alert=alert("一つ目")), written(ja_alert=alert("一つ目"))
    changed = written(ja_alert=alert("二つ目"))

    assert again.file_of("alert", "ja") is first.file_of("alert", "ja")
    assert [text_of(each, ALERT) for each in (first, changed)] == ["一つ目", "二つ目"]
