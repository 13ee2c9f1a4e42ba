"""Members use what the app shows them. A gesture waits three real seconds for its acknowledgement."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scheduler.sandbox.happenings import directs
from scheduler.sandbox.interactions import answering, payloads, picking
from scheduler.sandbox.refusals import Json, Refused
from scheduler.sandbox.shapes.views import view as view_object
from scheduler.sandbox.socketmode.delivery import Delivery
from scheduler.sandbox.socketmode.envelope import Kind
from scheduler.sandbox.state import Channel, View
from scheduler.sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """What came of a gesture. Unacknowledged, the member sees an error; Slack does not try again."""

    acknowledged: bool
    payload: Mapping[str, Any] | None = None


class Interactions:
    """All raise Refused when there is nothing like that to press."""

    def __init__(self, world: World, delivery: Delivery) -> None:
        self._world, self._delivery = world, delivery

    async def press(
        self,
        member: str,
        channel: str,
        ts: str,
        action_id: str,
        *,
        picked: object = None,
        block_id: str | None = None,
        beside: Mapping[str, object] | None = None,
    ) -> Pressed:
        """In a message, also an ephemeral one. What it showed earlier can be pressed, too: on a stale screen.

        `picked` is the value of an option, a date, a member's id …; a button has its own.
        `block_id` is needed where several blocks have an element with this action id.
        `beside` is what stands in the other elements, by `block id/action id`.
        """
        place = self._world.channels[channel]
        for blocks in self._shown(place, ts, member):
            if found := picking.find(blocks, action_id, block_id):
                actions = [picking.action(*found, picked, self._ts())]
                values = picking.values_of(blocks, {**(beside or {}), picking.own_name(*found): picked})
                payload = payloads.on_message(self._world, member, place, ts, actions=actions, values=values)
                return await self._ask(Kind.INTERACTIVE, payload)
        raise Refused("action_not_found")

    async def press_in_view(
        self,
        member: str,
        view_id: str,
        action_id: str,
        *,
        picked: object = None,
        block_id: str | None = None,
        beside: Mapping[str, object] | None = None,
    ) -> Pressed:
        """In a modal; for the Home tab give its view id from `home`."""
        view = self._view(view_id)
        blocks = view.content["blocks"]
        found = picking.find(blocks, action_id, block_id)
        if found is None:
            raise Refused("action_not_found")
        actions = [picking.action(*found, picked, self._ts())]
        values = picking.values_of(blocks, {**(beside or {}), picking.own_name(*found): picked})
        payload = payloads.on_view(self._world, member, view, actions=actions, values=values)
        return await self._ask(Kind.INTERACTIVE, payload)

    async def submit(self, member: str, view_id: str, picked: Mapping[str, object] | None = None) -> Pressed:
        """A modal, filled in. What it shows afterwards follows the acknowledgement.

        `picked` is by action id, or by `block id/action id` where several inputs have the same action id.
        """
        view = self._view(view_id)
        payload = payloads.submission(
            self._world, member, view, picking.values_of(view.content["blocks"], picked or {})
        )
        pressed = await self._ask(Kind.INTERACTIVE, payload)
        if pressed.acknowledged:
            answering.after_submission(self._world, view, dict(pressed.payload) if pressed.payload else None)
        return pressed

    async def close(self, member: str, view_id: str) -> Pressed | None:
        """The app hears of it only when the modal asked for that."""
        view = self._view(view_id)
        self._world.views.pop(view_id, None)
        if not view.content.get("notify_on_close"):
            return None
        return await self._ask(Kind.INTERACTIVE, payloads.closing(self._world, member, view))

    async def command(self, member: str, channel: str, name: str, text: str = "") -> Pressed:
        """A slash command: `name` with its slash. What the acknowledgement says is shown."""
        place = self._world.channels[channel]
        payload = payloads.command(self._world, member, place, name, text)
        pressed = await self._ask(Kind.COMMAND, payload)
        if pressed.payload:
            key = payload["response_url"].rpartition("/")[2]
            answering.respond(self._world, self._world.triggers.place(key), dict(pressed.payload))
        return pressed

    async def shortcut(self, member: str, callback_id: str) -> Pressed:
        return await self._ask(Kind.INTERACTIVE, payloads.shortcut(self._world, member, callback_id))

    async def message_shortcut(self, member: str, channel: str, ts: str, callback_id: str) -> Pressed:
        place = self._world.channels[channel]
        message = self._world.message(place, ts)
        payload = payloads.message_shortcut(self._world, member, place, message, callback_id)
        return await self._ask(Kind.INTERACTIVE, payload)

    def open_home(self, member: str, *, tab: str = "home") -> None:
        """An `app_home_opened` event; `tab` is `home` or `messages`."""
        channel = directs.with_member(self._world, member)
        home = self._world.homes.get(member) if tab == "home" else None
        event = {"type": "app_home_opened", "user": member, "channel": channel.id, "tab": tab}
        told = {**event, "event_ts": self._ts()}
        self._world.say({**told, "view": view_object(self._world, home)} if home else told)

    async def _ask(self, kind: Kind, payload: Json) -> Pressed:
        heard = await self._delivery.ask(kind, payload)
        return Pressed(acknowledged=heard is not None, payload=heard.payload if heard else None)

    def _shown(self, place: Channel, ts: str, member: str) -> list[list[Json]]:
        message = place.messages.get(ts)
        if message:
            return [message.blocks or [], *message.earlier_blocks]
        mine = (one for one in self._world.ephemerals if one.ts == ts and one.user == member)
        return [one.blocks or [] for one in mine]

    def _view(self, view_id: str) -> View:
        if view_id not in self._world.views:
            raise Refused("view_not_found")
        return self._world.views[view_id]

    def _ts(self) -> str:
        return self._world.minting.event_ts(self._world.now())
