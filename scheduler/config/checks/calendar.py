"""Hours and days of the calendar that contradict each other."""

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.config.holidays import ClosedDays, Holidays
from scheduler.config.shape import CalendarShape
from scheduler.config.weekdays import NAMES, weekdays
from scheduler.errors import Problem
from scheduler.strictyaml import Document

_LEAP_YEAR = date(2024, 1, 1)


def check_calendar(document: Document, calendar: CalendarShape) -> Iterator[Problem]:
    """A weekday with two hours, a date both open and closed, closures that leave no day."""
    yield from _weekdays_twice(document)
    yield from _open_and_closed(document, calendar)
    yearly = ClosedDays(holidays=Holidays.NONE, closures=calendar.closures)
    if all(_LEAP_YEAR + timedelta(days=ahead) in yearly for ahead in range(366)):
        yield document.problem("config.always_closed", ("calendar", "closures"))


def _weekdays_twice(document: Document) -> Iterator[Problem]:
    seen: set[int] = set()
    written = document.value(("calendar", "hours"))
    for key in written if isinstance(written, dict) else ():
        for day in sorted(seen & weekdays(key))[:1]:
            path = ("calendar", "hours", key)
            yield document.problem("config.weekday_twice", path, at_key=True, day=NAMES[day])
        seen |= weekdays(key)


def _open_and_closed(document: Document, calendar: CalendarShape) -> Iterator[Problem]:
    closed: frozenset[date] = frozenset().union(*calendar.closed)
    for number, dates in enumerate(calendar.open):
        for day in sorted(dates & closed)[:1]:
            yield document.problem("config.open_and_closed", ("calendar", "open", number), day=day)
