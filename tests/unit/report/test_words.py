from collections.abc import Callable
from datetime import timedelta
from importlib.resources import files
from typing import Any

import pytest
import yaml

from scheduler.catalogue import LANGUAGES
from scheduler.model.cases import ChannelKind, Outcome, SignKind
from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind
from scheduler.report.words import (
    channel_kind_in_words,
    clock_time_in_words,
    day_and_time,
    kind_in_words,
    open_time_in_words,
    outcome_in_words,
    reason_in_words,
    sign_in_words,
)
from tests.unit.report.examples import TOKYO, at

MEMBERS: list[tuple[Callable[[str, Any], str], Any]] = [
    *((reason_in_words, reason) for reason in Reason),
    *((outcome_in_words, outcome) for outcome in (*Outcome, None)),
    *((kind_in_words, kind) for kind in MessageKind),
    *((channel_kind_in_words, kind) for kind in ChannelKind),
    *((sign_in_words, sign) for sign in SignKind),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("in_words", "member"), MEMBERS, ids=lambda value: getattr(value, "value", ""))
def test_everything_that_is_decided_has_words(
    language: str, in_words: Callable[[str, Any], str], member: object
):
    assert in_words(language, member) != ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_left_over(language: str):
    text = files("scheduler.catalogue").joinpath(language, "reasons.yaml").read_text(encoding="utf-8")

    assert len(yaml.safe_load(text)) == len(MEMBERS)


@pytest.mark.parametrize(
    ("minutes", "ja", "en"),
    [
        pytest.param(0.4, "1分未満", "< 1 min", id="nearly nothing"),
        pytest.param(0.6, "1分", "1 min", id="to the nearest minute"),
        pytest.param(60, "1時間", "1 h", id="an hour"),
        pytest.param(130, "2時間10分", "2 h 10 min", id="hours and minutes"),
        pytest.param(10 * 60 + 59, "10時間", "10 h", id="no minutes from ten hours on"),
        pytest.param(36 * 60, "36時間", "36 h", id="open time knows no days"),
        pytest.param(1_234 * 60, "1,234時間", "1,234 h", id="a very long time"),
    ],
)
def test_open_time_is_told_in_hours(minutes: float, ja: str, en: str):
    length = timedelta(minutes=minutes)

    assert (open_time_in_words("ja", length), open_time_in_words("en", length)) == (ja, en)


@pytest.mark.parametrize(
    ("hours", "ja", "en"),
    [
        pytest.param(47, "47時間", "47 h", id="less than two days"),
        pytest.param(48, "2日", "2 d", id="two days"),
        pytest.param(76, "3日4時間", "3 d 4 h", id="days and hours"),
    ],
)
def test_clock_time_is_told_in_days_from_two_days_on(hours: int, ja: str, en: str):
    length = timedelta(hours=hours)

    assert (clock_time_in_words("ja", length), clock_time_in_words("en", length)) == (ja, en)


def test_a_moment_is_told_with_its_weekday():
    moment = at("2026-04-20 09:05")

    assert day_and_time("ja", moment, TOKYO) == "4月20日（月）09:05"
    assert day_and_time("en", moment, TOKYO) == "Mon 20 Apr 09:05"
