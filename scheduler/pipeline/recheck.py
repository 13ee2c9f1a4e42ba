"""Is it still true? What changed since the row was written stops it here."""

from datetime import datetime, timedelta

from scheduler.actions.cards import decide_card
from scheduler.actions.context import Context
from scheduler.actions.deciding import decide_alert
from scheduler.actions.rerouting import is_out_of_reach
from scheduler.actions.thanking import human_thanked
from scheduler.actions.unread import is_unread
from scheduler.model.decisions import Decision, Hold, Reason, Send, Skip
from scheduler.model.messages import MessageKind, OutgoingMessage
from scheduler.pipeline.crew import Crew
from scheduler.policy.journeys import decide_welcome
from scheduler.ports import Work

#: What admins could not be told for so long is no news any more.
_NEWS = timedelta(days=7)
#: How often what waits for a channel to be read is looked at again.
_SOON = timedelta(minutes=1)


def recheck(work: Work, crew: Crew, message: OutgoingMessage, now: datetime) -> Hold | Skip | None:
    """Why the message goes out later, or never, if so."""
    check = {
        MessageKind.ALERT: _check_alert,
        MessageKind.CARD: _check_card,
        MessageKind.THANKS: _check_thanks,
        MessageKind.NOTICE: _check_notice,
        MessageKind.WELCOME: _check_welcome,
    }[message.kind]
    decision = check(work, crew.context, message, now)
    return None if isinstance(decision, Send) else decision


def _check_alert(work: Work, context: Context, message: OutgoingMessage, now: datetime) -> Decision:
    case = work.cases.find(message.case) if message.case else None
    step = next((step for step in context.settings.escalation if step.id == message.step), None)
    if case is None:
        return Skip(Reason.CASE_GONE)
    if step is None:
        return Skip(Reason.SWITCHED_OFF)
    if is_unread(work, case.key.channel):
        return Hold(now + _SOON, Reason.CATCHING_UP)
    decision = decide_alert(work, context, case, step, now=now).decision
    if isinstance(decision, Send) and is_out_of_reach(work, context, message, now=now):
        return Skip(Reason.AWAY)
    return decision


def _check_card(work: Work, context: Context, message: OutgoingMessage, now: datetime) -> Decision:
    return decide_card(work.cases.find(message.case) if message.case else None, message)


def _check_notice(work: Work, context: Context, message: OutgoingMessage, now: datetime) -> Decision:
    return Skip(Reason.TOO_LATE) if now - message.due_at > _NEWS else Send(message.reason)


def _check_welcome(work: Work, context: Context, message: OutgoingMessage, now: datetime) -> Decision:
    onboarding = context.settings.onboarding
    step = next((step for step in onboarding.steps if step.id == message.step), None)
    if step is None:
        return Skip(Reason.SWITCHED_OFF)
    return decide_welcome(
        work.members.get(message.recipient),
        step=step,
        onboarding=onboarding,
        open_time=context.open_time,
        now=now,
    )


def _check_thanks(work: Work, context: Context, message: OutgoingMessage, now: datetime) -> Decision:
    thanks = context.settings.thanks
    if thanks is None:
        return Skip(Reason.SWITCHED_OFF)
    on_its_day = context.open_time.local_day(now) == context.open_time.local_day(message.due_at)
    if not on_its_day or now - message.due_at > thanks.late:
        return Skip(Reason.TOO_LATE)
    if is_unread(work, message.recipient):
        return Hold(now + _SOON, Reason.CATCHING_UP)
    if human_thanked(work, context, scheduled_at=message.due_at, now=now):
        return Skip(Reason.HUMAN_THANKED)
    return Send(message.reason)
