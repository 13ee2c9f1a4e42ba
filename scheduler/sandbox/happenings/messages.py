"""Messages are written, changed and deleted."""

from bisect import bisect_left, insort
from copy import deepcopy

from scheduler.sandbox.minting import micros_of
from scheduler.sandbox.refusals import Json
from scheduler.sandbox.shapes import messages as shaped
from scheduler.sandbox.state import Channel, Message
from scheduler.sandbox.world import World


def write(world: World, channel: Channel, message: Message) -> Message:
    """Puts a message where it belongs, and tells the app."""
    message.visible_at = world.now() + world.late if world.late else None
    channel.messages[message.ts] = message
    if message.thread_ts:
        insort(channel.messages[message.thread_ts].replies, message.ts)
    if not message.thread_ts or message.subtype == "thread_broadcast":
        insort(channel.timeline, micros_of(message.ts))
    world.bell.ring()
    if world.hears(channel):
        world.say(posted(world, channel, message))
    return message


def posted(world: World, channel: Channel, message: Message) -> Json:
    """The event of a new message."""
    told = shaped.message(world, channel, message)
    if message.metadata:
        told["metadata"] = message.metadata
    if message.subtype == "thread_broadcast":
        told["root"] = _root(world, channel, message)
    return {**told, "channel": channel.id, "event_ts": message.ts, "channel_type": channel.kind}


def edit(world: World, channel: Channel, message: Message, *, by: str, **changes: object) -> None:
    """`changes` are fields of Message."""
    before = deepcopy(message)
    message.earlier_blocks.insert(0, message.blocks or [])
    for name, value in changes.items():
        setattr(message, name, value)
    message.edited = {"user": by, "ts": world.minting.event_ts(world.now())}
    _changed(world, channel, before, message)


def delete(world: World, channel: Channel, message: Message) -> None:
    """A root with replies leaves a tombstone behind, as in Slack; anything else is gone."""
    if message.replies:
        _bury(world, channel, message)
        return
    _remove(channel, message)
    ts = world.minting.event_ts(world.now())
    gone = {"deleted_ts": message.ts, "previous_message": shaped.message(world, channel, message)}
    _say_hidden(world, channel, {"subtype": "message_deleted", **gone, "ts": ts})


def _bury(world: World, channel: Channel, message: Message) -> None:
    before = deepcopy(message)
    message.subtype, message.user, message.text = "tombstone", "USLACKBOT", "This message was deleted."
    message.blocks, message.reactions, message.metadata = None, {}, None
    message.more = {"hidden": True}
    _changed(world, channel, before, message)


def _changed(world: World, channel: Channel, before: Message, after: Message) -> None:
    parts = {
        "message": {**shaped.message(world, channel, after), **shaped.thread(channel, after)},
        "previous_message": {**shaped.message(world, channel, before), **shaped.thread(channel, before)},
    }
    for part in parts.values():
        part.pop("reply_users", None)
    ts = world.minting.event_ts(world.now())
    _say_hidden(world, channel, {"subtype": "message_changed", **parts, "ts": ts})


def _say_hidden(world: World, channel: Channel, event: Json) -> None:
    world.bell.ring()
    if world.hears(channel):
        where = {"channel": channel.id, "event_ts": event["ts"], "channel_type": channel.kind}
        world.say({"type": "message", "hidden": True, **event, **where})


def _remove(channel: Channel, message: Message) -> None:
    del channel.messages[message.ts]
    if message.thread_ts and message.thread_ts in channel.messages:
        channel.messages[message.thread_ts].replies.remove(message.ts)
    place = bisect_left(channel.timeline, micros_of(message.ts))
    if channel.timeline[place : place + 1] == [micros_of(message.ts)]:
        del channel.timeline[place]


def _root(world: World, channel: Channel, message: Message) -> Json:
    root = channel.messages[message.thread_ts or ""]
    return {**shaped.message(world, channel, root), **shaped.thread(channel, root)}
