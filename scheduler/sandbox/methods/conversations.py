"""conversations.list, .info, .members, .open, .join."""

from scheduler.sandbox.arguments import Arguments
from scheduler.sandbox.happenings import channels as happening
from scheduler.sandbox.happenings import directs
from scheduler.sandbox.methods.scopes import conversation, is_of, listed_types
from scheduler.sandbox.paging import page_of
from scheduler.sandbox.refusals import Json, Refused
from scheduler.sandbox.shapes import channels as shaped
from scheduler.sandbox.world import World

_MOST = 1000


def list_channels(world: World, arguments: Arguments) -> Json:
    """Public channels, and of the others those where the app is."""
    types = listed_types(world, arguments)
    ids = sorted(
        key
        for key, channel in world.channels.items()
        if is_of(channel, types)
        and (not channel.is_private or world.hears(channel))
        and not (channel.is_archived and arguments.flag("exclude_archived"))
    )
    limit = arguments.limit(100, most=_MOST)
    page = page_of("team", ids, cursor=arguments.text("cursor"), limit=limit)
    channels = [shaped.channel(world, world.channels[key], with_count=True) for key in page.keys]
    return {"channels": channels, "response_metadata": {"next_cursor": page.next_cursor}}


def channel_info(world: World, arguments: Arguments) -> Json:
    channel = conversation(world, arguments, to="read")
    return {"channel": shaped.channel(world, channel, with_count=arguments.flag("include_num_members"))}


def list_members(world: World, arguments: Arguments) -> Json:
    channel = conversation(world, arguments, to="read")
    limit = arguments.limit(100, most=_MOST)
    page = page_of("user", sorted(channel.members), cursor=arguments.text("cursor"), limit=limit)
    return {"members": list(page.keys), "response_metadata": {"next_cursor": page.next_cursor}}


def open_direct(world: World, arguments: Arguments) -> Json:
    """With one member, or by `channel`; a conversation that is open already is given again."""
    world.tokens.require("im:write")
    users = [user for user in arguments.text("users").split(",") if user]
    if arguments.text("channel"):
        users = [world.channel(arguments.text("channel")).with_user or ""]
    if not users:
        raise Refused("users_list_not_supplied")
    if len(users) > 1:
        raise Refused("method_not_supported_for_channel_type")
    was_open = directs.existing(world, users[0]) is not None
    channel = directs.with_member(world, users[0])
    again = {"no_op": True, "already_open": True} if was_open else {}
    if not arguments.flag("return_im"):
        return {**again, "channel": {"id": channel.id}}
    told = shaped.direct(world, channel)
    del told["is_user_deleted"]
    return {**again, "channel": {**told, "is_open": True}}


def join_channel(world: World, arguments: Arguments) -> Json:
    world.tokens.require("channels:join")
    channel = world.channel(arguments.text("channel"))
    if channel.kind != "channel":
        raise Refused("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise Refused("is_archived")
    if world.hears(channel):
        warned = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
        return {"channel": shaped.channel(world, channel), **warned}
    happening.enter(world, channel, world.bot_user)
    return {"channel": shaped.channel(world, channel)}
