"""reactions.get."""

from scheduler.sandbox.arguments import Arguments
from scheduler.sandbox.methods.chat import permalink
from scheduler.sandbox.refusals import Json
from scheduler.sandbox.shapes import messages as shaped
from scheduler.sandbox.world import World


def get(world: World, arguments: Arguments) -> Json:
    world.tokens.require("reactions:read")
    channel = world.channel(arguments.required("channel"))
    message = world.message(channel, arguments.text("timestamp"))
    link = permalink(world, Arguments({"channel": channel.id, "message_ts": message.ts}))["permalink"]
    told = {**shaped.message(world, channel, message), "permalink": link}
    if message.reactions:
        told["reactions"] = shaped.reactions(message)
    return {"type": "message", "channel": channel.id, "message": told}
