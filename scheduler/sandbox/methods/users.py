"""users.list, users.info, users.profile.get, users.conversations; usergroups.list and .users.list."""

from scheduler.sandbox.arguments import Arguments
from scheduler.sandbox.methods.scopes import is_of, listed_types
from scheduler.sandbox.paging import page_of
from scheduler.sandbox.refusals import Json, Refused
from scheduler.sandbox.shapes.channels import channel as channel_object
from scheduler.sandbox.shapes.groups import group
from scheduler.sandbox.shapes.users import full_profile, user
from scheduler.sandbox.world import World

_MOST = 1000


def list_users(world: World, arguments: Arguments) -> Json:
    """Bots, Slackbot and the deactivated are in it. Without `limit` everybody comes at once, or nobody."""
    world.tokens.require("users:read")
    limit = arguments.number("limit", 0)
    if not limit and world.limit_required:
        raise Refused("limit_required")
    ids = sorted(world.members)
    size = min(limit, _MOST) if limit else len(ids)
    page = page_of("user", ids, cursor=arguments.text("cursor"), limit=size)
    with_locale = arguments.flag("include_locale")
    members = [user(world, world.members[key], with_locale=with_locale) for key in page.keys]
    return {
        "members": members,
        "cache_ts": world.seconds(),
        "response_metadata": {"next_cursor": page.next_cursor},
    }


def user_info(world: World, arguments: Arguments) -> Json:
    world.tokens.require("users:read")
    member = world.member(arguments.text("user"))
    return {"user": user(world, member, with_locale=arguments.flag("include_locale"))}


def get_profile(world: World, arguments: Arguments) -> Json:
    world.tokens.require("users.profile:read")
    return {"profile": full_profile(world, world.member(arguments.text("user", world.bot_user)))}


def user_conversations(world: World, arguments: Arguments) -> Json:
    """Those of the app itself, or of `user`; private ones only where the app is, too."""
    types = listed_types(world, arguments)
    member = world.member(arguments.text("user", world.bot_user)).id
    ids = sorted(
        key
        for key, channel in world.channels.items()
        if is_of(channel, types)
        and member in channel.members
        and (not channel.is_private or world.hears(channel))
        and not (channel.is_archived and arguments.flag("exclude_archived"))
    )
    limit = arguments.limit(100, most=999)
    page = page_of("team", ids, cursor=arguments.text("cursor"), limit=limit)
    channels = [channel_object(world, world.channels[key]) for key in page.keys]
    return {"channels": channels, "response_metadata": {"next_cursor": page.next_cursor}}


def list_groups(world: World, arguments: Arguments) -> Json:
    """All at once: there are no pages."""
    world.tokens.require("usergroups:read")
    wants_all = arguments.flag("include_disabled")
    users, count = arguments.flag("include_users"), arguments.flag("include_count")
    groups = (each for each in world.groups.values() if wants_all or not each.disabled)
    return {"usergroups": [group(world, each, with_users=users, with_count=count) for each in groups]}


def list_group(world: World, arguments: Arguments) -> Json:
    """Of a disabled one only who asks for those, too."""
    world.tokens.require("usergroups:read")
    found = world.groups.get(arguments.text("usergroup"))
    if found is None or (found.disabled and not arguments.flag("include_disabled")):
        raise Refused("no_such_subteam")
    return {"users": list(found.members)}
