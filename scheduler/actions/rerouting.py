"""An alert that its ambassador cannot take goes to the next one, and never to the same again.

Slack may refuse it, or they may have become absent while it was held.
"""

from dataclasses import replace
from datetime import datetime

from scheduler.actions.context import Context, note
from scheduler.actions.planning import plan_case
from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind, OutgoingMessage
from scheduler.policy.limits import quiet_until
from scheduler.policy.routing import is_away
from scheduler.ports import Work


def tell_somebody_else(
    work: Work, context: Context, message: OutgoingMessage, why: Reason, *, now: datetime
) -> None:
    """The step of such an alert is not used up: it is planned again at once, for another recipient.

    One that the ambassadors' channel refused is used up: there is nobody after the channel.
    """
    case = work.cases.find(message.case) if message.kind is MessageKind.ALERT and message.case else None
    if case is None or not case.is_open or message.ambassador is None or message.step is None:
        return
    note(
        work, context, subject=case.key, rule=message.step, outcome="hold", reason=why, now=now,
        to=message.recipient,
    )  # fmt: skip
    left = tuple(step for step in case.steps_taken if step != message.step)
    plan_case(work, context, replace(case, steps_taken=left), now=now)


def is_out_of_reach(work: Work, context: Context, message: OutgoingMessage, *, now: datetime) -> bool:
    """Whether the ambassador whom an alert is for is away when it can go out, or is none any more.

    Ambassadors whom a history stands in for change every day: those stay whom they are.
    """
    if message.ambassador is None:
        return False
    settings = context.settings
    out_at = quiet_until(settings.limits, settings.workspace.zone, at=now) or now
    people = {each.member: each for each in context.directory.ambassadors(work, now=now)}
    person = people.get(message.ambassador)
    if person is None:
        return settings.ambassadors.are_named or not people
    return is_away(person, day=context.open_time.local_day(out_at))
