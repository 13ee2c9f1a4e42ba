"""What happens next to a post, and when: the one part that today's settings decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.model.cases import Case, Outcome
from scheduler.model.decisions import Reason
from scheduler.model.messages import OutboxState, OutgoingMessage
from scheduler.policy.cases import expires_at
from scheduler.policy.escalation import waiting_steps
from scheduler.policy.opentime import OpenTime
from scheduler.report.explain.dossier import Dossier
from scheduler.report.explain.ending import NONE, Ending
from scheduler.settings import EscalationStep, Settings, StampMeaning, Target


class Next(StrEnum):
    """What may come. The values stand in the JSON document."""

    ALERT = "alert"  #: an alert that is written waits until then
    STEP = "step"  #: a step is due then, unless somebody came
    EXPIRES = "expires"
    REOPENS = "reopens"  #: until then, a further question opens the case again
    MARKABLE = "markable"  #: a stamp would open a case
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """`to` is whom an alert is for; `step` the step that is due; `stamps` those that would mark the post.

    `is_for_nobody`: the step tells an ambassador, and none is named: their channel hears of it.
    """

    what: Next
    at: datetime | None = None
    to: str | None = None
    step: EscalationStep | None = None
    is_for_nobody: bool = False
    stamps: tuple[str, ...] = ()


def ahead(dossier: Dossier, end: Ending, settings: Settings) -> tuple[Ahead, ...]:
    """What comes, the soonest first."""
    last = dossier.cases[-1] if dossier.cases else None
    if last and last.is_open:
        return tuple(sorted(_of_open(dossier, last, settings), key=lambda each: each.at or last.opened_at))
    return (Ahead(what=Next.NOTHING), *_of_closed(last, end, settings))


def _of_open(dossier: Dossier, case: Case, settings: Settings) -> Iterator[Ahead]:
    for message, _ in dossier.alerts:
        if message.state is OutboxState.PENDING and message.case == case.key:
            yield Ahead(what=Next.ALERT, at=message.not_before, to=message.recipient)
    yield from _steps(dossier, case, settings)
    yield Ahead(what=Next.EXPIRES, at=expires_at(case, settings))


def _steps(dossier: Dossier, case: Case, settings: Settings) -> Iterator[Ahead]:
    """In place of a person the channel hears of a case once, and not after it was told anyway."""
    is_channel_told = any(_tells_channel(message, case) for message, _ in dossier.alerts)
    for waiting in waiting_steps(case, settings, OpenTime(settings.calendar)):
        is_for_nobody = waiting.step.tell is not Target.CHANNEL and not settings.ambassadors.are_named
        if is_for_nobody and is_channel_told:
            continue
        # A step that was held is looked at again when the case is.
        at = max(waiting.due_at, case.due_at or waiting.due_at)
        yield Ahead(what=Next.STEP, at=at, step=waiting.step, is_for_nobody=is_for_nobody)
        is_channel_told |= is_for_nobody or waiting.step.tell is Target.CHANNEL


def _tells_channel(alert: OutgoingMessage, case: Case) -> bool:
    is_lost = alert.state in (OutboxState.SKIPPED, OutboxState.DEAD)
    return alert.case == case.key and alert.ambassador is None and not is_lost


def _of_closed(case: Case | None, end: Ending, settings: Settings) -> Iterator[Ahead]:
    if case and case.closed_at and case.outcome in (Outcome.ANSWERED, Outcome.RESOLVED):
        yield Ahead(what=Next.REOPENS, at=case.closed_at + settings.reading.reopen_within)
    marks = tuple(name for name, meaning in settings.stamps.items() if meaning is StampMeaning.OPEN)
    if marks and end.outcome == NONE and end.reason is not Reason.CHANNEL_OFF:
        yield Ahead(what=Next.MARKABLE, stamps=marks)
