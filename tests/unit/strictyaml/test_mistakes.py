"""The typical slips of people who are no programmers: what is said, and where."""

import pytest

from scheduler.catalogue import LANGUAGES
from scheduler.catalogue import _area as sentences
from scheduler.strictyaml import compose

#: text, code, line, column
MISTAKES = [
    pytest.param("a:\n\tb: 1", "tab", 2, 1, id="tab"),
    pytest.param("a:\u3000b", "wide_space", 1, 3, id="full-width-space-after-the-colon"),
    pytest.param("a: 1\nb:\u3000c\nd: 1", "wide_space", 2, 3, id="the-line-below-is-not-to-blame"),
    pytest.param("a:\n\u3000b: 1", "wide_space", 2, 1, id="full-width-indent"),
    pytest.param("\u3000a: 1", "wide_space", 1, 1, id="full-width-space-before-a-key"),
    pytest.param("b：1", "wide_colon", 1, 2, id="full-width-colon"),
    pytest.param("a:\n  b：1\n  c: 2", "wide_colon", 2, 4, id="full-width-colon-above"),
    pytest.param("a:\n  - x\n  ・y", "wide_dash", 3, 3, id="japanese-bullet"),
    pytest.param("a:1", "no_space", 1, 2, id="no-space-after-the-colon"),
    pytest.param("a: 1\nb:2\nc: 3", "no_space", 2, 2, id="no-space-in-the-line-above"),
    pytest.param("a:\n  教えて:5\n  b: 3", "no_space", 2, 6, id="no-space-after-a-japanese-key"),
    pytest.param("- a: [x]\n  b:off\n\n- a: [y]", "no_space", 2, 4, id="the-item-below-is-not-to-blame"),
    pytest.param(
        "b:\n  c: |\n    x:y\n  d:z\n  e: 1", "no_space", 4, 4, id="words-of-a-block-are-not-to-blame"
    ),
    pytest.param("- t: |\n    x:y\n  u:z\n  v: 1", "no_space", 3, 4, id="the-key-after-a-block-in-an-item"),
    pytest.param("text: :wave: hello", "special_start", 1, 7, id="stamp-at-the-start"),
    pytest.param("text: @channel", "special_start", 1, 7, id="mention-at-the-start"),
    pytest.param("text: *bold*", "special_start", 1, 7, id="bold-text-alone"),
    pytest.param("text: *bold* text", "special_start", 1, 7, id="bold-at-the-start"),
    pytest.param("- *bold* text\n- x", "special_start", 1, 3, id="bold-in-a-list"),
    pytest.param("text: `code`", "special_start", 1, 7, id="code-at-the-start"),
    pytest.param("text: &amp", "special_start", 1, 7, id="ampersand-at-the-start"),
    pytest.param("text: !important", "special_start", 1, 7, id="exclamation-mark-at-the-start"),
    pytest.param("text: %", "special_start", 1, 7, id="percent-at-the-start"),
    pytest.param("text: {{ name }} さん", "special_start", 1, 7, id="placeholder-at-the-start"),
    pytest.param("text: {{ name }}", "special_start", 1, 7, id="placeholder-alone"),
    pytest.param("text: {% if x %}", "special_start", 1, 7, id="statement-at-the-start"),
    pytest.param("channel: #general\nb: 1", "special_start", 1, 10, id="channel-that-becomes-a-comment"),
    pytest.param("a:\n  - #general", "special_start", 2, 5, id="channel-that-becomes-a-comment-in-a-list"),
    pytest.param(": x", "special_start", 1, 1, id="no-key"),
    pytest.param("a: > b\n c", "special_start", 1, 4, id="text-after-a-block-sign"),
    pytest.param("text: お知らせ: あした", "colon_in_text", 1, 11, id="colon-inside-of-text"),
    pytest.param('text: "a" b', "quote", 1, 7, id="text-after-a-quotation"),
    pytest.param('text: "a\nb: 1', "quote", 1, 7, id="quotation-that-does-not-end"),
    pytest.param("list: [a, b\nc: 1", "bracket", 1, 7, id="bracket-that-does-not-end"),
    pytest.param("open: [:pushpin:]", "special_start", 1, 8, id="stamp-in-brackets"),
    pytest.param("open: [a, *b*]", "special_start", 1, 11, id="star-in-brackets"),
    pytest.param(
        "open: [#a, b]\nc: 'd'", "special_start", 1, 8, id="channel-in-brackets-that-becomes-a-comment"
    ),
    pytest.param('list: ["*a*, "*b*"]', "bracket", 1, 7, id="quotation-in-brackets-that-does-not-end"),
    pytest.param("a: b\n    c: 5", "indent", 2, 5, id="two-spaces-too-deep"),
    pytest.param('a: "b" # x\n    c: "d"', "indent", 2, 5, id="too-deep-below-a-quotation"),
    pytest.param("- a: b\n    c: 5\n  d: 1", "indent", 2, 5, id="too-deep-in-an-item"),
    pytest.param("a:\n  b: 1\n c: 2", "indent", 3, 2, id="indent"),
    pytest.param("a: |\n  x\n y", "indent", 3, 2, id="indent-of-a-block"),
    pytest.param("a: b\n- c", "syntax", 2, 1, id="nothing-that-we-know"),
    pytest.param("a: 1\n---\nb: 1", "many_documents", 2, 1, id="second-part"),
    pytest.param("a: 1\na: 2", "duplicate_key", 2, 1, id="key-twice"),
    pytest.param("a: \x07", "control_character", 1, 4, id="invisible"),
    pytest.param("[" * 30, "too_deep", 1, 21, id="too-deep"),
    pytest.param("a: " + "x" * 500_000, "too_large", 0, 0, id="too-large"),
    pytest.param("# nothing", "empty", 0, 0, id="only-a-comment"),
    pytest.param("- a", "no_mapping", 1, 1, id="list"),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), MISTAKES)
def test_a_mistake_is_found_where_it_was_made(text: str, code: str, line: int, column: int):
    composed, problems = compose(text, "file.yaml")

    assert composed is None
    assert [(each.code, each.line, each.column) for each in problems] == [(f"yaml.{code}", line, column)]


def test_all_forgotten_spaces_in_a_row_are_told_at_once():
    _, problems = compose("a: 1\nb:2\nc:3\nd: 4", "file.yaml")

    assert [(each.code, each.line) for each in problems] == [("yaml.no_space", 2), ("yaml.no_space", 3)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: '*bold*'", id="quoted"),
        pytest.param("a: |\n  :wave: {{ name }} さん\n  #general", id="block"),
        pytest.param("a: https://example.com/x:y", id="address"),
        pytest.param("a: 件名：お知らせ", id="full-width-colon-in-text"),
        pytest.param("a:  # a comment\n  b: 1", id="comment-after-a-key"),
        pytest.param("a: x  #not a channel", id="comment-after-a-value"),
        pytest.param("a: b\u3000c", id="full-width-space-in-text"),
        pytest.param("a:\n  # 注釈\n  - ・b", id="bullet-in-text"),
    ],
)
def test_what_is_right_is_no_mistake(text: str):
    assert compose(text, "file.yaml")[1] == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_belongs_to_a_mistake_or_a_file(language: str):
    of_files = {"missing_file", "unreadable_file", "unreadable_folder", "not_utf8", "near"}

    assert set(sentences(language, "yaml")) - of_files == {str(mistake.values[1]) for mistake in MISTAKES}
