"""Open-time arithmetic over a calendar: what an office hour is, and how many pass. No clock, no I/O.

Instants go in and come out as aware UTC. A day's hours are wall times; each day's are turned into instants
by themselves, so what is counted is elapsed time, also on days with a daylight-saving change. An hour that
a fold shows twice is taken when it comes first.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate

from scheduler.policy.walltime import first_shown, local_day
from scheduler.settings import Calendar, Hours

_ZERO = timedelta(0)
_DAY = timedelta(days=1)
_YEARS_KEPT = 64
_YEARS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """Open from `begins` up to, but not including, `ends`."""

    begins: datetime
    ends: datetime


class OpenTime:
    """A calendar that can count. Build it once and keep it: it remembers the years that it was asked about.

    Every method raises ValueError for an instant without a zone, and, where it has to look ahead, for a
    calendar that does not open within the following two years.
    """

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.zone = calendar.zone
        self._year = lru_cache(maxsize=_YEARS_KEPT)(self._read_year)

    def is_open(self, at: datetime) -> bool:
        """Whether the office is open at that instant."""
        at = _utc(at)
        return self._year(at.year).next_opening(at) == at

    def next_opening(self, at: datetime) -> datetime:
        """The first open instant that is not before `at`; `at` itself when open."""
        at = _utc(at)
        for year in range(at.year, at.year + _YEARS_AHEAD + 1):
            opening = self._year(year).next_opening(at)
            if opening is not None:
                return opening
        raise _never_opens(at)

    def add(self, at: datetime, duration: timedelta) -> datetime:
        """The instant at which that much open time has passed since `at`.

        It may be the very end of a day's hours. No duration at all gives the next opening.
        Raises ValueError for a negative duration.
        """
        if duration < _ZERO:
            raise ValueError(f"open time cannot be added backwards: {duration}")
        return self._add(_utc(at), duration) if duration else self.next_opening(at)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The open time from `start` to `end`; none when `end` is not after `start`."""
        start, end = _utc(start), _utc(end)
        if end <= start:
            return _ZERO
        whole = sum((self._year(year).total for year in range(start.year, end.year)), _ZERO)
        return whole + self._year(end.year).passed(end) - self._year(start.year).passed(start)

    def local_day(self, at: datetime) -> date:
        """The calendar's day at that instant, open or closed."""
        return local_day(self.zone, _utc(at))

    def opening_day(self, at: datetime) -> date:
        """The day of the next opening: today while there are hours left, else the next open day."""
        return self.local_day(self.next_opening(at))

    def hours_on(self, day: date) -> Hours | None:
        """What the calendar says about a day; None when it is closed."""
        hours = self.calendar.hours
        if day in self.calendar.open_on and hours:
            return hours.get(day.weekday(), hours[min(hours)])
        return None if day in self.calendar.closed_on else hours.get(day.weekday())

    def stretch_on(self, day: date) -> Stretch | None:
        """A day's hours as instants; None when it is closed, or when no such hours exist on that day."""
        hours = self.hours_on(day)
        return None if hours is None else self.stretch(day, hours)

    def stretch(self, day: date, hours: Hours) -> Stretch | None:
        """These wall times of a day as instants. A closing time of 00:00 is the end of the day."""
        last_day = day + _DAY if hours.closes == time(0) else day
        begins = first_shown(self.zone, day, hours.opens)
        ends = first_shown(self.zone, last_day, hours.closes)
        return Stretch(begins, ends) if begins < ends else None

    def is_open_day(self, day: date) -> bool:
        """Whether the day has any open time."""
        return self.stretch_on(day) is not None

    def open_days(self, since: date) -> Iterator[date]:
        """The open days from `since` on. Raises ValueError after two years of looking, instead of ending."""
        for ahead in range(_YEARS_AHEAD * 366):
            if self.is_open_day(since + ahead * _DAY):
                yield since + ahead * _DAY
        raise _never_opens(since)

    def _add(self, at: datetime, duration: timedelta) -> datetime:
        # Counted from the beginning of the year, so that a year is skipped by one subtraction.
        year, left = at.year, self._year(at.year).passed(at) + duration
        empty_years = 0
        while left > (total := self._year(year).total):
            empty_years = 0 if total else empty_years + 1
            if empty_years > _YEARS_AHEAD:
                raise _never_opens(at)
            year, left = year + 1, left - total
        return self._year(year).instant(left)

    def _read_year(self, year: int) -> "_Year":
        first = date(year, 1, 1) - _DAY  # local days at both ends reach into the UTC year
        stretches = (self.stretch_on(first + ahead * _DAY) for ahead in range(368))
        begins, ends = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
        return _Year(_clipped((each for each in stretches if each), begins, ends))


class _Year:
    """The stretches of one UTC year in order, with the open time that passed before each."""

    __slots__ = ("_begins", "_ends", "_passed", "total")

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        kept = tuple(stretches)
        self._begins = [each.begins for each in kept]
        self._ends = [each.ends for each in kept]
        self._passed = list(accumulate((each.ends - each.begins for each in kept), initial=_ZERO))
        self.total = self._passed[-1]

    def passed(self, at: datetime) -> timedelta:
        """The open time of this year up to `at`."""
        index = bisect_right(self._begins, at) - 1
        if index < 0:
            return _ZERO
        return self._passed[index] + min(at, self._ends[index]) - self._begins[index]

    def instant(self, passed: timedelta) -> datetime:
        """The first instant up to which that much (more than none, at most the total) passed."""
        index = bisect_left(self._passed, passed) - 1
        return self._begins[index] + (passed - self._passed[index])

    def next_opening(self, at: datetime) -> datetime | None:
        index = bisect_right(self._ends, at)
        return max(at, self._begins[index]) if index < len(self._begins) else None


def _clipped(stretches: Iterable[Stretch], begins: datetime, ends: datetime) -> Iterator[Stretch]:
    for each in stretches:
        if each.begins < ends and each.ends > begins:
            yield Stretch(max(each.begins, begins), min(each.ends, ends))


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"an instant needs a zone: {at}")
    return at.astimezone(UTC)


def _never_opens(since: date) -> ValueError:
    return ValueError(f"the calendar has no open time within {_YEARS_AHEAD} years after {since}")
