"""The message object, as history, replies, events and answers to posts give it.

Source: https://docs.slack.dev/reference/events/message
"""

from scheduler.sandbox.refusals import Json
from scheduler.sandbox.state import Channel, Message
from scheduler.sandbox.world import World


def message(world: World, channel: Channel, found: Message) -> Json:
    """Everything that a message always says; no metadata, no reactions, no figures of its thread."""
    told: Json = {
        "type": "message",
        "subtype": found.subtype,
        "user": found.user,
        "text": found.text,
        "ts": found.ts,
    }
    told |= {
        "client_msg_id": found.client_msg_id,
        "username": found.username,
        "blocks": found.blocks,
        "attachments": found.attachments,
        "edited": found.edited,
        "thread_ts": found.thread_ts or (found.ts if found.replies else None),
        "parent_user_id": _parent_user(channel, found),
        **_of_an_app(world, found),
        **(_with_files(found) if found.files else {}),
        **found.more,
    }
    if found.subtype not in {"bot_message", "me_message", "thread_broadcast", "tombstone"}:
        told["team"] = world.team
    return {name: value for name, value in told.items() if value is not None}


def in_history(world: World, channel: Channel, found: Message, *, all_metadata: bool) -> Json:
    """As `conversations.history` and `.replies` give it; without the flag metadata is only its type."""
    told = message(world, channel, found)
    if found.metadata:
        kind = {"event_type": found.metadata.get("event_type", "")}
        told["metadata"] = found.metadata if all_metadata else kind
    if found.reactions:
        told["reactions"] = reactions(found)
    return {**told, **thread(channel, found)}


def reactions(found: Message) -> list[Json]:
    return [{"name": name, "users": users, "count": len(users)} for name, users in found.reactions.items()]


def thread(channel: Channel, root: Message) -> Json:
    """The figures of a root's thread; nothing for any other message."""
    if not root.replies:
        return {}
    authors = [channel.messages[ts].user or channel.messages[ts].bot_id for ts in root.replies]
    users = list(dict.fromkeys(author for author in authors if author))
    return {
        "reply_count": len(root.replies),
        "reply_users_count": len(users),
        "latest_reply": root.replies[-1],
        "reply_users": users[:5],
        "is_locked": False,
        "subscribed": False,
    }


def _parent_user(channel: Channel, found: Message) -> str | None:
    root = channel.messages.get(found.thread_ts or "")
    return root.user if root and found.subtype is None else None


def _of_an_app(world: World, found: Message) -> Json:
    if found.bot_id is None or found.subtype == "bot_message":
        return {"bot_id": found.bot_id}
    ours = found.bot_id == world.bot_id
    return {
        "bot_id": found.bot_id,
        "bot_profile": bot(world, found.bot_id),
        **({"app_id": world.app_id} if ours else {}),
    }


def bot(world: World, bot_id: str) -> Json:
    """The profile of an app's bot, as it stands in messages."""
    names = [member.real_name for member in world.members.values() if member.bot_id == bot_id]
    return {
        "id": bot_id,
        "deleted": False,
        "name": names[0] if names else "",
        "updated": 0,
        "app_id": world.app_id if bot_id == world.bot_id else "A0OTHER",
        "icons": {},
        "team_id": world.team,
    }


def _with_files(found: Message) -> Json:
    return {"files": found.files, "upload": False, "display_as_bot": False}
