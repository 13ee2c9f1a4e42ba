"""Why a side has no case, or no alert, where the other side has one. From what a side keeps; no I/O."""

from enum import StrEnum

from scheduler.model.cases import CaseKey
from scheduler.model.decisions import Reason
from scheduler.model.messages import OutboxState
from scheduler.report.compare.side import CaseNote, Side
from scheduler.settings import StepClock


class Missing(StrEnum):
    """Why there is no alert, where no reason of ours says it."""

    NO_CASE = "no_case"  #: the post opened none; why is not on record
    NO_STEP = "no_step"  #: the config has no such step
    NOT_DUE = "not_due"  #: the step was not due in what was lived through


Why = Reason | Missing

#: Humans were faster than the alert, or it was settled without one.
CAME_FIRST = frozenset(
    {
        Reason.TOUCHED,
        Reason.ANSWERED,
        Reason.RESOLVED,
        Reason.WITHDRAWN,
        Reason.DISMISSED,
        Reason.AUTHOR_GONE,
        Reason.MAYBE_ANSWERED,
    }
)
#: Holds that say only that it was early: what came in between tells more.
_TIMING = (Reason.NOT_YET, Reason.MAYBE_ANSWERED)


def why_not(side: Side, key: CaseKey, step: str) -> Why:
    """Why the side has no alert of this step about this case."""
    dedup_key = f"alert:{key}:{step}"
    case = side.cases.get(key)
    if case is None:
        return why_no_case(side, key)
    if step not in side.steps:
        return Missing.NO_STEP
    if (row := side.messages.get(dedup_key)) and row.state in (OutboxState.SKIPPED, OutboxState.DEAD):
        return row.reason
    stop = side.stops.get(dedup_key)
    told_more = None if stop in _TIMING else stop
    return told_more or _overtaken(case, side.steps[step]) or stop or Missing.NOT_DUE


def _overtaken(case: CaseNote, waits_for: StepClock) -> Reason | None:
    """What made the step needless before it was due."""
    if waits_for is StepClock.UNTOUCHED and case.touched_at:
        return Reason.ANSWERED if case.answered_at == case.touched_at else Reason.TOUCHED
    if case.answered_at:
        return Reason.ANSWERED
    return Reason(case.outcome.value) if case.outcome else None


def why_no_case(side: Side, key: CaseKey) -> Why:
    """Why the post opened no case on that side, as far as it is known."""
    if key.channel in side.off:
        return Reason.CHANNEL_OFF
    return side.no_case.get(f"{key.channel}:{key.ts}", Missing.NO_CASE)
