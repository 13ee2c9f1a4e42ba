"""Messages as planning writes them."""

from dataclasses import replace

from scheduler.model.cases import CaseKey
from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind, OutgoingMessage
from tests.world import TEAM, local, post

QUESTION = post("UN", "2026-04-14 10:00", "はじめまして。押印は必要でしょうか。")
CASE = CaseKey(team=TEAM, channel=QUESTION.channel, ts=QUESTION.ts)
FRIDAY = local("2026-04-17 16:30")


def alert(step: str = "first", *, due_at: str = "2026-04-14 11:00", to: str = "UA") -> OutgoingMessage:
    return OutgoingMessage(
        team=TEAM,
        dedup_key=f"alert:{CASE}:{step}:{to}",
        kind=MessageKind.ALERT,
        message="alert_first_look",
        recipient=to,
        due_at=local(due_at),
        not_before=local(due_at),
        reason=Reason.UNTOUCHED,
        case=CASE,
        step=step,
        ambassador=to,
    )


def alert_to_channel() -> OutgoingMessage:
    return replace(alert(to="Cambassadors"), ambassador=None)


def welcome(member: str = "UM", *, due_at: str = "2026-04-14 11:00") -> OutgoingMessage:
    return OutgoingMessage(
        team=TEAM,
        dedup_key=f"welcome:T1:{member}:newcomer:1:hello",
        kind=MessageKind.WELCOME,
        message="welcome",
        recipient=member,
        due_at=local(due_at),
        not_before=local(due_at),
        reason=Reason.NEW_MEMBER,
        member=member,
        step="hello",
    )


def thanks(**values: int) -> OutgoingMessage:
    return OutgoingMessage(
        team=TEAM,
        dedup_key="thanks:T1:2026-W16:Cchat",
        kind=MessageKind.THANKS,
        message="thanks",
        recipient="Cchat",
        due_at=FRIDAY,
        not_before=FRIDAY,
        reason=Reason.END_OF_WEEK,
        values=values,
    )
