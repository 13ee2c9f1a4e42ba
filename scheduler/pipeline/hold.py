"""Quiet times and caps: what notifies somebody waits for them.

Two go through: a card, which is an edit and notifies nobody, and the notice that Slack refuses the app, since
until an admin acts nothing else goes out at any time.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from scheduler.actions.context import Context
from scheduler.actions.noticing import REFUSED
from scheduler.model.decisions import Hold, Reason
from scheduler.model.messages import MessageKind, OutgoingMessage
from scheduler.pipeline.crew import Crew
from scheduler.policy.journeys import next_in_window
from scheduler.policy.limits import CapUse, FirstAllowed, decide_delivery
from scheduler.ports import Work
from scheduler.settings import Cap

_WEEK = timedelta(days=7)
_SOON = timedelta(seconds=5)


def hold(work: Work, crew: Crew, message: OutgoingMessage, now: datetime) -> Hold | None:
    """Until when the message has to wait, if at all."""
    if message.kind is MessageKind.CARD:
        return _after_other_edits(work, message, now)
    if message.message == REFUSED:
        return None
    context = crew.context
    decision = decide_delivery(
        message.reason,
        now=now,
        limits=context.settings.limits,
        zone=context.settings.workspace.zone,
        caps=tuple(_caps(work, context, message, now)),
        window=_window(context, message),
    )
    return decision if isinstance(decision, Hold) else None


def _after_other_edits(work: Work, message: OutgoingMessage, now: datetime) -> Hold | None:
    """Two edits of one message, on their way together, may arrive in either order: the later one waits."""
    case, stands = message.case, message.posted_ts
    if case and stands and work.outbox.is_being_edited(case.channel, case.ts, stands):
        return Hold(now + _SOON, Reason.NOT_YET)
    return None


def _caps(work: Work, context: Context, message: OutgoingMessage, now: datetime) -> Iterator[CapUse]:
    limits = context.settings.limits
    if message.ambassador:
        yield _to_recipient(work, message, limits.per_ambassador, now)
        yield _to_recipient(work, message, Cap(most=_budget(work, context, message, now), per=_WEEK), now)
    if message.kind is MessageKind.WELCOME:
        yield _to_recipient(work, message, limits.per_member, now)
        sent = work.outbox.sent_of_kind(message.kind, since=now - limits.welcomes.per)
        yield CapUse(reason=Reason.WORKSPACE_CAP, cap=limits.welcomes, sent=sent)


def _to_recipient(work: Work, message: OutgoingMessage, cap: Cap, now: datetime) -> CapUse:
    sent = work.outbox.sent_to(message.recipient, since=now - cap.per)
    return CapUse(reason=Reason.RECIPIENT_CAP, cap=cap, sent=sent)


def _budget(work: Work, context: Context, message: OutgoingMessage, now: datetime) -> int:
    people = context.directory.ambassadors(work, now=now)
    budgets = (each.weekly_budget for each in people if each.member == message.ambassador)
    return max(1, next(budgets, context.settings.ambassadors.weekly_budget))


def _window(context: Context, message: OutgoingMessage) -> FirstAllowed | None:
    if message.kind is not MessageKind.WELCOME:
        return None
    return lambda at: next_in_window(context.settings.onboarding, context.open_time, at=at)
