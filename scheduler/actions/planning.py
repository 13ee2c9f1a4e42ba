"""Planning what is due: alerts of cases and welcomes of new members become rows of the outbox.

Planning twice adds nothing: every row has a dedup key that is built from ids.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduler.actions.cards import fold_cards
from scheduler.actions.context import Context, note, note_decision
from scheduler.actions.deciding import decide_alert, habit_of
from scheduler.actions.unread import is_unread
from scheduler.model.cases import Case
from scheduler.model.decisions import Hold, Reason, Rule, Ruling, Send
from scheduler.model.messages import MessageKind, OutgoingMessage
from scheduler.policy.cases import expires_at
from scheduler.policy.escalation import DueStep, StepDecision, next_look, waiting_steps
from scheduler.policy.jitter import rotation_of
from scheduler.policy.journeys import decide_welcome, welcome_key
from scheduler.policy.limits import quiet_until
from scheduler.policy.routing import MEMORY, Load, Recipient, choose_recipient
from scheduler.policy.weaksigns import outcome_unclosed
from scheduler.ports import Work

#: Rows looked at in one go; what is left over is still due the next time.
BATCH = 500


def plan_cases(work: Work, context: Context, *, now: datetime) -> None:
    """Takes the escalation step of every case that is due, where nothing is left to be read back."""
    for case in work.cases.due(now, most=BATCH):
        if not is_unread(work, case.key.channel):
            plan_case(work, context, case, now=now)


def plan_case(work: Work, context: Context, case: Case, *, now: datetime) -> None:
    """Expires a case, or alerts somebody. Of several steps that may be taken only the last is."""
    if now >= expires_at(case, context.settings):
        _expire(work, context, case, now=now)
        return
    waiting = waiting_steps(case, context.settings, context.open_time)
    due = [_weighed(work, context, case, each, now=now) for each in waiting if each.due_at <= now]
    ready = [index for index, each in enumerate(due) if isinstance(each.decided.decision, Send)]
    if ready:
        for missed in due[: ready[-1]]:
            case = _skip(work, context, case, missed, Reason.TOO_LATE, now=now)
        _take_step(work, context, case, due[ready[-1]], now=now)
    elif due:
        _hold_first(work, context, case, due, now=now)
    else:
        _look_again(work, context, case)


def plan_welcomes(work: Work, context: Context, *, now: datetime) -> None:
    """Decides the onboarding step of every member that is due."""
    steps = {step.id: step for step in context.settings.onboarding.steps}
    for member, journey, number, step_id in work.enrolments.due(now, most=BATCH):
        if step_id in steps and journey == context.settings.onboarding.journey:
            _plan_welcome(work, context, member, number, step_id, now=now)
        else:  # the config no longer has it
            work.enrolments.set_due(member, journey, number, None)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A due step with what was decided about it, and the rules that were asked."""

    due: DueStep
    decided: StepDecision

    @property
    def rulings(self) -> tuple[Ruling, ...]:
        return self.decided.rulings

    def asked(self, ruling: Ruling) -> "_Weighed":
        return _Weighed(self.due, replace(self.decided, rulings=(*self.rulings, ruling)))


def _weighed(work: Work, context: Context, case: Case, due: DueStep, *, now: datetime) -> _Weighed:
    return _Weighed(due, decide_alert(work, context, case, due.step, now=now))


def _hold_first(work: Work, context: Context, case: Case, due: Sequence[_Weighed], *, now: datetime) -> None:
    """What a weak sign delays: the earliest that may come."""
    holds = [(each.decided.decision, each) for each in due]
    hold, step = min(((h, s) for h, s in holds if isinstance(h, Hold)), key=lambda each: each[0].until)
    _hold(work, context, case, step, hold, now=now)


def _take_step(work: Work, context: Context, case: Case, step: _Weighed, *, now: datetime) -> None:
    due, decision = step.due, step.decided.decision
    recipient = _recipient(work, context, case, due, now=now)
    if not isinstance(decision, Send):
        return
    told = recipient.to if isinstance(recipient, Recipient) else ""
    step = step.asked(Ruling(Rule.SOMEBODY_FREE, bool(told), told))
    if recipient is Reason.ALREADY_TOLD:
        _skip(work, context, case, step, recipient, now=now)
        return
    if isinstance(recipient, Reason):
        _hold(work, context, case, step, Hold(_next_try(context, now), recipient), now=now)
        return
    alert = _alert(case, due, decision, recipient, now=now)
    if not work.outbox.add(alert):  # Slack refused this step's alert for somebody else: that name is taken
        work.outbox.add(replace(alert, dedup_key=f"{alert.dedup_key}:{alert.recipient}"))
    note(
        work, context, subject=case.key, rule=due.step.id, outcome="send", reason=decision.reason, now=now,
        rulings=step.rulings, due_at=due.due_at, to=recipient.to,
    )  # fmt: skip
    _look_again(work, context, _taken(case, due))


def _recipient(
    work: Work, context: Context, case: Case, due: DueStep, *, now: datetime
) -> Recipient | Reason:
    """Whoever can be told when the alert may go out: it may have to wait for the end of a quiet time."""
    settings = context.settings
    channel = work.channels.id_of(settings.ambassadors.channel) or settings.ambassadors.channel
    load = Load(
        alerts=work.outbox.alerts_to(since=now - MEMORY),
        told=work.outbox.told_of(case.key),
        channel_told=work.outbox.is_told(channel, case.key),
    )
    out_at = quiet_until(settings.limits, settings.workspace.zone, at=now) or now
    return choose_recipient(
        due.step.tell,
        case,
        ambassadors=context.directory.ambassadors(work, now=now),
        channel=channel,
        load=load,
        limits=settings.limits,
        day=context.open_time.local_day(out_at),
        now=out_at,
    )


def _alert(
    case: Case, due: DueStep, decision: Send, recipient: Recipient, *, now: datetime
) -> OutgoingMessage:
    return OutgoingMessage(
        team=case.key.team,
        dedup_key=f"alert:{case.key}:{due.step.id}",
        kind=MessageKind.ALERT,
        message=due.step.message,
        recipient=recipient.to,
        due_at=due.due_at,
        not_before=now,
        reason=decision.reason,
        case=case.key,
        step=due.step.id,
        ambassador=recipient.ambassador,
        rotation=rotation_of(f"{case.key}:{due.step.id}"),
    )


def _hold(work: Work, context: Context, case: Case, step: _Weighed, hold: Hold, *, now: datetime) -> None:
    """The step is not used up: it waits until it may go out and somebody can be told."""
    note(
        work, context, subject=case.key, rule=step.due.step.id, outcome="hold", reason=hold.reason, now=now,
        rulings=step.rulings, until=hold.until,
    )  # fmt: skip
    until = min(hold.until, expires_at(case, context.settings))
    work.cases.set_due(case.key, until, case.steps_taken)


def _next_try(context: Context, now: datetime) -> datetime:
    """The opening of the next open day: by then absences and budgets may have changed."""
    tomorrow = context.open_time.local_day(now) + timedelta(days=1)
    days = context.open_time.open_days(tomorrow)
    stretches = (context.open_time.stretch_on(day) for day in days)
    return next(stretch.begins for stretch in stretches if stretch)


def _skip(work: Work, context: Context, case: Case, step: _Weighed, reason: Reason, *, now: datetime) -> Case:
    """The step is used up without an alert; gives the case as it then is."""
    note(
        work, context, subject=case.key, rule=step.due.step.id, outcome="skip", reason=reason, now=now,
        rulings=step.rulings,
    )  # fmt: skip
    case = _taken(case, step.due)
    _look_again(work, context, case)
    return case


def _expire(work: Work, context: Context, case: Case, *, now: datetime) -> None:
    ends_at = expires_at(case, context.settings)
    outcome = outcome_unclosed(
        case, habit_of(work, case, now=now), context.settings, context.open_time, ends_at=ends_at
    )
    work.cases.close(case.key, outcome, ends_at)
    note(
        work, context, subject=case.key, rule="case", outcome="closed", reason=Reason(outcome.value), now=now
    )
    fold_cards(work, replace(case, outcome=outcome, closed_at=ends_at), now=now)


def _look_again(work: Work, context: Context, case: Case) -> None:
    due_at = next_look(case, context.settings, context.open_time)
    work.cases.set_due(case.key, due_at, case.steps_taken)


def _taken(case: Case, due: DueStep) -> Case:
    return replace(case, steps_taken=(*case.steps_taken, due.step.id))


def _plan_welcome(
    work: Work, context: Context, member: str, number: int, step_id: str, *, now: datetime
) -> None:
    onboarding = context.settings.onboarding
    step = next(step for step in onboarding.steps if step.id == step_id)
    decision = decide_welcome(
        work.members.get(member),
        step=step,
        onboarding=onboarding,
        open_time=context.open_time,
        now=now,
        enrolment=number,
    )
    key = welcome_key(
        team=work.team, member=member, journey=onboarding.journey, enrolment=number, step=step.id
    )
    if isinstance(decision, Send):
        work.outbox.add(
            OutgoingMessage(
                team=work.team,
                dedup_key=key,
                kind=MessageKind.WELCOME,
                message=step.message,
                recipient=member,
                due_at=now,
                not_before=now,
                reason=decision.reason,
                member=member,
                step=step.id,
                rotation=rotation_of(key),
            )
        )
    note_decision(work, context, decision, subject=key, rule="welcome", now=now)
    until = decision.until if isinstance(decision, Hold) else None
    work.enrolments.set_due(member, onboarding.journey, number, until)
