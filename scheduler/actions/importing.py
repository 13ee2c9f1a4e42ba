"""Taking a history in before the service goes live: facts are folded, and nothing is planned from them.

Nothing goes to the outbox, nobody is enrolled, and after every transaction no case of the import is due: each
is parked until the whole history is in, since what answers it may still come.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime

from scheduler.actions.context import Context, note
from scheduler.actions.folding import fold
from scheduler.actions.planning import plan_case
from scheduler.model.cases import Case, CaseKey
from scheduler.model.decisions import Reason
from scheduler.model.facts import Fact
from scheduler.model.marks import ALIVE, SEEDED
from scheduler.policy.cases import expires_at
from scheduler.policy.escalation import next_look, waiting_steps
from scheduler.ports import ImportProgress, Work

_END_OF_TIME = datetime.max.replace(tzinfo=UTC)
_EVERY = 1_000_000


def without_journeys(context: Context) -> Context:
    """The same context, except that nobody is enrolled: who joined in the past is not new."""
    onboarding = replace(context.settings.onboarding, steps=())
    return replace(context, settings=replace(context.settings, onboarding=onboarding))


def live_cases(work: Work) -> frozenset[CaseKey]:
    """Cases that planning already looks at. They are the service's own, and an import leaves them to it."""
    return frozenset(case.key for case in work.cases.due(_END_OF_TIME, most=_EVERY))


def take_in(
    work: Work,
    context: Context,
    facts: Sequence[Fact],
    progress: ImportProgress,
    *,
    live: AbstractSet[CaseKey],
) -> ImportProgress:
    """Folds the next facts of a history, each at its own time, and notes how far the import came."""
    context = without_journeys(context)
    now = progress.told_until
    for fact in facts:
        now = max(fact.at, now or fact.at)
        fold(fact, work, context, now=now)
    _park(work, live)
    progress = replace(progress, facts_done=progress.facts_done + len(facts), told_until=now)
    work.imports.save(progress)
    return progress


def settle_some(work: Work, context: Context, *, now: datetime, most: int) -> bool:
    """Decides about parked cases once the whole history is in; False when none is left.

    One whose time is over ends at its proper time. One that still waits loses the steps whose time passed, so
    that they never come late, and stays for what is due later.
    """
    parked = work.cases.parked(most=most)
    for case in parked:
        _settle(work, context, case, now=now)
    return bool(parked)


def finish(work: Work, progress: ImportProgress) -> ImportProgress:
    """The history is in; with every case settled, what earlier imports left unfinished is done as well."""
    work.imports.give_up()
    progress = replace(progress, finished=True)
    work.imports.save(progress)
    seeded(work, progress.source, heard_until=progress.told_until)
    return progress


def seeded(work: Work, source: str, *, heard_until: datetime | None) -> None:
    """The past is known: the service may go live, and reads what came after `heard_until` from Slack."""
    work.marks.put(SEEDED, source)
    heard = work.marks.get(ALIVE)
    if heard_until and (heard is None or datetime.fromisoformat(heard) < heard_until):
        work.marks.put(ALIVE, heard_until.isoformat())


def _park(work: Work, live: AbstractSet[CaseKey]) -> None:
    for case in work.cases.due(_END_OF_TIME, most=_EVERY):
        if case.key not in live:
            work.cases.set_due(case.key, None, case.steps_taken)


def _settle(work: Work, context: Context, case: Case, *, now: datetime) -> None:
    ends_at = expires_at(case, context.settings)
    if now >= ends_at:
        plan_case(work, context, case, now=ends_at)  # at that time, planning only ends it
        return
    for due in waiting_steps(case, context.settings, context.open_time):
        if due.due_at <= now:
            note(
                work, context, subject=case.key, rule=due.step.id, outcome="skip", reason=Reason.IMPORTED,
                now=now, due_at=due.due_at,
            )  # fmt: skip
            case = replace(case, steps_taken=(*case.steps_taken, due.step.id))
    due_at = next_look(case, context.settings, context.open_time)
    work.cases.set_due(case.key, due_at, case.steps_taken)
