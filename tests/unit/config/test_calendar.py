"""The Japanese calendar of the shipped file, against literal days and a second library."""

from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from scheduler.config import load, shipped
from scheduler.config.holidays import ClosedDays, Holidays, holidays_of_japan
from tests.unit.config.files import LEAST, settings_of

CALENDAR = load(shipped()).calendar


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2026, 5, 6), id="in-lieu-of-constitution-day"),
        pytest.param(date(2026, 9, 22), id="between-two-holidays"),
        pytest.param(date(2026, 12, 29), id="first-day-of-the-closure"),
        pytest.param(date(2026, 12, 30), id="closure"),
        pytest.param(date(2026, 12, 31), id="new-year's-eve"),
        pytest.param(date(2027, 1, 1), id="new-year's-day"),
        pytest.param(date(2027, 1, 2), id="closure-in-the-new-year"),
        pytest.param(date(2027, 1, 3), id="last-day-of-the-closure"),
        pytest.param(date(2019, 5, 1), id="enthronement"),
        pytest.param(date(2021, 7, 23), id="moved-for-the-games"),
    ],
)
def test_closed(day: date):
    assert day in CALENDAR.closed_on


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2026, 12, 28), id="last-day-before-the-closure"),
        pytest.param(date(2027, 1, 4), id="first-day-after-the-closure"),
        pytest.param(date(2026, 5, 7), id="after-the-holidays"),
        pytest.param(date(2026, 9, 24), id="after-the-silver-week"),
        pytest.param(date(2021, 7, 19), id="moved-away-for-the-games"),
    ],
)
def test_not_closed(day: date):
    assert day not in CALENDAR.closed_on


@pytest.mark.parametrize("year", range(1986, 2100))
def test_public_holidays_agree_with_a_second_library(year: int):
    assert sorted(holidays_of_japan(year)) == sorted(holidays.country_holidays("JP", years=year))


def test_no_holidays_leaves_closures_and_dates():
    closed = ClosedDays(
        holidays=Holidays.NONE, closures=(((5, 1), (5, 2)),), dates=frozenset({date(2026, 8, 13)})
    )
    year = [date(2026, 1, 1) + timedelta(days=ahead) for ahead in range(365)]

    assert [day for day in year if day in closed] == [date(2026, 5, 1), date(2026, 5, 2), date(2026, 8, 13)]


def test_closed_days_are_a_value():
    same = ClosedDays(holidays=Holidays.JAPAN, closures=(((12, 29), (1, 3)),))

    assert CALENDAR.closed_on == same
    assert len({CALENDAR.closed_on, same}) == 1
    assert "2026-01-01" not in same


def test_extra_days_of_the_calendar(tmp_path: Path):
    text = LEAST.replace(
        "17:15\n", "17:15\n    sat: 10:00-12:00\n  closed: [2026-08-13..2026-08-14]\n  open: [2026-08-11]\n"
    )

    calendar = settings_of(tmp_path, text).calendar

    assert sorted(calendar.hours) == [0, 1, 2, 3, 4, 5]
    assert date(2026, 8, 14) in calendar.closed_on
    assert calendar.open_on == {date(2026, 8, 11)}
