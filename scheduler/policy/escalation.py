"""Which escalation step of a case is due when, on the two clocks. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from scheduler.model.cases import Case
from scheduler.model.decisions import Decision, Hold, Reason, Send, Skip
from scheduler.policy.cases import expires_at
from scheduler.policy.opentime import OpenTime
from scheduler.settings import EscalationStep, Settings, StepClock, TimeKind


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step that waits for a case, and when it is due."""

    step: EscalationStep
    due_at: datetime


def waiting_steps(case: Case, settings: Settings, open_time: OpenTime) -> tuple[DueStep, ...]:
    """The steps not taken that still can come, the earliest first."""
    if not case.is_open:
        return ()
    steps = (step for step in settings.escalation if step.id not in case.steps_taken and _applies(step, case))
    due = (DueStep(step, step_due(case, step, settings, open_time)) for step in steps)
    return tuple(sorted(due, key=lambda each: each.due_at))


def next_look(case: Case, settings: Settings, open_time: OpenTime) -> datetime | None:
    """When planning has to look at the case next; None once it is closed."""
    return min(_instants(case, settings, open_time), default=None)


def step_due(case: Case, step: EscalationStep, settings: Settings, open_time: OpenTime) -> datetime:
    """When the step is due: its wait, and the delay that a weak sign before that adds."""
    due = _after_wait(case, step, open_time)
    if step.when is StepClock.UNTOUCHED and case.weak_sign_at and case.weak_sign_at <= due:
        return max(due, open_time.add(case.weak_sign_at, settings.reading.weak_sign_delay))
    return due


def decide_step(
    case: Case, step: EscalationStep, settings: Settings, open_time: OpenTime, *, now: datetime
) -> Decision:
    """Whether the step's alert goes out now."""
    if case.outcome:
        return Skip(Reason(case.outcome.value))
    if now >= expires_at(case, settings):
        return Skip(Reason.EXPIRED)
    if not _applies(step, case):
        return Skip(Reason.ANSWERED if case.answered_at else Reason.TOUCHED)
    due = step_due(case, step, settings, open_time)
    if now < due:
        delayed = now >= _after_wait(case, step, open_time)
        return Hold(due, Reason.MAYBE_ANSWERED if delayed else Reason.NOT_YET)
    return Send(Reason(step.when.value))


def _after_wait(case: Case, step: EscalationStep, open_time: OpenTime) -> datetime:
    if step.time is TimeKind.CLOCK:
        return case.opened_at + step.after
    return open_time.add(case.opened_at, step.after)


def _applies(step: EscalationStep, case: Case) -> bool:
    if step.when is StepClock.UNTOUCHED:
        return case.touched_at is None
    return case.answered_at is None


def _instants(case: Case, settings: Settings, open_time: OpenTime) -> Iterator[datetime]:
    if case.is_open:
        yield expires_at(case, settings)
        yield from (each.due_at for each in waiting_steps(case, settings, open_time))
