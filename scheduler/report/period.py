"""Which stretch of time the figures are about, and how it is cut into years or weeks. No clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from scheduler.policy.walltime import first_shown, local_day

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
#: Up to here, figures go by week; beyond, by year.
_MOST_WEEKS = timedelta(weeks=26)
#: Up to here, charts go by month.
_MOST_MONTHS = timedelta(days=3 * 366)


class Unit(StrEnum):
    """What figures are cut into."""

    WEEK = "week"  #: ISO weeks, Monday to Sunday
    MONTH = "month"  #: where years would be too coarse and weeks too many, as in a chart
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From `since` up to, but not including, `until`; None leaves that end open. Aware UTC."""

    since: datetime | None = None
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether the instant lies in the period."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


def local_period(zone: ZoneInfo, first: date | None, last: date | None) -> Period:
    """The period of whole local days, both included."""
    return Period(
        since=first_shown(zone, first, time.min) if first else None,
        until=first_shown(zone, last + _DAY, time.min) if last else None,
    )


def unit_for(begins: datetime, ends: datetime) -> Unit:
    """Weeks for up to half a year, else years."""
    return Unit.WEEK if ends - begins <= _MOST_WEEKS else Unit.YEAR


def fine_unit_for(begins: datetime, ends: datetime) -> Unit:
    """Weeks for up to half a year, months for up to three years, else years."""
    unit = unit_for(begins, ends)
    return Unit.MONTH if unit is Unit.YEAR and ends - begins <= _MOST_MONTHS else unit


def name_of(unit: Unit, day: date) -> str:
    """The name of the span that a local day lies in: `2026`, `2026-04` or `2026-W17`."""
    if unit is Unit.YEAR:
        return str(day.year)
    if unit is Unit.MONTH:
        return f"{day:%Y-%m}"
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def spans(unit: Unit, begins: datetime, ends: datetime, zone: ZoneInfo) -> Iterator[str]:
    """The names of all spans from one instant to the other, both included, without a gap."""
    first, last = local_day(zone, begins), local_day(zone, ends)
    if unit is Unit.YEAR:
        yield from (str(year) for year in range(first.year, last.year + 1))
        return
    if unit is Unit.MONTH:
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        yield from (f"{month // 12:04}-{month % 12 + 1:02}" for month in months)
        return
    monday = first - first.weekday() * _DAY
    while monday <= last:
        yield name_of(unit, monday)
        monday += _WEEK


def monday_of(week: str) -> date:
    """The first day of a week given by name."""
    return date.fromisocalendar(int(week[:4]), int(week[-2:]), 1)
