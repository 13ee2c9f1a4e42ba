"""The documented format and the real output agree, name by name and in the same order, in both languages."""

import io
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from scheduler.model.cases import ChannelKind, Outcome, SignKind
from scheduler.model.decisions import Reason
from scheduler.model.messages import REPORTED, OutboxState
from scheduler.report import SCHEMA, Period, figure_out, write_json
from scheduler.report.words import (
    channel_kind_in_words,
    outcome_in_words,
    reason_in_words,
    sign_in_words,
)
from tests.unit.report.examples import FINDINGS, HISTORY, NAMES, OPEN_TIME, results

PAGES = {"en": "simulate-json.md", "ja": "simulate-json.ja.md"}
FOLDER = Path(__file__).parents[3] / "docs" / "reference"
LANGUAGES = pytest.mark.parametrize("language", PAGES)

#: Objects that the page describes once, by their names.
SHAPES = (
    ("wait", ("open_seconds", "clock_seconds")),
    ("waits", ("cases", "median", "p90")),
    ("by kind", tuple(kind.value for kind in REPORTED)),
)
#: Objects whose names are values: outcomes, reasons, ids of steps.
MAPPINGS = (
    "outcomes",
    "sent_by_reason",
    "alerts_by_step",
    "held_by_reason",
    "skipped_by_reason",
    "dead_by_reason",
)


@cache
def page(language: str) -> str:
    return (FOLDER / PAGES[language]).read_text(encoding="utf-8")


def documented(language: str) -> list[str]:
    """The names in the tables before the values, in order."""
    names, _, _ = page(language).partition("## Values" if language == "en" else "## 値")
    return re.findall(r"^\| `([^`]+)` \|", names, re.MULTILINE)


def described(language: str) -> dict[str, str]:
    """Each value in the tables of values, with its meaning."""
    _, _, values = page(language).partition("## Values" if language == "en" else "## 値")
    return dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", values, re.MULTILINE))


def document() -> dict[str, object]:
    file = io.StringIO()
    figures = figure_out(results(), open_time=OPEN_TIME, period=Period())
    write_json(file, results(), figures, open_time=OPEN_TIME, names=NAMES, history=HISTORY, findings=FINDINGS)
    loaded: dict[str, object] = json.loads(file.getvalue())
    return loaded


def names_in(value: object, path: str = "") -> Iterator[str]:
    """Every name of a document with the way to it, as the page writes it."""
    if isinstance(value, list):
        for item in value:
            yield from names_in(item, f"{path}[]")
    elif isinstance(value, dict) and not is_described_elsewhere(value, path):
        for name, inner in value.items():
            here = f"{path}.{name}".removeprefix(".")
            here = re.sub(r"^figures\.(first_posts|beginners|all_cases)\b", "figures.GROUP", here)
            yield here
            yield from names_in(inner, here)


def is_described_elsewhere(value: dict[str, object], path: str) -> bool:
    return path.rpartition(".")[2] in MAPPINGS or tuple(value) in [names for _, names in SHAPES]


@LANGUAGES
def test_every_name_is_documented_in_the_order_in_which_it_comes(language: str):
    shapes = [f"{shape}.{name}" for shape, names in SHAPES for name in names]

    assert documented(language) == [*dict.fromkeys(names_in(document())), *shapes]


@LANGUAGES
def test_the_page_names_the_format(language: str):
    assert f"`{SCHEMA}`" in page(language)


@LANGUAGES
def test_every_value_is_documented(language: str):
    enums = (Outcome, ChannelKind, SignKind, OutboxState, Reason)

    assert described(language).keys() == {value.value for enum in enums for value in enum} | {"open"}


@LANGUAGES
def test_reasons_are_described_in_the_words_of_the_tables(language: str):
    values = described(language)

    assert {reason: values[reason] for reason in Reason} == {
        reason: reason_in_words(language, reason) for reason in Reason
    }


@pytest.mark.parametrize(
    "in_words",
    [
        pytest.param(lambda language: [outcome_in_words(language, each) for each in Outcome], id="outcomes"),
        pytest.param(
            lambda language: [channel_kind_in_words(language, each) for each in ChannelKind], id="kinds"
        ),
        pytest.param(lambda language: [sign_in_words(language, each) for each in SignKind], id="signs"),
    ],
)
@LANGUAGES
def test_other_values_are_described_in_the_same_words(language: str, in_words: Callable[[str], list[str]]):
    assert [words for words in in_words(language) if f"| {words} |" not in page(language)] == []
