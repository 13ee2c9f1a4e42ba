"""Channels are made, renamed and archived; members are invited and leave."""

from collections.abc import Iterable

from scheduler.sandbox.happenings import channels as happening
from scheduler.sandbox.state import Channel
from scheduler.sandbox.world import World


class Channels:
    """All channels, by id. `by` is the member who does it; left out, it is the app."""

    def __init__(self, world: World) -> None:
        self._world = world

    def create(
        self,
        name: str,
        *,
        channel: str | None = None,
        by: str | None = None,
        private: bool = False,
        with_app: bool = False,
        members: Iterable[str] = (),
    ) -> str:
        """Gives the id. The app is in it only when asked for: Slack puts it nowhere by itself."""
        creator = by or self._world.bot_user
        made = Channel(
            id=channel or self._world.minting.id("C"),
            name=name,
            created=self._world.seconds(),
            creator=creator,
            is_private=private,
        )
        happening.create(self._world, made)
        for member in (*([self._world.bot_user] if with_app else []), *members):
            happening.enter(self._world, made, member)
        return made.id

    def rename(self, channel: str, name: str, *, by: str | None = None) -> None:
        happening.rename(self._world, self._found(channel), name, by=by or self._world.bot_user)

    def archive(self, channel: str, *, by: str | None = None) -> None:
        happening.archive(self._world, self._found(channel), by=by or self._world.bot_user)

    def unarchive(self, channel: str, *, by: str | None = None) -> None:
        happening.unarchive(self._world, self._found(channel), by=by or self._world.bot_user)

    def change_id(self, channel: str, new: str) -> None:
        happening.change_id(self._world, self._found(channel), new)

    def enter(self, channel: str, member: str, *, inviter: str | None = None) -> None:
        """Comes into the channel. The app is a member like others: `sandbox.app`."""
        happening.enter(self._world, self._found(channel), member, inviter=inviter)

    def leave(self, channel: str, member: str) -> None:
        """Leaves, or is removed; for `sandbox.app` as well."""
        happening.leave(self._world, self._found(channel), member)

    def _found(self, channel: str) -> Channel:
        return self._world.channels[channel]
