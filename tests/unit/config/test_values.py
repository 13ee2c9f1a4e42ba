from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from scheduler.config.addresses import health, listen, slack_api
from scheduler.config.databases import database
from scheduler.config.days import closure, dates
from scheduler.config.durations import duration, duration_or_zero, open_days
from scheduler.config.names import channel, channel_pattern, member, stamp, url, zone
from scheduler.config.times import end_of_time, hours, time_of_day
from scheduler.config.weekdays import weekdays
from scheduler.settings import Address, Hours


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


@pytest.mark.parametrize(
    "address",
    [
        "sqlite:///ambassador.db",
        "sqlite:////var/lib/ambassador.db",
        "postgresql://db/ambassador",
        "postgresql://me@db:5432/ambassador",
        "postgresql+psycopg://me@db/ambassador?sslmode=verify-full",
        "postgresql:///ambassador",
        "postgresql:///ambassador?host=/run/postgresql",
        "postgresql:///?service=ambassador",
        "postgresql://[::1]:5432/ambassador",
    ],
)
def test_databases_are_files_and_servers(address: str):
    assert database(address) == address


@pytest.mark.parametrize(
    ("address", "code", "near"),
    [
        ("sqlite://ambassador.db", "bad_database", "sqlite:///ambassador.db"),
        ("mysql://me@db/x", "bad_database", "sqlite:///ambassador.db"),
        ("postgres://me@db/x", "bad_database", "postgresql://me@db/x"),
        ("postgresql+psycopg2://me@db/x", "bad_database", "postgresql://me@db/x"),
        ("postgresql://me@db", "bad_database", None),
        ("postgresql://me@db:port/x", "bad_database", None),
        ("postgresql://me:hush@db/x", "database_password", None),
        ("postgresql://me:hu/sh@1@db/x", "database_password", None),
        ("postgresql://:hush@db/x", "database_password", None),
        ("postgresql://me:@db/x", "database_password", None),
        ("mysql://me:hush@db/x", "database_password", None),
        ("postgresql://me@db/x?password=hush", "database_password", None),
        ("postgresql://me@db/x?sslmode=require&sslpassword=hush", "database_password", None),
    ],
)
def test_other_databases_and_passwords_are_refused(address: str, code: str, near: str | None):
    with pytest.raises(PydanticCustomError) as refusal:
        database(address)

    assert (refusal.value.type, refusal.value.context) == (f"config.{code}", {"near": near})


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("https://slack.com/api/", "https://slack.com/api/"),
        ("https://slack.com/api", "https://slack.com/api/"),
        ("https://slack-gov.com/api/", "https://slack-gov.com/api/"),
        ("http://127.0.0.1:8080/api", "http://127.0.0.1:8080/api/"),
        ("http://localhost:8080/api/", "http://localhost:8080/api/"),
        ("http://[::1]:8080/api/", "http://[::1]:8080/api/"),
    ],
)
def test_the_api_of_slack_ends_in_a_slash(address: str, base: str):
    assert slack_api(address) == base


@pytest.mark.parametrize(
    ("address", "code", "near"),
    [
        ("slack.com", "bad_slack_api", "https://slack.com/"),
        ("ftp://slack.com/api/", "bad_slack_api", "https://slack.com/api/"),
        ("https://me:hush@slack.com/api/", "bad_slack_api", "https://slack.com/api/"),
        ("https://slack.com/api/?token=1", "bad_slack_api", "https://slack.com/api/"),
        ("https://slack.com/api/#x", "bad_slack_api", "https://slack.com/api/"),
        ("https://slack.com:port/api/", "bad_slack_api", "https://slack.com/api/"),
        ("https://", "bad_slack_api", "https://slack.com/api/"),
        ("http://slack.com/api", "slack_api_unencrypted", "https://slack.com/api/"),
        ("http://10.0.0.1/api/", "slack_api_unencrypted", "https://10.0.0.1/api/"),
        ("http://127.0.0.1.example.com/api/", "slack_api_unencrypted", "https://127.0.0.1.example.com/api/"),
    ],
)
def test_other_addresses_of_the_api_are_refused(address: str, code: str, near: str):
    with pytest.raises(PydanticCustomError) as refusal:
        slack_api(address)

    assert (refusal.value.type, refusal.value.context) == (f"config.{code}", {"near": near})


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("127.0.0.1:8787", Address(host="127.0.0.1", port=8787)),
        ("127.0.0.2:80", Address(host="127.0.0.2", port=80)),
        ("localhost:9000", Address(host="localhost", port=9000)),
        ("[::1]:8787", Address(host="::1", port=8787)),
    ],
)
def test_health_is_told_on_this_machine(text: str, place: Address):
    assert health(text) == place


@pytest.mark.parametrize(
    ("value", "code", "near"),
    [
        ("127.0.0.1", "bad_health", "127.0.0.1:8787"),
        ("127.0.0.1:0", "bad_health", "127.0.0.1:8787"),
        ("127.0.0.1:99999", "bad_health", "127.0.0.1:8787"),
        ("127.0.0.1:8787/metrics", "bad_health", "127.0.0.1:8787"),
        ("http://127.0.0.1:8787", "bad_health", "127.0.0.1:8787"),
        (9000, "bad_health", "127.0.0.1:9000"),
        (99_999, "bad_health", None),
        (True, "expected_text", None),
        ("0.0.0.0:8787", "health_elsewhere", "127.0.0.1:8787"),
        ("[::]:8787", "health_elsewhere", "127.0.0.1:8787"),
        ("health.example.com:9000", "health_elsewhere", "127.0.0.1:9000"),
    ],
)
def test_health_is_told_nowhere_else(value: object, code: str, near: str | None):
    with pytest.raises(PydanticCustomError) as refusal:
        health(value)

    context = refusal.value.context or {}
    assert (refusal.value.type, context.get("near")) == (f"config.{code}", near)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("127.0.0.1:3000", Address(host="127.0.0.1", port=3000)),
        ("0.0.0.0:80", Address(host="0.0.0.0", port=80)),
        ("192.0.2.7:65535", Address(host="192.0.2.7", port=65535)),
        ("localhost:3000", Address(host="localhost", port=3000)),
        ("[::]:3000", Address(host="::", port=3000)),
    ],
)
def test_requests_may_arrive_at_any_address_of_this_machine(text: str, place: Address):
    assert listen(text) == place


@pytest.mark.parametrize(
    ("value", "near"),
    [
        (3000, "127.0.0.1:3000"),
        ("0.0.0.0", "127.0.0.1:3000"),
        ("127.0.0.1:0", "127.0.0.1:3000"),
        ("127.0.0.1:3000/slack/events", "127.0.0.1:3000"),
        ("https://bot.example.com/slack/events", "127.0.0.1:3000"),
        ("bot.example.com:3001", "127.0.0.1:3001"),
    ],
)
def test_requests_cannot_arrive_at_a_name(value: object, near: str):
    with pytest.raises(PydanticCustomError) as refusal:
        listen(value)

    assert (refusal.value.type, (refusal.value.context or {}).get("near")) == ("config.bad_listen", near)


@pytest.mark.parametrize(("text", "days"), [("1d", 1), ("2d", 2), ("30d", 30), ("2日", 2), ("3日間", 3)])
def test_open_days_are_counted_whole(text: str, days: int):
    assert open_days(text) == days


@pytest.mark.parametrize(
    ("value", "near"),
    [("0d", None), ("31d", None), ("36h", None), ("1w", None), (2, "2d"), ("2 D", "2d"), ("２日", "2d")],
)
def test_other_numbers_of_open_days_are_refused(value: object, near: str | None):
    with pytest.raises(PydanticCustomError) as refusal:
        open_days(value)

    context = refusal.value.context or {}
    assert (refusal.value.type, context.get("near")) == ("config.bad_open_days", near)
