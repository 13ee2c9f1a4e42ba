"""From a local day and time of day to an instant, across daylight-saving gaps and folds. No clock.

A wall time that a gap leaves out is reached when the gap ends. One that a fold shows twice has a first
and a last instant; the caller says which one it means.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)


def local_day(zone: ZoneInfo, at: datetime) -> date:
    """The day that a calendar on the wall shows at `at`."""
    return at.astimezone(zone).date()


def first_shown(zone: ZoneInfo, day: date, wall: time) -> datetime:
    """The first instant (UTC) at which the wall clock has reached `wall` on `day`."""
    return _instant(zone, datetime.combine(day, wall), fold=0)


def last_shown(zone: ZoneInfo, day: date, wall: time) -> datetime:
    """The last instant (UTC) at which the wall clock reaches `wall` on `day`."""
    return _instant(zone, datetime.combine(day, wall), fold=1)


def _instant(zone: ZoneInfo, wall: datetime, *, fold: int) -> datetime:
    instant = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    if _wall_at(zone, instant) == wall:
        return instant
    return _end_of_gap(zone, wall)


def _wall_at(zone: ZoneInfo, at: datetime) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def _end_of_gap(zone: ZoneInfo, wall: datetime) -> datetime:
    # In a gap, fold=1 gives an instant before the jump and fold=0 one after it (PEP 495); halve between them.
    before = wall.replace(tzinfo=zone, fold=1, microsecond=0).astimezone(UTC)
    after = wall.replace(tzinfo=zone, fold=0, microsecond=0).astimezone(UTC)
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        if _wall_at(zone, middle) < wall:
            before = middle
        else:
            after = middle
    return after
