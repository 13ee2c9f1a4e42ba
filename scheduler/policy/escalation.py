"""Which escalation step of a case is due when, on the two clocks, and whether its alert goes out. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from scheduler.model.cases import Case, Habit, Outcome
from scheduler.model.decisions import Decision, Hold, Reason, Rule, Ruling, Send, Skip
from scheduler.policy.cases import expires_at
from scheduler.policy.opentime import OpenTime
from scheduler.policy.weaksigns import delayed_until
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
    due = (DueStep(step, step_due(case, step, open_time)) for step in steps)
    return tuple(sorted(due, key=lambda each: each.due_at))


def next_look(case: Case, settings: Settings, open_time: OpenTime) -> datetime | None:
    """When planning has to look at the case next; None once it is closed."""
    return min(_instants(case, settings, open_time), default=None)


def step_due(case: Case, step: EscalationStep, open_time: OpenTime) -> datetime:
    """When the step's wait is over. What a weak sign adds is known only then."""
    if step.time is TimeKind.CLOCK:
        return case.opened_at + step.after
    return open_time.add(case.opened_at, step.after)


@dataclass(frozen=True, slots=True)
class StepDecision:
    """Whether a step's alert goes out, and the rules that were asked."""

    decision: Decision
    rulings: tuple[Ruling, ...]


def decide_step(
    case: Case, step: EscalationStep, settings: Settings, open_time: OpenTime, *, habit: Habit, now: datetime
) -> StepDecision:
    """Whether the step's alert goes out now; `habit` is how its channel answers."""
    ends_at = expires_at(case, settings)
    rulings: list[Ruling] = []

    def decided(decision: Decision) -> StepDecision:
        return StepDecision(decision, tuple(rulings))

    rulings.append(_still_open(case, ends_at, now))
    if not rulings[-1].holds:
        return decided(Skip(Reason(rulings[-1].value)))
    rulings.append(_nobody_came(case, step))
    if not rulings[-1].holds:
        return decided(Skip(Reason.ANSWERED if case.answered_at else Reason.TOUCHED))
    due = step_due(case, step, open_time)
    rulings.append(Ruling(Rule.WAITED, now >= due, due.isoformat()))
    if now < due:
        return decided(Hold(due, Reason.NOT_YET))
    later = step.after - min(each.after for each in settings.escalation)
    told = sum(taken != step.id for taken in case.steps_taken)
    until = delayed_until(case, habit, settings, open_time, ends_at=ends_at, later=later, told=told)
    if until:
        rulings.append(Ruling(Rule.MAYBE_ANSWERED, now < until, until.isoformat()))
    if until and now < until:
        return decided(Hold(until, Reason.MAYBE_ANSWERED))
    return decided(Send(Reason(step.when.value)))


def _still_open(case: Case, ends_at: datetime, now: datetime) -> Ruling:
    outcome = case.outcome or (Outcome.EXPIRED if now >= ends_at else None)
    return Ruling(Rule.STILL_OPEN, outcome is None, outcome.value if outcome else "")


def _nobody_came(case: Case, step: EscalationStep) -> Ruling:
    untouched = step.when is StepClock.UNTOUCHED
    came_at = case.touched_at if untouched else case.answered_at
    rule = Rule.NO_SIGN_YET if untouched else Rule.NO_REPLY_YET
    return Ruling(rule, came_at is None, came_at.isoformat() if came_at else "")


def _applies(step: EscalationStep, case: Case) -> bool:
    if step.when is StepClock.UNTOUCHED:
        return case.touched_at is None
    return case.answered_at is None


def _instants(case: Case, settings: Settings, open_time: OpenTime) -> Iterator[datetime]:
    if case.is_open:
        yield expires_at(case, settings)
        yield from (each.due_at for each in waiting_steps(case, settings, open_time))
