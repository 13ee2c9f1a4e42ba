"""After an outage: steps whose time passed long ago are used up, so that no alert comes days late.

Only what an outage made late: a case that was watched all the time keeps its steps, however old it is.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from scheduler.actions.context import Context, note
from scheduler.model.cases import Case, CaseKey
from scheduler.model.decisions import Reason
from scheduler.policy.escalation import DueStep, next_look, waiting_steps
from scheduler.policy.opentime import OpenTime
from scheduler.policy.walltime import first_shown
from scheduler.ports import Work

_EVERY = 1_000_000
_DAY = timedelta(days=1)


def use_up_belated(
    work: Work, context: Context, *, since: datetime | None, now: datetime, channel: str | None = None
) -> tuple[CaseKey, ...]:
    """The cases that lost a step; `since`: from when on nothing was heard, None when that is not known.

    Of one channel only, when it is named.
    """
    too_old = open_days_before(context.open_time, now, context.settings.service.catch_up)
    late: list[CaseKey] = []
    for case in work.cases.due(now, most=_EVERY):
        if channel not in {None, case.key.channel}:
            continue
        gone = [each for each in _passed(context, case, now) if _is_late(case, each, since, too_old)]
        if gone:
            _use_up(work, context, case, gone, now=now)
            late.append(case.key)
    return tuple(late)


def open_days_before(open_time: OpenTime, at: datetime, days: int) -> datetime:
    """The same time of day, so many open days earlier."""
    day = open_time.local_day(at)
    for _ in range(days):
        day -= _DAY
        while not open_time.is_open_day(day):
            day -= _DAY
    return first_shown(open_time.zone, day, at.astimezone(open_time.zone).time())


def _passed(context: Context, case: Case, now: datetime) -> list[DueStep]:
    waiting = waiting_steps(case, context.settings, context.open_time)
    return [each for each in waiting if each.due_at <= now]


def _is_late(case: Case, due: DueStep, since: datetime | None, too_old: datetime) -> bool:
    """Of a post that nobody saw coming, its own age counts; of a known one, for how long the step is due."""
    was_unseen = since is None or case.opened_at >= since
    return due.due_at < too_old or (was_unseen and case.opened_at < too_old)


def _use_up(work: Work, context: Context, case: Case, gone: list[DueStep], *, now: datetime) -> None:
    for each in gone:
        note(
            work, context, subject=case.key, rule=each.step.id, outcome="skip", reason=Reason.TOO_LATE,
            now=now, due_at=each.due_at,
        )  # fmt: skip
    case = replace(case, steps_taken=(*case.steps_taken, *(each.step.id for each in gone)))
    work.cases.set_due(case.key, next_look(case, context.settings, context.open_time), case.steps_taken)
