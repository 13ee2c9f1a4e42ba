"""The conversation object. Source: https://docs.slack.dev/reference/objects/conversation-object"""

from scheduler.sandbox.refusals import Json
from scheduler.sandbox.state import Channel
from scheduler.sandbox.world import World


def channel(world: World, found: Channel, *, with_count: bool = False) -> Json:
    if found.is_im:
        return direct(world, found)
    told = {
        **created(world, found),
        "is_member": world.hears(found),
        "topic": _words(found.topic, found),
        "purpose": _words(found.purpose, found),
        "previous_names": found.previous_names,
    }
    return {**told, "num_members": len(found.members)} if with_count else told


def created(world: World, found: Channel) -> Json:
    """What a `channel_created` event tells of it."""
    return {
        "id": found.id,
        "name": found.name,
        "name_normalized": found.name,
        "is_channel": not found.is_private,
        "is_group": found.is_private,
        "is_im": False,
        "is_mpim": False,
        "is_private": found.is_private,
        "created": found.created,
        "creator": found.creator,
        "is_archived": found.is_archived,
        "is_general": found.is_general,
        "unlinked": 0,
        "is_shared": False,
        "is_org_shared": False,
        "is_ext_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "shared_team_ids": [world.team],
        "internal_team_ids": [],
        "context_team_id": world.team,
        "updated": found.created * 1000,
    }


def renamed(found: Channel) -> Json:
    """What a `channel_rename` event tells of it."""
    return {
        "id": found.id,
        "is_channel": not found.is_private,
        "is_mpim": False,
        "name": found.name,
        "name_normalized": found.name,
        "created": found.created,
    }


def direct(world: World, found: Channel) -> Json:
    """The app's conversation with one member."""
    gone = found.with_user in world.members and world.members[found.with_user].deleted
    return {
        "id": found.id,
        "created": found.created,
        "is_archived": found.is_archived,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": world.team,
        "updated": found.created * 1000,
        "user": found.with_user,
        "is_user_deleted": gone,
        "priority": 0,
    }


def _words(value: str, found: Channel) -> Json:
    return {
        "value": value,
        "creator": found.creator if value else "",
        "last_set": found.created if value else 0,
    }
