import pytest

from scheduler.errors import Problem
from scheduler.strictyaml import compose, describe


def words(text: str, language: str) -> str:
    _, problems = compose(text, "welcome.yaml")
    return "\n".join(describe(problem, language) for problem in problems)


def test_japanese():
    assert words("text: *太字*の文", "ja") == (
        "welcome.yaml:1:7: 「*」で始まる文は、このままでは書けません。"
        '文全体を " " で囲んでください。 [yaml.special_start]\n'
        "    text: *太字*の文\n"
        "          ^"
    )


def test_english():
    assert words("a: 1\na: 2", "en") == (
        "welcome.yaml:2:1: `a` is written twice (first in line 1). Please keep one of them. "
        "[yaml.duplicate_key]\n"
        "    a: 2\n"
        "    ^"
    )


@pytest.mark.parametrize(
    ("source", "column", "caret"),
    [
        pytest.param("text: x", 7, 6, id="letters-take-one-column"),
        pytest.param("お知らせ: あした", 5, 8, id="japanese-takes-two"),
        pytest.param("ｶﾅ: x", 5, 4, id="half-width-kana-takes-one"),
        pytest.param("か\u3099: x", 5, 4, id="combining-mark-takes-none"),
        pytest.param("　x", 2, 2, id="full-width-space-takes-two"),
        pytest.param("\tx", 2, 1, id="tab-is-shown-as-one"),
    ],
)
def test_the_caret_stands_below_the_character(source: str, column: int, caret: int):
    problem = Problem(code="yaml.syntax", file="f.yaml", line=1, column=column, source=source)

    last = describe(problem, "ja").splitlines()[-1]

    assert last == "    " + " " * caret + "^"


def test_a_long_line_is_shown_around_the_caret():
    problem = Problem(code="yaml.syntax", file="f.yaml", line=1, column=300, source="あ" * 299 + "x" * 300)

    _, source, caret = describe(problem, "en").splitlines()

    assert source == "    " + "あ" * 25 + "x" * 50
    assert caret == "    " + " " * 50 + "^"


def test_a_problem_of_the_whole_file_has_no_line():
    problem = Problem(code="yaml.missing_file", file="config.yaml")

    assert describe(problem, "en") == (
        "config.yaml: There is no such file. Please check its name, and the folder you are in "
        "(--config or AMBASSADOR_CONFIG say which file is read). [yaml.missing_file]"
    )


def test_the_near_name_comes_last():
    problem = Problem(code="yaml.empty", file="f.yaml", near="after")

    assert describe(problem, "ja").splitlines()[-1] == "    `after` のことですか？"
    assert describe(problem, "en").splitlines()[-1] == "    Did you mean `after`?"


def test_nothing_that_steers_a_terminal_is_printed():
    assert "\x1b" not in words("a: \x1b[31m", "ja")
