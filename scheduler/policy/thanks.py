"""When the week's thank-you is due, and when there is none. No clock, no I/O.

Weeks are ISO weeks, from Monday to Sunday; the day is the last open one, whichever weekday that is.
"""

from datetime import date, datetime, timedelta

from scheduler.model.decisions import Decision, Hold, Reason, Skip
from scheduler.policy.limits import decide_delivery
from scheduler.policy.opentime import OpenTime
from scheduler.policy.walltime import first_shown
from scheduler.settings import Limits, Thanks

_DAY = timedelta(days=1)
_WEEKEND = timedelta(days=3)  # from Friday to Monday


def open_days_of_week(open_time: OpenTime, day: date) -> tuple[date, ...]:
    """The open days of the ISO week that `day` lies in, in order."""
    monday = day - day.weekday() * _DAY
    days = (monday + ahead * _DAY for ahead in range(7))
    return tuple(each for each in days if open_time.is_open_day(each))


def is_last_open_day(open_time: OpenTime, day: date) -> bool:
    """Whether `day` is open and no later day of its week is."""
    return open_days_of_week(open_time, day)[-1:] == (day,)


def next_open_day(open_time: OpenTime, day: date) -> date:
    """The first open day after `day`."""
    return next(open_time.open_days(day + _DAY))


def is_long_break(open_time: OpenTime, day: date) -> bool:
    """Whether more than a normal weekend lies between `day` and the next open day."""
    return next_open_day(open_time, day) - day > _WEEKEND


def thanks_key(*, team: str, channel: str, day: date) -> str:
    """The dedup key: one thank-you a week and channel, `thanks:T1:2026-W47:C9`."""
    year, week, _ = day.isocalendar()
    return f"thanks:{team}:{year}-W{week:02}:{channel}"


def thanks_due(thanks: Thanks, open_time: OpenTime, *, day: date) -> datetime:
    """The instant of that day's thank-you: at `thanks.at`, moved into the hours of a shorter day."""
    due = first_shown(open_time.zone, day, thanks.at)
    stretch = open_time.stretch_on(day)
    return due if stretch is None else min(max(due, stretch.begins), stretch.ends)


def next_thanks_due(thanks: Thanks, open_time: OpenTime, *, after: datetime) -> datetime:
    """The first instant after `after` that is due on the last open day of a week, however short the week."""
    days = open_time.open_days(open_time.local_day(after))
    dues = (thanks_due(thanks, open_time, day=day) for day in days if is_last_open_day(open_time, day))
    return next(due for due in dues if due > after)


def decide_thanks(
    thanks: Thanks,
    open_time: OpenTime,
    *,
    now: datetime,
    scheduled_at: datetime,
    human_thanked: bool,
    something_happened: bool,
    limits: Limits,
) -> Decision:
    """Whether the thank-you of the day of `scheduled_at` goes out.

    It never goes out on another day than its own: who returns on Monday needs no "good weekend".
    """
    day = open_time.local_day(scheduled_at)
    if not is_last_open_day(open_time, day):
        after = max(now, scheduled_at)
        return Hold(next_thanks_due(thanks, open_time, after=after), Reason.NOT_YET)
    due = thanks_due(thanks, open_time, day=day)
    if len(open_days_of_week(open_time, day)) < thanks.min_open_days:
        return Skip(Reason.SHORT_WEEK)
    if now < due:
        return Hold(due, Reason.NOT_YET)
    if now - due > thanks.late or open_time.local_day(now) != day:
        return Skip(Reason.TOO_LATE)
    if human_thanked:
        return Skip(Reason.HUMAN_THANKED)
    if not something_happened:
        return Skip(Reason.QUIET_WEEK)
    return decide_delivery(Reason.END_OF_WEEK, now=now, limits=limits, zone=open_time.zone)
