"""Channels are made, renamed, archived; members come into them and leave them."""

from scheduler.sandbox.happenings.messages import write
from scheduler.sandbox.refusals import Json
from scheduler.sandbox.shapes import channels as shaped
from scheduler.sandbox.state import Channel, Message
from scheduler.sandbox.world import World


def create(world: World, channel: Channel) -> Channel:
    world.channels[channel.id] = channel
    if not channel.is_private:
        _tell(world, "channel_created", {"channel": shaped.created(world, channel)})
    return channel


def rename(world: World, channel: Channel, name: str, *, by: str) -> None:
    old, channel.name = channel.name, name
    channel.previous_names.insert(0, old)
    kind = "group_rename" if channel.is_private else "channel_rename"
    _tell_of(world, channel, kind, {"channel": shaped.renamed(channel)})
    _note(
        world,
        channel,
        "channel_name",
        by,
        f'has renamed the channel from "{old}" to "{name}"',
        name=name,
        old_name=old,
    )


def archive(world: World, channel: Channel, *, by: str) -> None:
    channel.is_archived = True
    kind = "group_archive" if channel.is_private else "channel_archive"
    _tell_of(world, channel, kind, {"channel": channel.id, "user": by, "is_moved": 0})


def unarchive(world: World, channel: Channel, *, by: str) -> None:
    channel.is_archived = False
    kind = "group_unarchive" if channel.is_private else "channel_unarchive"
    _tell_of(world, channel, kind, {"channel": channel.id, "user": by})


def change_id(world: World, channel: Channel, new: str) -> None:
    """As when a channel becomes shared with another workspace."""
    old, channel.id = channel.id, new
    world.channels[new] = world.channels.pop(old)
    _tell(world, "channel_id_changed", {"old_channel_id": old, "new_channel_id": new})


def enter(world: World, channel: Channel, member: str, *, inviter: str | None = None) -> None:
    """Comes into the channel: an event and, as in Slack, a message of the subtype `channel_join`."""
    if member in channel.members:
        return
    channel.members[member] = None
    _passage(world, "member_joined_channel", channel, member, {"inviter": inviter} if inviter else {})
    more = {"inviter": inviter} if inviter else {}
    _note(world, channel, "channel_join", member, "has joined the channel", **more)


def leave(world: World, channel: Channel, member: str) -> None:
    """Also tells the app when it is the app itself that leaves (or is removed)."""
    if member not in channel.members:
        return
    heard = world.hears(channel)
    del channel.members[member]
    world.bell.ring()
    if heard:
        _passage(world, "member_left_channel", channel, member, {})


def _passage(world: World, kind: str, channel: Channel, member: str, more: Json) -> None:
    if kind == "member_left_channel" or world.hears(channel):
        letter = "G" if channel.is_private else "C"
        told = {"user": member, "channel": channel.id, "channel_type": letter, "team": world.team}
        _tell(world, kind, {**told, **more})


def _note(world: World, channel: Channel, subtype: str, by: str, text: str, **more: object) -> None:
    ts = world.minting.ts(channel.messages, world.now())
    write(world, channel, Message(ts=ts, text=f"<@{by}> {text}", user=by, subtype=subtype, more=more))


def _tell_of(world: World, channel: Channel, kind: str, told: Json) -> None:
    """Of a private channel only who is in it hears anything."""
    if not channel.is_private or world.hears(channel):
        _tell(world, kind, told)


def _tell(world: World, kind: str, told: Json) -> None:
    world.say({"type": kind, **told, "event_ts": world.minting.event_ts(world.now())})
