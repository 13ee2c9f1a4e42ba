"""The user group object. Source: https://docs.slack.dev/reference/objects/usergroup-object"""

from scheduler.sandbox.refusals import Json
from scheduler.sandbox.state import UserGroup
from scheduler.sandbox.world import World


def group(world: World, found: UserGroup, *, with_users: bool = False, with_count: bool = False) -> Json:
    told: Json = {
        "id": found.id,
        "team_id": world.team,
        "is_usergroup": True,
        "is_subteam": True,
        "name": found.handle,
        "description": "",
        "handle": found.handle,
        "is_external": False,
        "date_create": found.created,
        "date_update": found.updated,
        "date_delete": found.disabled,
        "auto_provision": False,
        "enterprise_subteam_id": "",
        "created_by": "USLACKBOT",
        "updated_by": "USLACKBOT",
        "deleted_by": "USLACKBOT" if found.disabled else None,
        "prefs": {"channels": [], "groups": []},
        "is_section": False,
    }
    if with_users:
        told["users"] = list(found.members)
    if with_count:
        told |= {"user_count": len(found.members), "channel_count": 0}
    return told
