"""Reactions are put on messages and taken back."""

from scheduler.sandbox.refusals import Refused
from scheduler.sandbox.state import Channel, Message
from scheduler.sandbox.world import World


def add(world: World, channel: Channel, message: Message, *, by: str, name: str) -> None:
    users = message.reactions.setdefault(name, [])
    if by in users:
        raise Refused("already_reacted")
    users.append(by)
    _tell(world, channel, message, type="reaction_added", user=by, reaction=name)


def remove(world: World, channel: Channel, message: Message, *, by: str, name: str) -> None:
    if by not in message.reactions.get(name, []):
        raise Refused("no_reaction")
    message.reactions[name].remove(by)
    if not message.reactions[name]:
        del message.reactions[name]
    _tell(world, channel, message, type="reaction_removed", user=by, reaction=name)


def _tell(world: World, channel: Channel, message: Message, **about: str) -> None:
    world.bell.ring()
    if not world.hears(channel):
        return
    item = {"type": "message", "channel": channel.id, "ts": message.ts}
    author = {"item_user": message.user} if message.user else {}
    world.say({**about, "item": item, **author, "event_ts": world.minting.event_ts(world.now())})
