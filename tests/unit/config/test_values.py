from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from scheduler.config.days import closure, dates
from scheduler.config.durations import duration, duration_or_zero
from scheduler.config.names import channel, channel_pattern, member, stamp, url, zone
from scheduler.config.times import end_of_time, hours, time_of_day
from scheduler.config.weekdays import weekdays
from scheduler.settings import Hours


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("30m", timedelta(minutes=30)),
        ("1h", timedelta(hours=1)),
        ("3h30m", timedelta(hours=3, minutes=30)),
        ("2d", timedelta(days=2)),
        ("2w", timedelta(weeks=2)),
        ("1w2d3h4m", timedelta(weeks=1, days=2, hours=3, minutes=4)),
        ("30分", timedelta(minutes=30)),
        ("1時間", timedelta(hours=1)),
        ("3時間30分", timedelta(hours=3, minutes=30)),
        ("2日", timedelta(days=2)),
        ("2週間", timedelta(weeks=2)),
    ],
)
def test_lengths_of_time(text: str, length: timedelta):
    assert duration(text) == length


def test_only_some_lengths_may_be_nothing():
    assert duration_or_zero("0m") == timedelta(0)
    with pytest.raises(PydanticCustomError):
        duration("0m")


@given(st.integers(1, 500), st.integers(0, 23), st.integers(0, 59))
def test_a_length_of_time_is_the_sum_of_its_parts(days: int, hour: int, minute: int):
    assert duration(f"{days}d{hour}h{minute}m") == timedelta(days=days, hours=hour, minutes=minute)


@pytest.mark.parametrize(
    ("text", "at"),
    [("09:00", time(9)), ("10:00", time(10)), ("22:30", time(22, 30)), ("9:05", time(9, 5))],
)
def test_times_of_day(text: str, at: time):
    assert time_of_day(text) == at


def test_the_end_of_the_day_is_a_time_only_where_something_ends():
    assert hours("09:00-24:00") == Hours(opens=time(9), closes=time(0))
    assert end_of_time("24:00") == time(0)
    with pytest.raises(PydanticCustomError):
        time_of_day("24:00")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon", {0}),
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("sat, sun", {5, 6}),
        ("sat-mon", {5, 6, 0}),
        ("月-金", {0, 1, 2, 3, 4}),
        ("土、日", {5, 6}),
        (["wed", "金"], {2, 4}),
    ],
)
def test_weekdays(text: object, days: set[int]):
    assert weekdays(text) == days


def test_days_of_every_year_may_cross_its_end():
    assert closure("12-29..01-03") == ((12, 29), (1, 3))
    assert closure("05-01") == ((5, 1), (5, 1))
    assert closure("02-29") == ((2, 29), (2, 29))


def test_dates_from_one_to_another_have_both_ends():
    assert dates("2026-12-31..2027-01-01") == {date(2026, 12, 31), date(2027, 1, 1)}


@pytest.mark.parametrize(
    ("read", "value"),
    [
        pytest.param(duration, "1h3w", id="units-out-of-order"),
        pytest.param(duration, "", id="no-length"),
        pytest.param(duration, "-1h", id="negative"),
        pytest.param(duration, True, id="yes-is-no-length"),
        pytest.param(duration, "9999999999999999h", id="longer-than-python-can-count"),
        pytest.param(time_of_day, "25:00", id="hour-25"),
        pytest.param(time_of_day, 1350, id="time-as-a-number"),
        pytest.param(hours, "09:00", id="half-of-hours"),
        pytest.param(hours, "09:00-12:00-13:00", id="three-times"),
        pytest.param(hours, "09:00-09:00", id="no-hours-at-all"),
        pytest.param(weekdays, 5, id="crontab's-friday"),
        pytest.param(weekdays, "someday", id="no-weekday"),
        pytest.param(closure, "02-30", id="no-such-day"),
        pytest.param(dates, "2026-02-29", id="no-leap-year"),
        pytest.param(dates, "0001-01-01..9999-12-31", id="longer-than-a-year"),
        pytest.param(channel, "*", id="pattern-is-no-channel"),
        pytest.param(channel_pattern, "General", id="capital"),
        pytest.param(member, "@hanako", id="name-is-no-member"),
        pytest.param(stamp, "✅", id="picture-is-no-stamp"),
        pytest.param(url, "http://example.slack.com", id="not-encrypted"),
        pytest.param(url, "https://user:pass@example.slack.com", id="password"),
        pytest.param(zone, "../../etc/passwd", id="path-is-no-zone"),
        pytest.param(zone, "Asia", id="folder-is-no-zone"),
        pytest.param(zone, "", id="no-zone"),
    ],
)
def test_refused(read: Callable[[object], object], value: object):
    with pytest.raises(PydanticCustomError):
        read(value)


@pytest.mark.parametrize("number", [0, 4, 30, -1])
def test_no_unit_is_guessed(number: int):
    with pytest.raises(PydanticCustomError) as refused:
        duration(number)

    assert refused.value.context is not None
    assert refused.value.context.get("near") is None


@pytest.mark.parametrize(
    ("read", "value", "near"),
    [
        pytest.param(closure, "4月16日", "04-16", id="yearly-day-in-japanese"),
        pytest.param(closure, "2026-12-29..2027-01-03", "12-29..01-03", id="closure-with-years"),
        pytest.param(stamp, "eyes、tada", "eyes, tada", id="japanese-comma"),
        pytest.param(channel_pattern, "窓口、住民", "窓口, 住民", id="japanese-comma-in-channels"),
        pytest.param(channel_pattern, "#雑談", "雑談", id="hash"),
        pytest.param(duration, "３時間", "3時間", id="full-width-number"),
        pytest.param(duration, "1 H", "1h", id="space-and-capital"),
        pytest.param(time_of_day, "９：００", "09:00", id="full-width-time"),
        pytest.param(time_of_day, "9時30分", "09:30", id="time-in-japanese"),
        pytest.param(hours, "8:30～17:15", "08:30-17:15", id="wave-dash"),
        pytest.param(hours, "８：３０－１７：１５", "08:30-17:15", id="full-width-hours"),
        pytest.param(weekdays, "月曜日", "月", id="long-name"),
        pytest.param(dates, "2026年8月13日", "2026-08-13", id="date-in-japanese"),
        pytest.param(channel_pattern, "#General Chat", "general-chat", id="as-shown-in-slack"),
        pytest.param(stamp, ":+1::skin-tone-2:", "+1", id="skin-tone"),
        pytest.param(member, "u0123abcd", "U0123ABCD", id="small-letters"),
        pytest.param(zone, "JST", "Asia/Tokyo", id="what-people-call-it"),
        pytest.param(url, "http://example.slack.com", "https://example.slack.com", id="not-encrypted"),
    ],
)
def test_what_was_probably_meant(read: Callable[[object], object], value: object, near: str):
    with pytest.raises(PydanticCustomError) as refused:
        read(value)

    assert refused.value.context is not None
    assert refused.value.context["near"] == near
