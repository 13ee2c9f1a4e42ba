"""chat.postMessage, .update, .delete, .postEphemeral, .getPermalink."""

from scheduler.sandbox.arguments import Arguments
from scheduler.sandbox.happenings import messages as happening
from scheduler.sandbox.methods import posting
from scheduler.sandbox.refusals import Json, Refused
from scheduler.sandbox.shapes.messages import message as message_object
from scheduler.sandbox.state import Channel, Ephemeral, Message
from scheduler.sandbox.world import World

_MOST_UPDATED_TEXT = 4000


def post_message(world: World, arguments: Arguments) -> Json:
    world.tokens.require("chat:write")
    channel = posting.addressed(world, arguments)
    said, metadata = posting.content(arguments), posting.metadata(arguments)
    root = posting.thread_root(world, channel, arguments.text("thread_ts"))
    broadcast = root is not None and arguments.flag("reply_broadcast")
    message = Message(
        ts=world.minting.ts(channel.messages, world.now()),
        user=world.bot_user,
        bot_id=world.bot_id,
        text=said.text,
        blocks=said.blocks,
        attachments=said.attachments,
        metadata=metadata or None,
        thread_ts=root.ts if root else None,
        subtype="thread_broadcast" if broadcast else None,
    )
    happening.write(world, channel, message)
    told = message_object(world, channel, message)
    if message.metadata:
        told["metadata"] = message.metadata
    return {"channel": channel.id, "ts": message.ts, "message": told}


def update(world: World, arguments: Arguments) -> Json:
    """Text without blocks takes the blocks away; metadata stays unless other metadata is given."""
    world.tokens.require("chat:write")
    channel, message = _own(world, arguments, "cant_update_message")
    if len(arguments.text("text")) > _MOST_UPDATED_TEXT:
        raise Refused("msg_too_long")
    said, metadata = posting.content(arguments), posting.metadata(arguments)
    changes: Json = {"text": said.text, "blocks": said.blocks, "attachments": said.attachments}
    if metadata is not None:
        changes["metadata"] = metadata or None
    happening.edit(world, channel, message, by=world.bot_user, **changes)
    told = message_object(world, channel, message)
    shown = {
        name: told[name] for name in told if name not in {"ts", "thread_ts", "parent_user_id", "attachments"}
    }
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def delete(world: World, arguments: Arguments) -> Json:
    world.tokens.require("chat:write")
    channel, message = _own(world, arguments, "cant_delete_message")
    happening.delete(world, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def post_ephemeral(world: World, arguments: Arguments) -> Json:
    world.tokens.require("chat:write")
    channel = posting.addressed(world, arguments)
    user = world.member(arguments.required("user"), "user_not_in_channel").id
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    said = posting.content(arguments)
    shown = Ephemeral(
        channel=channel.id,
        user=user,
        ts=world.minting.event_ts(world.now()),
        text=said.text,
        blocks=said.blocks,
        thread_ts=arguments.text("thread_ts") or None,
    )
    world.ephemerals.append(shown)
    return {"message_ts": shown.ts}


def permalink(world: World, arguments: Arguments) -> Json:
    channel = world.channel(arguments.text("channel"))
    message = world.message(channel, arguments.text("message_ts"))
    link = f"https://{world.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    inside = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.thread_ts else ""
    return {"channel": channel.id, "permalink": link + inside}


def _own(world: World, arguments: Arguments, error: str) -> tuple[Channel, Message]:
    channel = world.channel(arguments.text("channel"))
    if channel.is_archived:
        raise Refused("is_archived")
    message = world.message(channel, arguments.text("ts"))
    if message.bot_id != world.bot_id:
        raise Refused(error)
    return channel, message
