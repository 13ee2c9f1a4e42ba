"""What members say on the page: they write, answer, stamp, change and delete."""

import re
from typing import TYPE_CHECKING

from scheduler.catalogue import say
from scheduler.sandbox.happenings import directs
from scheduler.sandbox.page.filled import Filled
from scheduler.sandbox.page.outcome import Outcome
from scheduler.sandbox.page.typed import markup_of
from scheduler.sandbox.page.viewer import Viewer, channels_of
from scheduler.sandbox.refusals import Refused
from scheduler.sandbox.state import Channel, Message

if TYPE_CHECKING:
    from scheduler.sandbox.page.page import Page

_COMMAND = re.compile(r"/([^\s/]\S*)\s*(.*)", re.DOTALL)
_STAMP = re.compile(r":?([a-z0-9_+'-]{1,80}):?")


async def write(page: "Page", viewer: Viewer, filled: Filled) -> Outcome:
    """A post, a reply, `/me` or a slash command."""
    place, text = place_of(page, viewer, filled), filled.text("text").strip()
    if not text:
        return Outcome(say=sentence(viewer, "nothing_written"))
    command = _COMMAND.fullmatch(text)
    if command and command[1] != "me":
        pressed = await page.sandbox.interactions.command(
            viewer.member, place.id, f"/{command[1]}", command[2]
        )
        return Outcome() if pressed.acknowledged else Outcome(say=sentence(viewer, "no_answer"))
    page.sandbox.post(
        viewer.member,
        place.id,
        markup_of(page.world, command[2] if command else text),
        thread_ts=filled.text("root") or None,
        broadcast=bool(filled.text("root") and filled.text("broadcast")),
        me=command is not None,
    )
    return Outcome()


async def stamp(page: "Page", viewer: Viewer, filled: Filled) -> Outcome:
    """Puts a stamp there, or takes it back."""
    place, message = _message(page, viewer, filled)
    name = _STAMP.fullmatch(filled.text("name").strip())
    if name is None:
        return Outcome(say=sentence(viewer, "no_stamp"))
    is_mine = viewer.member in message.reactions.get(name[1], [])
    change = page.sandbox.unreact if is_mine else page.sandbox.react
    change(viewer.member, place.id, message.ts, name[1])
    return Outcome()


async def edit(page: "Page", viewer: Viewer, filled: Filled) -> Outcome:
    place, message = _own(page, viewer, filled)
    text = filled.text("text").strip()
    if not text:
        return Outcome(say=sentence(viewer, "nothing_written"))
    page.sandbox.edit(place.id, message.ts, markup_of(page.world, text))
    return Outcome()


async def delete(page: "Page", viewer: Viewer, filled: Filled) -> Outcome:
    place, message = _own(page, viewer, filled)
    page.sandbox.delete(place.id, message.ts)
    return Outcome()


def place_of(page: "Page", viewer: Viewer, filled: Filled) -> Channel:
    """The channel that a form is about; the DM with the app begins when it is needed."""
    wanted = filled.text("channel") or viewer.place
    if wanted == f"D{viewer.member}":
        return directs.with_member(page.world, viewer.member)
    return {channel.id: channel for channel in channels_of(page.world, viewer.member)}[wanted]


def _message(page: "Page", viewer: Viewer, filled: Filled) -> tuple[Channel, Message]:
    place = place_of(page, viewer, filled)
    return place, place.messages[filled.text("ts")]


def _own(page: "Page", viewer: Viewer, filled: Filled) -> tuple[Channel, Message]:
    place, message = _message(page, viewer, filled)
    if message.user != viewer.member:
        raise Refused("cant_update_message")
    return place, message


def sentence(viewer: Viewer, name: str, **values: object) -> str:
    return say(viewer.language, f"standin.{name}", **values)
