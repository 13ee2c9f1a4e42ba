"""What people do in the stand-in: each fact of the sample is one gesture of theirs there. It tells nobody."""

from collections.abc import Collection, Iterable, Mapping

from scheduler.model.facts import (
    ChannelDescribed,
    Fact,
    MemberDescribed,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    Shape,
    StampAdded,
    StampRemoved,
)
from scheduler.sandbox import Markup, Sandbox


def act_before(sandbox: Sandbox, facts: Iterable[Fact]) -> None:
    """What happened before the app came: no events."""
    for fact in facts:
        with sandbox.past(fact.at):
            act(sandbox, fact)


def settle(sandbox: Sandbox, *, only: Mapping[str, Collection[str]]) -> None:
    """Everybody who is there is in every channel; `only` names channels with some members alone.

    No events, and no messages about it: it was so before the app came.
    """
    for channel in sandbox.world.channels.values():
        wanted = only.get(channel.id, [member.id for member in sandbox.world.members.values()])
        channel.members |= {member: None for member in wanted if member != "USLACKBOT"}


def act(sandbox: Sandbox, fact: Fact) -> None:
    """Does it at the time that the stand-in's clock shows, so that a message gets the sample's `ts`."""
    match fact:
        case ChannelDescribed():
            sandbox.channels.create(fact.name, channel=fact.channel, with_app=True)
        case MemberDescribed():
            _come_or_go(sandbox, fact)
        case MessagePosted():
            _post(sandbox, fact)
        case MessageEdited():
            sandbox.edit(fact.channel, fact.ts, Markup(fact.text))
        case MessageDeleted():
            sandbox.delete(fact.channel, fact.ts)
        case StampAdded():
            sandbox.react(fact.member, fact.channel, fact.ts, fact.stamp)
        case StampRemoved():
            sandbox.unreact(fact.member, fact.channel, fact.ts, fact.stamp)


def _come_or_go(sandbox: Sandbox, fact: MemberDescribed) -> None:
    if fact.member not in sandbox.world.members:
        guest, locale = fact.is_guest, fact.locale
        sandbox.people.join(
            fact.name, member=fact.member, bot=fact.is_bot, is_restricted=guest, locale=locale
        )
    elif fact.is_deactivated:
        sandbox.people.deactivate(fact.member)


def _post(sandbox: Sandbox, fact: MessagePosted) -> None:
    """Who writes somewhere is there, however they came."""
    sandbox.world.channels[fact.channel].members.setdefault(fact.author or "")
    sandbox.post(
        fact.author or "",
        fact.channel,
        Markup(fact.text),
        thread_ts=fact.thread_ts,
        broadcast=fact.shape is Shape.BROADCAST,
    )
