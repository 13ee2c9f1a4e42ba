"""The app's conversations with single members (DMs)."""

from scheduler.sandbox.refusals import Refused
from scheduler.sandbox.state import Channel
from scheduler.sandbox.world import World


def with_member(world: World, member: str, *, unknown: str = "user_not_found") -> Channel:
    """The conversation, opened when it was not open yet; it stays the same for ever.

    Raises Refused for whom one cannot write to.
    """
    found = world.member(member, unknown)
    if found.is_bot or member == "USLACKBOT":
        raise Refused("cannot_dm_bot")
    if found.deleted:
        raise Refused("user_disabled")
    if found.is_stranger:
        raise Refused("user_not_visible")
    return existing(world, member) or _open(world, member)


def existing(world: World, member: str) -> Channel | None:
    return world.channels.get(_id(member))


def _open(world: World, member: str) -> Channel:
    channel = Channel(
        id=_id(member),
        name="directmessage",
        created=world.seconds(),
        creator=world.bot_user,
        with_user=member,
        members={member: None, world.bot_user: None},
    )
    world.channels[channel.id] = channel
    return channel


def _id(member: str) -> str:
    return f"D{member}"
