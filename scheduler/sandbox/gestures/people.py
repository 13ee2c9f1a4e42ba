"""Members come, change and go."""

from scheduler.sandbox.happenings import members as happening
from scheduler.sandbox.state import Member
from scheduler.sandbox.world import World


class People:
    """Everybody in the workspace. Ids are given out, unless the caller has one."""

    def __init__(self, world: World) -> None:
        self._world = world

    def join(self, name: str, *, member: str | None = None, bot: bool = False, **details: object) -> str:
        """A new member; gives the id. `details` are fields of `Member`: `tz`, `locale`, `is_restricted` …"""
        identity = member or self._world.minting.id("U")
        about: dict[str, object] = {"real_name": name, "display_name": "" if bot else name, **details}
        if bot:
            about |= {"is_bot": True, "bot_id": self._world.minting.id("B")}
        handle = f"user{identity.lower()}"
        happening.join(self._world, Member(id=identity, name=handle, **about))  # type: ignore[arg-type]
        return identity

    def change(self, member: str, **details: object) -> None:
        """Any fields of `Member`. A change of `fields` alone (custom fields) is told to nobody."""
        happening.change(self._world, self._world.member(member), **details)

    def deactivate(self, member: str) -> None:
        """The account is closed; the member stays in the lists, as `deleted`."""
        for channel in self._world.channels.values():
            if not channel.is_im:
                channel.members.pop(member, None)
        self.change(member, deleted=True)

    def reactivate(self, member: str) -> None:
        self.change(member, deleted=False)
