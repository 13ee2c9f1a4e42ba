"""One bad phrase file for each rule: which problem, exactly where, and in which words."""

from pathlib import Path

import pytest

from scheduler.catalogue import LANGUAGES
from scheduler.catalogue import _area as sentences
from scheduler.errors import Problem
from scheduler.phrases import read
from scheduler.strictyaml import describe

FOLDER = Path(__file__).parents[2] / "data" / "phrases"

#: file, code, line, column, near name
RULES = [
    ("empty_phrase", "empty_phrase", 2, 3, None),
    ("expected_weights", "expected_weights", 1, 1, None),
    ("no_weight", "no_weight", 2, 3, None),
    ("not_a_number.half", "not_a_number", 2, 10, None),
    ("not_a_number.wide", "not_a_number", 2, 10, "3"),
    ("not_a_number", "not_a_number", 2, 10, None),
    ("not_a_number.yes", "not_a_number", 2, 10, None),
    ("nothing_to_switch_off", "nothing_to_switch_off", 2, 3, "どなたか"),
    ("out_of_range.sign", "out_of_range", 2, 9, None),
    ("out_of_range.switch", "out_of_range", 2, 10, None),
    ("out_of_range", "out_of_range", 2, 10, None),
    ("too_long", "too_long", 2, 3, None),
    ("too_short", "too_short", 2, 3, None),
    ("twice.width", "twice", 3, 3, None),
    ("twice", "twice", 4, 3, None),
    ("unknown_section", "unknown_section", 3, 1, "tells"),
]
#: It is about the name of a file, not about what stands in one.
OF_NAMES = {"wrong_ending"}


def problems_of(name: str, folder: Path) -> tuple[Problem, ...]:
    """A file is only read under its own name."""
    file = folder / "phrases.yaml"
    file.write_bytes((FOLDER / f"bad.{name}.yaml").read_bytes())
    phrases, problems = read(file)
    assert phrases is None
    return problems


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule[0])
def test_the_only_problem_of_the_file_stands_there(
    rule: tuple[str, str, int, int, str | None], tmp_path: Path
):
    name, code, *place = rule

    told = [(each.code, each.line, each.column, each.near) for each in problems_of(name, tmp_path)]
    assert told == [(f"phrases.{code}", *place)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_bad_file_is_explained_in_exactly_these_words(language: str, tmp_path: Path):
    words = (FOLDER / f"words.{language}.txt").read_text(encoding="utf-8")

    told = [describe(each, language) for name, *_ in RULES for each in problems_of(name, tmp_path)]
    assert "\n\n".join(told).replace(f"{tmp_path}/", "") + "\n" == words


def test_every_bad_file_has_its_line_in_the_table():
    files = {path.name.removeprefix("bad.").removesuffix(".yaml") for path in FOLDER.glob("bad.*.yaml")}

    assert files == {name for name, *_ in RULES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_a_bad_file(language: str):
    assert set(sentences(language, "phrases")) - OF_NAMES == {code for _, code, *_ in RULES}


def test_all_problems_are_told_at_once_in_the_order_of_the_file(tmp_path: Path):
    file = tmp_path / "phrases.yaml"
    file.write_text("askss:\n  教えてけろ: 3\ntells:\n  の: 9\n  回覧です: 9\n", encoding="utf-8")

    assert [(each.code, each.line) for each in read(file)[1]] == [
        ("phrases.unknown_section", 1),
        ("phrases.too_short", 4),
        ("phrases.out_of_range", 5),
    ]


def test_what_is_no_yaml_is_told_like_in_every_other_file(tmp_path: Path):
    file = tmp_path / "phrases.yaml"
    file.write_text("asks:\n\t教えてけろ: 3\n", encoding="utf-8")

    assert [(each.code, each.line) for each in read(file)[1]] == [("yaml.tab", 2)]
