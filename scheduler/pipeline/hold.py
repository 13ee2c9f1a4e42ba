"""Quiet times and caps: nothing passes them, everything waits for them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from scheduler.actions.context import Context
from scheduler.model.decisions import Hold, Reason
from scheduler.model.messages import MessageKind, OutgoingMessage
from scheduler.pipeline.crew import Crew
from scheduler.policy.journeys import next_in_window
from scheduler.policy.limits import CapUse, FirstAllowed, decide_delivery
from scheduler.ports import Work
from scheduler.settings import Cap

_WEEK = timedelta(days=7)


def hold(work: Work, crew: Crew, message: OutgoingMessage, now: datetime) -> Hold | None:
    """Until when the message has to wait, if at all."""
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
