"""The days on which the offices are closed, as a value that counts them when asked.

Listing Japan's holidays of a whole century takes seconds, and a run needs only a few years of them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from scheduler.config.days import Closure


class Holidays(StrEnum):
    """Whose public holidays are closed days."""

    JAPAN = "japan"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDays:
    """Public holidays, closures of every year and single dates; `day in closed_days` is all it answers."""

    holidays: Holidays
    closures: tuple[Closure, ...] = ()
    dates: frozenset[date] = frozenset()

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        return day in self.dates or self._is_closure(day) or self._is_holiday(day)

    def _is_closure(self, day: date) -> bool:
        at = (day.month, day.day)
        return any(
            first <= at <= last if first <= last else at >= first or at <= last
            for first, last in self.closures
        )

    def _is_holiday(self, day: date) -> bool:
        return self.holidays is Holidays.JAPAN and day in holidays_of_japan(day.year)


@cache
def holidays_of_japan(year: int) -> frozenset[date]:
    """Japan's public holidays of a year, with those in lieu and those between two others."""
    import jpholiday  # noqa: PLC0415 - nothing but this needs it, and it takes its time to load

    return frozenset(day for day, _ in jpholiday.year_holidays(year))
