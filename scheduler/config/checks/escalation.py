"""Escalation steps that no case can ever reach."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from scheduler.config.checks.week import longest_open
from scheduler.config.durations import counts_days
from scheduler.config.shape import CalendarShape, EscalationShape, JourneyStepShape, ReadingShape, StepShape
from scheduler.errors import Problem
from scheduler.settings import TimeKind
from scheduler.strictyaml import Document, Path

_DAY = timedelta(days=1)


def check_step_ids(document: Document, escalation: EscalationShape) -> Iterator[Problem]:
    """Two steps with one id."""
    return ids_twice(document, ("escalation", "steps"), escalation.steps)


def check_escalation(
    document: Document, escalation: EscalationShape, reading: ReadingShape, calendar: CalendarShape
) -> Iterator[Problem]:
    """Open time counted in days; a step at which the case has long ended."""
    for number, step in enumerate(escalation.steps):
        path = ("escalation", "steps", number, "after")
        if step.time is TimeKind.OPEN and counts_days(str(document.value(path))):
            yield document.problem("config.days_of_open_time", path)
        elif step.after >= _longest_wait(step, reading, calendar):
            yield document.problem("config.step_never_reached", path, step=step.id)
    if counts_days(str(document.value(("reading", "weak_sign_delay")))):
        yield document.problem("config.days_of_open_time", ("reading", "weak_sign_delay"))


def ids_twice(
    document: Document, above: Path, steps: Sequence[StepShape | JourneyStepShape]
) -> Iterator[Problem]:
    """The later of two steps with one id: what was sent is known by it."""
    first: dict[str, int] = {}
    for number, step in enumerate(steps):
        path = (*above, number, "id")
        if step.id in first:
            yield document.problem("config.id_twice", path, step=step.id, row=first[step.id])
        first.setdefault(step.id, document.position(path)[0])


def _longest_wait(step: StepShape, reading: ReadingShape, calendar: CalendarShape) -> timedelta:
    if step.time is TimeKind.CLOCK:
        return reading.expire_after
    days = -(-reading.expire_after // _DAY) + 1  # it may begin and end within a day
    return min(timedelta(minutes=longest_open(calendar, days)), reading.expire_after)
