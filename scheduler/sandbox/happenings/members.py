"""Members come, change and go."""

from scheduler.sandbox.refusals import Json
from scheduler.sandbox.shapes.users import user
from scheduler.sandbox.state import Member
from scheduler.sandbox.world import World


def join(world: World, member: Member) -> Member:
    member.updated = world.seconds()
    world.members[member.id] = member
    _tell(world, "team_join", {"user": user(world, member, with_locale=True)})
    return member


def change(world: World, member: Member, **changes: object) -> None:
    """`changes` are fields of Member. Custom fields change without an event, as in Slack."""
    for name, value in changes.items():
        setattr(member, name, value)
    if changes.keys() != {"fields"}:
        member.updated = world.seconds()
        told = {"user": user(world, member, with_locale=True), "cache_ts": world.seconds()}
        _tell(world, "user_change", told)


def _tell(world: World, kind: str, told: Json) -> None:
    world.say({"type": kind, **told, "event_ts": world.minting.event_ts(world.now())})
