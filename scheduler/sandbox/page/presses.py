"""What a visitor presses and fills in of what an app shows."""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from scheduler.catalogue import say
from scheduler.sandbox.interactions.picking import holding
from scheduler.sandbox.interactions.pressing import Pressed
from scheduler.sandbox.page.choices import picked_in
from scheduler.sandbox.page.controls import is_known
from scheduler.sandbox.page.fields import field_name
from scheduler.sandbox.page.filled import Filled
from scheduler.sandbox.page.outcome import Outcome
from scheduler.sandbox.page.viewer import Viewer
from scheduler.sandbox.refusals import Json, Refused
from scheduler.sandbox.state import View

if TYPE_CHECKING:
    from scheduler.sandbox.page.page import Page


async def press(page: "Page", viewer: Viewer, filled: Filled) -> Outcome:
    """A button, a choice, a date: in a message, in a modal or on the Home tab."""
    block_id, action_id, *option = _names(filled.text("press"))
    blocks = _view(page, viewer, filled).content["blocks"] if filled.text("view") else _blocks(page, filled)
    beside = _picked(page, viewer, filled, blocks)
    picked = option[0] if option else beside.get(f"{block_id}/{action_id}")
    hands, where = page.sandbox.interactions, {"picked": picked, "block_id": block_id, "beside": beside}
    if filled.text("view"):
        pressed = await hands.press_in_view(viewer.member, filled.text("view"), action_id, **where)  # type: ignore[arg-type]
    else:
        channel, ts = filled.text("channel"), filled.text("ts")
        pressed = await hands.press(viewer.member, channel, ts, action_id, **where)  # type: ignore[arg-type]
    return _heard(viewer, pressed)


async def submit(page: "Page", viewer: Viewer, filled: Filled) -> Outcome:
    """A modal, filled in. What the app finds wrong is shown beside the inputs."""
    view = _view(page, viewer, filled)
    missing = {block: say(viewer.language, "standin.needed") for block in _missing(view, filled)}
    if missing:
        return Outcome(errors=missing)
    picked = _picked(page, viewer, filled, view.content["blocks"])
    pressed = await page.sandbox.interactions.submit(viewer.member, view.id, picked)
    answer = pressed.payload or {}
    if answer.get("response_action") == "errors":
        return Outcome(errors=_errors(answer))
    return _heard(viewer, pressed)


async def close(page: "Page", viewer: Viewer, filled: Filled) -> Outcome:
    """The modal on top goes; one that it was pushed over comes back."""
    await page.sandbox.interactions.close(viewer.member, _view(page, viewer, filled).id)
    return Outcome()


def _heard(viewer: Viewer, pressed: Pressed) -> Outcome:
    return Outcome() if pressed.acknowledged else Outcome(say=say(viewer.language, "standin.no_answer"))


def _names(value: str) -> list[str]:
    """Block id and action id, and the option of a menu. Raises Refused for anything else."""
    try:
        names = json.loads(value)
    except ValueError:
        raise Refused("action_not_found") from None
    if not isinstance(names, list) or len(names) not in {2, 3} or not all(isinstance(n, str) for n in names):
        raise Refused("action_not_found")
    return names


def _picked(page: "Page", viewer: Viewer, filled: Filled, blocks: list[Json]) -> dict[str, object]:
    """What stands in every element, by `block id/action id`."""
    zone = ZoneInfo(page.world.members[viewer.member].tz)
    return {
        own: picked_in(element, filled.all(field_name(block, element)), zone)
        for own, block, element in holding(blocks)
    }


def _blocks(page: "Page", filled: Filled) -> list[Json]:
    message = page.world.channels[filled.text("channel")].messages.get(filled.text("ts"))
    if message:
        return message.blocks or []
    alone = (one.blocks for one in page.world.ephemerals if one.ts == filled.text("ts"))
    return next(alone, None) or []


def _view(page: "Page", viewer: Viewer, filled: Filled) -> View:
    view = page.world.views[filled.text("view")]
    if view.user != viewer.member:
        raise Refused("view_not_found")
    return view


def _missing(view: View, filled: Filled) -> Iterator[str]:
    """The inputs that have to be filled in, can be, and are not."""
    for _, block, element in holding(view.content["blocks"]):
        is_needed = block["type"] == "input" and block.get("optional") is not True
        if is_needed and is_known(element) and not any(filled.all(field_name(block, element))):
            yield str(block["block_id"])


def _errors(answer: Mapping[str, Any]) -> Mapping[str, str]:
    told = answer.get("errors")
    return {str(block): str(error) for block, error in told.items()} if isinstance(told, dict) else {}
