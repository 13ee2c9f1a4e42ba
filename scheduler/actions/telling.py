"""What a message tells, gathered when it is about to go out, so that nothing in it is old."""

from collections.abc import Mapping
from datetime import datetime

from scheduler.actions.cards import FOLDED, folded_values
from scheduler.actions.context import Context
from scheduler.model.cases import Case, WeakStrength
from scheduler.model.messages import (
    ChannelRef,
    MemberRef,
    MessageKind,
    OutgoingMessage,
    PlaceholderValue,
    PostRef,
    Wait,
)
from scheduler.ports import Work


def values_for(
    work: Work, context: Context, message: OutgoingMessage, *, now: datetime
) -> Mapping[str, PlaceholderValue]:
    """The placeholders of a message, as of `now`."""
    if message.kind is MessageKind.WELCOME:
        member = work.members.get(message.recipient)
        return {"member": MemberRef(member.member), "member_name": member.name}
    case = work.cases.find(message.case) if message.case else None
    if case is None:
        return message.values
    if message.message == FOLDED:
        return folded_values(case)
    return _alert_values(work, context, message, case, now=now)


def _alert_values(
    work: Work, context: Context, message: OutgoingMessage, case: Case, *, now: datetime
) -> dict[str, PlaceholderValue]:
    return {
        "author_name": work.members.get(case.author).name,
        "ambassador": MemberRef(message.ambassador) if message.ambassador else None,
        "channel": ChannelRef(case.key.channel),
        "post": PostRef(case.key.channel, case.key.ts),
        "excerpt": work.cases.excerpt(case.key),
        "waited": Wait.of(now - case.opened_at),
        "waited_open": Wait.of(context.open_time.between(case.opened_at, now)),
        "first_post": case.first_post,
        "asks": case.asks,
        "maybe_answered": case.weak_strength not in (None, WeakStrength.SLIGHT),
        "topic": case.topic,
        "own_topic": _looks_after(work, context, message.ambassador, case.topic, now=now),
    }


def _looks_after(work: Work, context: Context, member: str | None, topic: str, *, now: datetime) -> bool:
    people = context.directory.ambassadors(work, now=now)
    return bool(topic) and any(each.member == member and topic in each.topics for each in people)
