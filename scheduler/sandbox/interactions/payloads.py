"""The payloads of interactions, as Slack sends them."""

from scheduler.sandbox.refusals import Json
from scheduler.sandbox.shapes.messages import message as message_object
from scheduler.sandbox.shapes.views import view as view_object
from scheduler.sandbox.state import Channel, Message, View
from scheduler.sandbox.world import World


def common(world: World, kind: str, user: str) -> Json:
    """What stands in all of them."""
    name = world.members[user].name
    return {
        "type": kind,
        "user": {"id": user, "username": name, "name": name, "team_id": world.team},
        "team": {"id": world.team, "domain": world.domain},
        "api_app_id": world.app_id,
        "token": "sandbox",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def on_message(
    world: World, user: str, channel: Channel, ts: str, *, actions: list[Json], values: Json
) -> Json:
    """Something was pressed in a message; an ephemeral one is not told again."""
    message = channel.messages.get(ts)
    container = {
        "type": "message",
        "message_ts": ts,
        "channel_id": channel.id,
        "is_ephemeral": message is None,
        **({"thread_ts": message.thread_ts} if message and message.thread_ts else {}),
    }
    return {
        **common(world, "block_actions", user),
        "container": container,
        "trigger_id": world.triggers.trigger(user, world.now()),
        "channel": {"id": channel.id, "name": channel.name},
        **({"message": message_object(world, channel, message)} if message else {}),
        "state": {"values": values},
        "response_url": response_url(world, channel.id, user, ts),
        "actions": actions,
    }


def on_view(world: World, user: str, view: View, *, actions: list[Json], values: Json) -> Json:
    return {
        **common(world, "block_actions", user),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": world.triggers.trigger(user, world.now()),
        "view": view_object(world, view, values=values),
        "actions": actions,
    }


def submission(world: World, user: str, view: View, values: Json) -> Json:
    return {
        **common(world, "view_submission", user),
        "trigger_id": world.triggers.trigger(user, world.now()),
        "view": view_object(world, view, values=values),
        "response_urls": [],
    }


def closing(world: World, user: str, view: View) -> Json:
    return {**common(world, "view_closed", user), "view": view_object(world, view), "is_cleared": False}


def command(world: World, user: str, channel: Channel, name: str, text: str) -> Json:
    return {
        "token": "sandbox",
        "team_id": world.team,
        "team_domain": world.domain,
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": user,
        "user_name": world.members[user].name,
        "command": name,
        "text": text,
        "api_app_id": world.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(world, channel.id, user, None),
        "trigger_id": world.triggers.trigger(user, world.now()),
    }


def shortcut(world: World, user: str, callback_id: str) -> Json:
    told = common(world, "shortcut", user)
    del told["api_app_id"], told["user"]["name"]
    ts = world.minting.event_ts(world.now())
    trigger = world.triggers.trigger(user, world.now())
    return {**told, "action_ts": ts, "callback_id": callback_id, "trigger_id": trigger}


def message_shortcut(world: World, user: str, channel: Channel, message: Message, callback_id: str) -> Json:
    told = common(world, "message_action", user)
    del told["api_app_id"], told["user"]["username"]
    return {
        **told,
        "action_ts": world.minting.event_ts(world.now()),
        "callback_id": callback_id,
        "trigger_id": world.triggers.trigger(user, world.now()),
        "response_url": response_url(world, channel.id, user, message.ts),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel.name},
        "message": message_object(world, channel, message),
    }


def response_url(world: World, channel: str, user: str, ts: str | None) -> str:
    return f"{world.http_base}/response/{world.triggers.response(channel, user, ts, world.now())}"
