"""User groups, and who is in them."""

from collections.abc import Sequence

from scheduler.sandbox.shapes.groups import group as group_object
from scheduler.sandbox.state import UserGroup
from scheduler.sandbox.world import World


def change(world: World, group: UserGroup, *, added: Sequence[str] = (), removed: Sequence[str] = ()) -> None:
    """Tells the app who came and who went."""
    before, group.updated = group.updated, world.seconds()
    group.members = {member: None for member in [*group.members, *added] if member not in removed}
    world.say(
        {
            "type": "subteam_members_changed",
            "subteam_id": group.id,
            "team_id": world.team,
            "date_previous_update": before,
            "date_update": group.updated,
            "added_users": list(added),
            "added_users_count": len(added),
            "removed_users": list(removed),
            "removed_users_count": len(removed),
            "event_ts": world.minting.event_ts(world.now()),
        }
    )


def switch(world: World, group: UserGroup, *, on: bool) -> None:
    """It is disabled, or taken into use again. The event names at most 500 members."""
    group.updated = world.seconds()
    group.disabled = 0 if on else group.updated
    told = group_object(world, group, with_users=True, with_count=True)
    told["users"] = told["users"][:500]
    event_ts = world.minting.event_ts(world.now())
    world.say({"type": "subteam_updated", "subteam": told, "event_ts": event_ts})
