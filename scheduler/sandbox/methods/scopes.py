"""Which scope a conversation asks for: each kind has its own."""

from scheduler.sandbox.arguments import Arguments
from scheduler.sandbox.state import Channel
from scheduler.sandbox.world import World

_KINDS = {"channel": "channels", "group": "groups", "im": "im"}
_TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


def conversation(world: World, arguments: Arguments, *, to: str) -> Channel:
    """The channel that the call is about, if the app may `read` it or its `history`. Raises Refused."""
    world.tokens.require(*(f"{kind}:{to}" for kind in _KINDS.values()))
    channel = world.channel(arguments.text("channel"))
    world.tokens.require(f"{_KINDS[channel.kind]}:{to}")
    return channel


def listed_types(world: World, arguments: Arguments) -> set[str]:
    """The `types` asked for. Raises Refused when one of them may not be read."""
    types = set(arguments.text("types", "public_channel").replace(" ", "").split(","))
    for kind in sorted(types & _TYPES.keys()):
        world.tokens.require(f"{_TYPES[kind]}:read")
    return types


def is_of(channel: Channel, types: set[str]) -> bool:
    return {"channel": "public_channel", "group": "private_channel", "im": "im"}[channel.kind] in types
