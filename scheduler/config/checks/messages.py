"""Welcomes and thank-yous at times at which they could never be sent."""

from collections.abc import Iterator

from scheduler.config.checks.escalation import ids_twice
from scheduler.config.checks.week import DAY, WEEK, Minutes, hours_by_day, minute, minutes_of, quiet_minutes
from scheduler.config.shape import CalendarShape, LimitsShape, OnboardingShape, ThanksShape
from scheduler.errors import Problem
from scheduler.strictyaml import Document


def check_onboarding(
    document: Document, onboarding: OnboardingShape, calendar: CalendarShape, limits: LimitsShape
) -> Iterator[Problem]:
    """Two steps with one id, a step that comes when it is too late, a send window that never opens."""
    yield from ids_twice(document, ("onboarding", "steps"), onboarding.steps)
    for number, step in enumerate(onboarding.steps):
        if step.after >= onboarding.late:
            path = ("onboarding", "steps", number, "after")
            yield document.problem("config.step_too_late", path, step=step.id)
    days = hours_by_day(calendar)
    window = frozenset().union(*(minutes_of(day, onboarding.send_window) for day in days))
    at = ("onboarding", "send_window")
    if not any(window & minutes_of(day, hours) for day, hours in days.items()):
        yield document.problem("config.window_closed", at)
    elif window <= _quiet(limits):
        yield document.problem("config.window_quiet", at)


def check_thanks(
    document: Document, thanks: ThanksShape | None, calendar: CalendarShape, limits: LimitsShape
) -> Iterator[Problem]:
    """A time that is closed on the usual last day, or quiet; more open days than a week has."""
    if thanks is None:
        return
    days = hours_by_day(calendar)
    last = max(days)
    if last * DAY + minute(thanks.at) not in minutes_of(last, days[last]):
        yield document.problem("config.thanks_closed", ("thanks", "at"))
    elif any(day * DAY + minute(thanks.at) in _quiet(limits) for day in days):
        yield document.problem("config.thanks_quiet", ("thanks", "at"))
    if thanks.min_open_days > len(days):
        yield document.problem("config.thanks_never", ("thanks", "min_open_days"), days=len(days))


def _quiet(limits: LimitsShape) -> Minutes:
    """The quiet minutes; none when all are: that is told by itself."""
    quiet = quiet_minutes(limits)
    return quiet if len(quiet) < WEEK else frozenset()
