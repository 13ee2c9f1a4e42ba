"""Words for people are in the catalogues, complete in both languages, and nowhere in the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
import yaml

REPO = Path(__file__).parents[2]
PACKAGE = REPO / "scheduler"
MODULES = sorted(PACKAGE.rglob("*.py"))
CATALOGUE = PACKAGE / "catalogue"
AREAS = sorted({path.name for language in ("ja", "en") for path in (CATALOGUE / language).glob("*.yaml")})
JAPANESE = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uff66-\uff9d]")

#: Files whose Japanese is data of the code, each with the reason.
MAY_HOLD_JAPANESE = {
    "config/days.py": "how people write a date",
    "config/durations.py": "how people write a length of time",
    "config/times.py": "how people write hours",
    "config/weekdays.py": "how people write a weekday",
    "model/placeholders.py": "example values of the placeholders",
    "policy/phrases/pattern.py": "what may stand behind the end of a sentence",
    "policy/phrases/plain.py": "how people address somebody by a mention",
    "policy/phrases/terms.py": "the letters of katakana and kanji",
    "simulate/sample/everyday.py": "names of the sample community's channels",
    "templates/samples.py": "the sample people whom messages are tried on",
}


def sentences(language: str, area: str) -> dict[str, str]:
    loaded: dict[str, str] = yaml.safe_load((CATALOGUE / language / area).read_text(encoding="utf-8"))
    return loaded


def names_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def strings_outside_docstrings(tree: ast.Module) -> Iterator[str]:
    statements = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    docstrings = {id(node) for node in statements if isinstance(node, ast.Constant)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def codes_said(tree: ast.Module) -> Iterator[str]:
    """The literal codes that a module asks the catalogue for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
            yield from (arg.value for arg in node.args[1:2] if isinstance(arg, ast.Constant))  # type: ignore[misc]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_have_the_same_sentences(area: str):
    assert sentences("ja", area).keys() == sentences("en", area).keys()


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_use_the_same_values(area: str):
    japanese, english = sentences("ja", area), sentences("en", area)
    different = {code for code in japanese if names_in(japanese[code]) != names_in(english[code])}

    assert different == set()


@pytest.mark.parametrize("area", AREAS)
def test_japanese_sentences_are_japanese_and_english_ones_are_not(area: str):
    not_a_word = re.compile(r"\{[^}]*\}|`[^`]*`|「[^」]*」|[A-Za-z0-9\W_]+")
    japanese = {code for code, text in sentences("ja", area).items() if not JAPANESE.search(text)}
    english = {
        code for code, text in sentences("en", area).items() if JAPANESE.search(not_a_word.sub("", text))
    }

    assert {
        code for code in japanese if re.search(r"[a-z]{3} [a-z]{2}", sentences("ja", area)[code])
    } == set()
    assert english == set()


def test_every_code_that_is_said_has_a_sentence():
    known = {f"{area.removesuffix('.yaml')}.{name}" for area in AREAS for name in sentences("en", area)}
    said = {(str(path.relative_to(REPO)), code) for path in MODULES for code in codes_said(parsed(path))}

    assert {where for where in said if where[1] not in known} == set()


def test_every_module_says_what_it_is_for():
    assert [str(path.relative_to(REPO)) for path in MODULES if not ast.get_docstring(parsed(path))] == []


def test_japanese_for_people_stands_in_yaml_not_in_code():
    found = {
        str(path.relative_to(PACKAGE))
        for path in MODULES
        if any(JAPANESE.search(text) for text in strings_outside_docstrings(parsed(path)))
    }

    assert found == MAY_HOLD_JAPANESE.keys()
