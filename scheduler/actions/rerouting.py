"""An alert that Slack does not take for its ambassador goes to the next one, and never to the same again."""

from dataclasses import replace
from datetime import datetime

from scheduler.actions.context import Context, note
from scheduler.actions.planning import plan_case
from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind, OutgoingMessage
from scheduler.ports import Work


def tell_somebody_else(work: Work, context: Context, message: OutgoingMessage, *, now: datetime) -> None:
    """The step of a refused alert is not used up: it is planned again at once, for another recipient.

    One that the ambassadors' channel refused is used up: there is nobody after the channel.
    """
    case = work.cases.find(message.case) if message.kind is MessageKind.ALERT and message.case else None
    if case is None or not case.is_open or message.ambassador is None or message.step is None:
        return
    note(
        work, context, subject=case.key, rule=message.step, outcome="hold", reason=Reason.REFUSED, now=now,
        to=message.recipient,
    )  # fmt: skip
    left = tuple(step for step in case.steps_taken if step != message.step)
    plan_case(work, context, replace(case, steps_taken=left), now=now)
