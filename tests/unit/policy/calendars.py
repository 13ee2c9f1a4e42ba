"""Calendars that the tests of this folder build. The closed days come from jpholiday and our own closure."""

from datetime import date, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import jpholiday

from scheduler.settings import Calendar, Hours

TOKYO = ZoneInfo("Asia/Tokyo")
OFFICE_HOURS = Hours(opens=time(8, 30), closes=time(17, 15))


def every_day(zone: str, opens: time, closes: time) -> Calendar:
    """The same hours on all seven days."""
    return weekly(zone, opens, closes, weekdays=range(7))


def weekly(zone: str, opens: time, closes: time, *, weekdays: range = range(5)) -> Calendar:
    """The same hours on some weekdays, Monday to Friday by default."""
    return Calendar(zone=ZoneInfo(zone), hours=dict.fromkeys(weekdays, Hours(opens=opens, closes=closes)))


@cache
def japan(*, open_on: frozenset[date] = frozenset()) -> Calendar:
    """A Japanese public office from 2009 to 2030: national holidays, and 12-29 to 01-03, are closed."""
    closed = frozenset(closed_days(2009, 2030))
    return Calendar(
        zone=TOKYO, hours=dict.fromkeys(range(5), OFFICE_HOURS), closed_on=closed, open_on=open_on
    )


def closed_days(first_year: int, last_year: int) -> set[date]:
    """Holidays and closures, weekends aside."""
    closed = {day for day, _ in jpholiday.between(date(first_year, 1, 1), date(last_year, 12, 31))}
    for year in range(first_year, last_year + 1):
        closed |= {date(year, 12, 29) + timedelta(days=ahead) for ahead in range(6)}
    return closed
