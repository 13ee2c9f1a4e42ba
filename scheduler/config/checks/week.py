"""A week in minutes: whether times of day can ever meet. Holidays only take away from it."""

from datetime import time

from scheduler.config.shape import CalendarShape, LimitsShape, QuietShape
from scheduler.settings import Hours

DAY = 24 * 60
WEEK = 7 * DAY

Minutes = frozenset[int]  # of a week that begins on Monday


def minute(at: time) -> int:
    return at.hour * 60 + at.minute


def minutes_of(day: int, hours: Hours) -> Minutes:
    """The minutes of those hours on that weekday."""
    return frozenset(range(day * DAY + minute(hours.opens), day * DAY + (minute(hours.closes) or DAY)))


def hours_by_day(calendar: CalendarShape) -> dict[int, Hours]:
    return {day: hours for days, hours in calendar.hours.items() for day in days}


def quiet_minutes(limits: LimitsShape) -> Minutes:
    """The minutes in which nothing is sent; a quiet time belongs to the day on which it begins."""
    return frozenset().union(*(_quiet(quiet) for quiet in limits.quiet))


def _quiet(quiet: QuietShape) -> Minutes:
    start, end = minute(quiet.from_at), minute(quiet.to_at)
    length = (end - start) % DAY or DAY
    days = quiet.on or range(7)
    return frozenset((day * DAY + start + passed) % WEEK for day in days for passed in range(length))


def longest_open(calendar: CalendarShape, days: int) -> int:
    """The most minutes of office hours that so many consecutive days can have."""
    hours = hours_by_day(calendar)
    open_on = [len(minutes_of(day, hours[day])) if day in hours else 0 for day in range(7)]
    weeks, rest = divmod(days, 7)
    return weeks * sum(open_on) + max(sum((open_on * 2)[day : day + rest]) for day in range(7))
