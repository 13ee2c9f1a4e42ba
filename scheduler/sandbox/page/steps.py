"""How far a visitor can let the clock step: an hour, three hours, to the next morning, to Friday evening."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

STEPS = ("hour", "three", "morning", "friday")
_MORNING, _EVENING, _FRIDAY = time(9), time(18), 4


def goal(step: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant that this step leads to. Raises KeyError for another word than those of STEPS."""
    if step in {"hour", "three"}:
        return now + timedelta(hours={"hour": 1, "three": 3}[step])
    wanted = {"morning": (_MORNING, None), "friday": (_EVENING, _FRIDAY)}[step]
    return _next(now.astimezone(zone), *wanted)


def _next(local: datetime, at: time, weekday: int | None) -> datetime:
    days = range(9)
    candidates = (datetime.combine(local.date() + timedelta(days=n), at, local.tzinfo) for n in days)
    return next(found for found in candidates if found > local and weekday in {None, found.weekday()})
