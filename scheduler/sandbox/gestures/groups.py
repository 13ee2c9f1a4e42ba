"""User groups are made, changed and disabled."""

from collections.abc import Iterable

from scheduler.sandbox.happenings.groups import change, switch
from scheduler.sandbox.state import UserGroup
from scheduler.sandbox.world import World


class Groups:
    """User groups."""

    def __init__(self, world: World) -> None:
        self._world = world

    def create(self, handle: str, *, members: Iterable[str] = (), group: str | None = None) -> str:
        """Gives the id."""
        identity = group or self._world.minting.id("S")
        now = self._world.seconds()
        made = UserGroup(id=identity, handle=handle, created=now, updated=now, members=dict.fromkeys(members))
        self._world.groups[identity] = made
        return identity

    def change(self, group: str, *, added: Iterable[str] = (), removed: Iterable[str] = ()) -> None:
        change(self._world, self._world.groups[group], added=tuple(added), removed=tuple(removed))

    def disable(self, group: str) -> None:
        """Its members stay known, and nobody can call it."""
        switch(self._world, self._world.groups[group], on=False)

    def enable(self, group: str) -> None:
        switch(self._world, self._world.groups[group], on=True)
