from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from scheduler.policy.walltime import first_shown, last_shown, local_day


@pytest.mark.parametrize(
    ("zone", "day", "wall", "first", "last"),
    [
        pytest.param(
            "Asia/Tokyo",
            date(2026, 11, 20),
            time(9),
            datetime(2026, 11, 20, 0, 0, tzinfo=UTC),
            datetime(2026, 11, 20, 0, 0, tzinfo=UTC),
            id="no-change-in-tokyo",
        ),
        pytest.param(
            "Asia/Kathmandu",
            date(2026, 11, 20),
            time(9),
            datetime(2026, 11, 20, 3, 15, tzinfo=UTC),
            datetime(2026, 11, 20, 3, 15, tzinfo=UTC),
            id="three-quarters-of-an-hour-in-kathmandu",
        ),
        pytest.param(
            "Europe/Berlin",
            date(2026, 3, 29),
            time(2, 30),
            datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
            datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
            id="gap-in-berlin",
        ),
        pytest.param(
            "Europe/Berlin",
            date(2026, 10, 25),
            time(2, 30),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            id="fold-in-berlin",
        ),
        pytest.param(
            "Australia/Sydney",
            date(2026, 10, 4),
            time(2, 59, 59),
            datetime(2026, 10, 3, 16, 0, tzinfo=UTC),
            datetime(2026, 10, 3, 16, 0, tzinfo=UTC),
            id="last-second-of-the-gap-in-sydney",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            date(2026, 10, 4),
            time(2, 15),
            datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
            datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
            id="half-an-hour-of-gap-on-lord-howe",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            date(2026, 4, 5),
            time(1, 45),
            datetime(2026, 4, 4, 14, 45, tzinfo=UTC),
            datetime(2026, 4, 4, 15, 15, tzinfo=UTC),
            id="half-an-hour-of-fold-on-lord-howe",
        ),
        pytest.param(
            "America/Sao_Paulo",
            date(2018, 11, 4),
            time(0),
            datetime(2018, 11, 4, 3, 0, tzinfo=UTC),
            datetime(2018, 11, 4, 3, 0, tzinfo=UTC),
            id="midnight-in-the-gap-in-sao-paulo",
        ),
        pytest.param(
            "America/Sao_Paulo",
            date(2018, 2, 17),
            time(23, 30),
            datetime(2018, 2, 18, 1, 30, tzinfo=UTC),
            datetime(2018, 2, 18, 2, 30, tzinfo=UTC),
            id="fold-before-midnight-in-sao-paulo",
        ),
        pytest.param(
            "Pacific/Apia",
            date(2011, 12, 30),
            time(9),
            datetime(2011, 12, 30, 10, 0, tzinfo=UTC),
            datetime(2011, 12, 30, 10, 0, tzinfo=UTC),
            id="a-day-that-samoa-never-had",
        ),
    ],
)
def test_a_wall_time_has_a_first_and_a_last_instant(
    zone: str, day: date, wall: time, first: datetime, last: datetime
):
    assert (first_shown(ZoneInfo(zone), day, wall), last_shown(ZoneInfo(zone), day, wall)) == (first, last)


def test_the_local_day_begins_before_the_utc_day_in_tokyo():
    assert local_day(ZoneInfo("Asia/Tokyo"), datetime(2026, 11, 19, 15, 0, tzinfo=UTC)) == date(2026, 11, 20)
