"""Members write, change, delete and put reactions."""

from dataclasses import replace

from scheduler.sandbox.faults import Faults
from scheduler.sandbox.happenings import messages as happening
from scheduler.sandbox.happenings import reactions
from scheduler.sandbox.refusals import Json
from scheduler.sandbox.state import Channel, Message
from scheduler.sandbox.text import typed
from scheduler.sandbox.world import World


class Talk:
    """Text is what is typed, and is escaped as Slack does; `Markup("<@U1>")` is taken as it stands."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world, self._faults = world, faults

    def post(
        self,
        member: str,
        channel: str,
        text: str,
        *,
        thread_ts: str | None = None,
        broadcast: bool = False,
        me: bool = False,
        file: str | None = None,
    ) -> str:
        """Gives the `ts`. `me` is `/me`, `file` the name of a shared file; bots post with their bot id.

        A member of another channel may post here, too: who is where is the caller's business.
        """
        place, author = self._world.channels[channel], self._world.members[member]
        subtype = "thread_broadcast" if broadcast else "me_message" if me else "file_share" if file else None
        gesture = self._world.minting.uuid("client")
        message = Message(
            ts=self._ts(place),
            user=member,
            text=typed(text),
            thread_ts=self._root(place, thread_ts),
            subtype=subtype,
            bot_id=author.bot_id,
            client_msg_id=None if author.is_bot or me else gesture,
            files=[self._file(member, file)] if file else [],
        )
        happening.write(self._world, place, message)
        if self._faults.is_double():
            happening.write(
                self._world, place, replace(message, ts=self._ts(place), reactions={}, replies=[])
            )
        return message.ts

    def post_as_integration(self, channel: str, text: str, *, username: str = "bot") -> str:
        """An old webhook's message: subtype `bot_message`, and no author."""
        place = self._world.channels[channel]
        bot = self._world.minting.id("B")
        message = Message(
            ts=self._ts(place), text=typed(text), subtype="bot_message", bot_id=bot, username=username
        )
        return happening.write(self._world, place, message).ts

    def edit(self, channel: str, ts: str, text: str) -> None:
        """By its author."""
        place = self._world.channels[channel]
        message = place.messages[ts]
        happening.edit(self._world, place, message, by=message.user or "", text=typed(text))

    def delete(self, channel: str, ts: str) -> None:
        place = self._world.channels[channel]
        happening.delete(self._world, place, place.messages[ts])

    def react(self, member: str, channel: str, ts: str, name: str) -> None:
        """`name` without colons. Raises Refused when it is there already."""
        place = self._world.channels[channel]
        reactions.add(self._world, place, place.messages[ts], by=member, name=name)

    def unreact(self, member: str, channel: str, ts: str, name: str) -> None:
        place = self._world.channels[channel]
        reactions.remove(self._world, place, place.messages[ts], by=member, name=name)

    def _ts(self, place: Channel) -> str:
        return self._world.minting.ts(place.messages, self._world.now())

    def _root(self, place: Channel, ts: str | None) -> str | None:
        if ts is None:
            return None
        message = place.messages[ts]
        return message.thread_ts or message.ts

    def _file(self, member: str, name: str) -> Json:
        return {
            "id": self._world.minting.id("F"),
            "created": self._world.seconds(),
            "timestamp": self._world.seconds(),
            "name": name,
            "title": name,
            "user": member,
            "mode": "hosted",
            "is_external": False,
            "is_public": True,
        }
