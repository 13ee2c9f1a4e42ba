from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.policy.opentime import OpenTime
from scheduler.settings import Calendar, Hours
from tests.unit.policy.calendars import OFFICE_HOURS, TOKYO, every_day, japan, weekly

HOUR = timedelta(hours=1)


def tokyo(text: str) -> datetime:
    """A Tokyo wall time as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO).astimezone(UTC)


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        pytest.param(date(2026, 5, 6), False, id="substitute-holiday-after-golden-week"),
        pytest.param(date(2026, 5, 7), True, id="first-day-after-golden-week"),
        pytest.param(date(2026, 9, 22), False, id="citizens-holiday-between-two-holidays"),
        pytest.param(date(2026, 9, 24), True, id="first-day-after-silver-week"),
        pytest.param(date(2026, 11, 21), False, id="saturday"),
        pytest.param(date(2026, 12, 28), True, id="last-day-of-the-office-year"),
        pytest.param(date(2026, 12, 29), False, id="closure-begins"),
        pytest.param(date(2027, 1, 3), False, id="closure-ends"),
        pytest.param(date(2027, 1, 4), True, id="first-day-of-the-office-year"),
    ],
)
def test_a_japanese_office_knows_its_closed_days(day: date, is_open: bool):
    assert OpenTime(japan()).is_open_day(day) is is_open


def test_an_extra_open_day_wins_over_a_closed_one():
    opened = frozenset({date(2026, 12, 29)})
    assert OpenTime(japan(open_on=opened)).hours_on(date(2026, 12, 29)) == OFFICE_HOURS


def test_an_extra_open_saturday_has_the_hours_of_the_first_open_weekday():
    tuesday, thursday = Hours(opens=time(10), closes=time(12)), Hours(opens=time(13), closes=time(15))
    saturday = date(2026, 11, 21)
    calendar = Calendar(zone=TOKYO, hours={3: thursday, 1: tuesday}, open_on=frozenset({saturday}))
    assert OpenTime(calendar).hours_on(saturday) == tuesday


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        pytest.param("2026-11-20T08:29:59", False, id="a-second-before-opening"),
        pytest.param("2026-11-20T08:30", True, id="opening"),
        pytest.param("2026-11-20T17:14:59", True, id="the-last-second"),
        pytest.param("2026-11-20T17:15", False, id="closing"),
        pytest.param("2026-11-23T12:00", False, id="noon-on-a-holiday"),
    ],
)
def test_is_open_from_opening_up_to_but_not_including_closing(at: str, is_open: bool):
    assert OpenTime(japan()).is_open(tokyo(at)) is is_open


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        pytest.param("2026-11-19T12:34:56", "2026-11-19T12:34:56", id="open-already"),
        pytest.param("2026-11-19T07:00", "2026-11-19T08:30", id="this-morning"),
        pytest.param("2026-11-19T17:15", "2026-11-20T08:30", id="tomorrow"),
        pytest.param("2026-11-20T18:00", "2026-11-24T08:30", id="over-a-long-weekend"),
        pytest.param("2026-04-30T17:15", "2026-05-01T08:30", id="a-bridge-day"),
        pytest.param("2026-05-01T17:15", "2026-05-07T08:30", id="over-golden-week"),
        pytest.param("2026-12-28T17:15", "2027-01-04T08:30", id="over-new-year"),
    ],
)
def test_the_next_opening(at: str, opening: str):
    assert OpenTime(japan()).next_opening(tokyo(at)) == tokyo(opening)


@pytest.mark.parametrize(
    ("at", "duration", "end"),
    [
        pytest.param("2026-11-19T09:00", HOUR, "2026-11-19T10:00", id="within-the-day"),
        pytest.param("2026-11-19T06:00", HOUR, "2026-11-19T09:30", id="before-opening"),
        pytest.param("2026-11-19T16:45", HOUR, "2026-11-20T09:00", id="into-the-next-day"),
        pytest.param("2026-11-19T16:15", HOUR, "2026-11-19T17:15", id="up-to-the-very-end"),
        pytest.param("2026-11-20T16:45", HOUR, "2026-11-24T09:00", id="over-a-long-weekend"),
        pytest.param("2026-12-28T16:45", HOUR, "2027-01-04T09:00", id="over-new-year"),
        pytest.param("2026-11-19T16:45", timedelta(0), "2026-11-19T16:45", id="none-while-open"),
        pytest.param("2026-11-19T17:15", timedelta(0), "2026-11-20T08:30", id="none-while-closed"),
        pytest.param("2026-11-02T08:30", 8.75 * 18 * HOUR, "2026-11-27T17:15", id="eighteen-days"),
        pytest.param("2024-01-04T08:30", 8.75 * 245 * HOUR, "2025-01-06T17:15", id="more-than-a-year"),
    ],
)
def test_adding_open_time(at: str, duration: timedelta, end: str):
    assert OpenTime(japan()).add(tokyo(at), duration) == tokyo(end)


@pytest.mark.parametrize(
    ("start", "end", "duration"),
    [
        pytest.param("2026-11-19T09:00", "2026-11-19T10:30", 1.5 * HOUR, id="within-the-day"),
        pytest.param("2026-11-19T07:00", "2026-11-19T20:00", 8.75 * HOUR, id="around-the-day"),
        pytest.param("2026-11-20T16:15", "2026-11-24T09:30", 2 * HOUR, id="over-a-long-weekend"),
        pytest.param("2026-11-21T09:00", "2026-11-23T21:00", 0 * HOUR, id="nothing-was-open"),
        pytest.param("2026-12-28T16:15", "2027-01-04T09:30", 2 * HOUR, id="over-new-year"),
        pytest.param("2024-01-01T00:00", "2025-01-01T00:00", 8.75 * 244 * HOUR, id="a-whole-year"),
        pytest.param("2026-11-19T10:00", "2026-11-19T09:00", 0 * HOUR, id="backwards-is-none"),
    ],
)
def test_open_time_between(start: str, end: str, duration: timedelta):
    assert OpenTime(japan()).between(tokyo(start), tokyo(end)) == duration


@pytest.mark.parametrize(
    ("zone", "day", "hours", "begins", "ends"),
    [
        pytest.param(
            "Europe/Berlin",
            date(2026, 3, 29),
            Hours(opens=time(2, 30), closes=time(6)),
            datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
            datetime(2026, 3, 29, 4, 0, tzinfo=UTC),
            id="opening-in-the-gap-in-berlin",
        ),
        pytest.param(
            "Europe/Berlin",
            date(2026, 3, 29),
            Hours(opens=time(1), closes=time(6)),
            datetime(2026, 3, 29, 0, 0, tzinfo=UTC),
            datetime(2026, 3, 29, 4, 0, tzinfo=UTC),
            id="an-hour-less-in-berlin",
        ),
        pytest.param(
            "Europe/Berlin",
            date(2026, 10, 25),
            Hours(opens=time(2, 30), closes=time(6)),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            datetime(2026, 10, 25, 5, 0, tzinfo=UTC),
            id="opening-in-the-fold-in-berlin",
        ),
        pytest.param(
            "Europe/Berlin",
            date(2026, 10, 25),
            Hours(opens=time(0), closes=time(2, 30)),
            datetime(2026, 10, 24, 22, 0, tzinfo=UTC),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            id="closing-in-the-fold-in-berlin",
        ),
        pytest.param(
            "Australia/Sydney",
            date(2026, 4, 5),
            Hours(opens=time(0), closes=time(0)),
            datetime(2026, 4, 4, 13, 0, tzinfo=UTC),
            datetime(2026, 4, 5, 14, 0, tzinfo=UTC),
            id="a-day-of-25-hours-in-sydney",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            date(2026, 10, 4),
            Hours(opens=time(2, 15), closes=time(6)),
            datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
            datetime(2026, 10, 3, 19, 0, tzinfo=UTC),
            id="opening-in-the-gap-on-lord-howe",
        ),
        pytest.param(
            "America/Sao_Paulo",
            date(2018, 11, 4),
            Hours(opens=time(0), closes=time(6)),
            datetime(2018, 11, 4, 3, 0, tzinfo=UTC),
            datetime(2018, 11, 4, 8, 0, tzinfo=UTC),
            id="midnight-in-the-gap-in-sao-paulo",
        ),
        pytest.param(
            "America/Sao_Paulo",
            date(2018, 2, 17),
            Hours(opens=time(22), closes=time(0)),
            datetime(2018, 2, 18, 0, 0, tzinfo=UTC),
            datetime(2018, 2, 18, 3, 0, tzinfo=UTC),
            id="up-to-midnight-through-the-fold-in-sao-paulo",
        ),
        pytest.param(
            "Asia/Kathmandu",
            date(2026, 11, 20),
            Hours(opens=time(9), closes=time(17)),
            datetime(2026, 11, 20, 3, 15, tzinfo=UTC),
            datetime(2026, 11, 20, 11, 15, tzinfo=UTC),
            id="three-quarters-of-an-hour-in-kathmandu",
        ),
    ],
)
def test_a_days_hours_are_real_time_across_gaps_and_folds(
    zone: str, day: date, hours: Hours, begins: datetime, ends: datetime
):
    open_time = OpenTime(Calendar(zone=ZoneInfo(zone), hours={day.weekday(): hours}))
    before = begins - HOUR
    assert open_time.next_opening(before) == begins
    assert open_time.add(before, ends - begins) == ends
    assert open_time.between(before, ends + HOUR) == ends - begins
    assert open_time.local_day(begins) == day


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Pacific/Honolulu", "Pacific/Kiritimati", "Etc/GMT+12"])
def test_the_turn_of_the_utc_year_is_nothing_special(zone: str):
    round_the_clock = OpenTime(every_day(zone, time(0), time(0)))
    start, end = datetime(2025, 12, 30, tzinfo=UTC), datetime(2026, 1, 3, tzinfo=UTC)
    assert round_the_clock.between(start, end) == end - start
    assert round_the_clock.add(start, end - start) == end


def test_hours_that_lie_in_a_gap_do_not_exist():
    in_the_gap = every_day("Europe/Berlin", time(2, 10), time(2, 50))
    assert not OpenTime(in_the_gap).is_open_day(date(2026, 3, 29))


def test_a_day_that_was_skipped_is_not_open():
    samoa = OpenTime(weekly("Pacific/Apia", time(9), time(17)))
    assert [samoa.is_open_day(date(2011, 12, day)) for day in (29, 30)] == [True, False]


def test_the_opening_day_is_today_while_hours_are_left():
    open_time = OpenTime(japan())
    assert open_time.opening_day(tokyo("2026-11-20T17:14")) == date(2026, 11, 20)
    assert open_time.opening_day(tokyo("2026-11-20T17:15")) == date(2026, 11, 24)


@pytest.mark.parametrize(
    "calendar",
    [
        pytest.param(Calendar(zone=TOKYO, hours={}), id="no-hours"),
        pytest.param(weekly("Asia/Tokyo", time(17), time(9)), id="closes-before-it-opens"),
        pytest.param(
            replace(
                weekly("Asia/Tokyo", time(9), time(17)),
                closed_on=frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(365 * 5)),
            ),
            id="years-of-closed-days",
        ),
    ],
)
def test_a_calendar_that_never_opens_is_refused_and_never_waited_for(calendar: Calendar):
    open_time = OpenTime(calendar)
    at = datetime(2026, 11, 20, tzinfo=UTC)
    with pytest.raises(ValueError, match="no open time"):
        open_time.next_opening(at)
    with pytest.raises(ValueError, match="no open time"):
        open_time.add(at, HOUR)
    with pytest.raises(ValueError, match="no open time"):
        next(open_time.open_days(date(2026, 11, 20)))


def test_open_time_is_not_added_backwards():
    with pytest.raises(ValueError, match="backwards"):
        OpenTime(japan()).add(tokyo("2026-11-20T09:00"), -HOUR)


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="needs a zone"):
        OpenTime(japan()).next_opening(datetime(2026, 11, 20, 9))  # noqa: DTZ001


def test_an_instant_of_another_zone_is_the_same_instant():
    berlin = datetime(2026, 11, 20, 1, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert OpenTime(japan()).add(berlin, HOUR) == tokyo("2026-11-20T10:00")
