"""Deciding about a step of a case with all it takes: the case, the time, and how its channel answers."""

from datetime import datetime, timedelta

from scheduler.actions.context import Context
from scheduler.model.cases import Case, Habit
from scheduler.policy.escalation import StepDecision, decide_step
from scheduler.ports import Work
from scheduler.settings import EscalationStep

#: A channel's habits change: only what opened this long ago tells how it answers now.
_REMEMBERED = timedelta(days=365)


def decide_alert(
    work: Work, context: Context, case: Case, step: EscalationStep, *, now: datetime
) -> StepDecision:
    """Whether the step's alert goes out now."""
    habit = habit_of(work, case, now=now)
    return decide_step(case, step, context.settings, context.open_time, habit=habit, now=now)


def habit_of(work: Work, case: Case, *, now: datetime) -> Habit:
    """How the case's channel answered until now; asked only when something may be the answer."""
    if case.weak_sign_at is None:
        return Habit()
    return work.talks.habit(case.key.channel, since=now - _REMEMBERED, before=now)
