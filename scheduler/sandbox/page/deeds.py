"""What a visitor does on the page: each deed is a gesture that the stand-in has anyway."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler.sandbox.page import presses, talking
from scheduler.sandbox.page.filled import Filled
from scheduler.sandbox.page.outcome import Outcome
from scheduler.sandbox.page.steps import goal
from scheduler.sandbox.page.talking import place_of, sentence
from scheduler.sandbox.page.viewer import Viewer
from scheduler.sandbox.refusals import Refused

if TYPE_CHECKING:
    from scheduler.sandbox.page.page import Page

Deed = Callable[["Page", Viewer, Filled], Awaitable[Outcome]]

_LONGEST_NAME = 80


async def do(page: "Page", name: str, viewer: Viewer, filled: Filled) -> Outcome:
    """Does it; what Slack would refuse is said in words."""
    try:
        return await DEEDS[name](page, viewer, filled)
    except Refused as refused:
        return Outcome(say=sentence(viewer, "refused", code=refused.code))
    except KeyError:
        return Outcome(say=sentence(viewer, "gone"))
    finally:
        page.sandbox.bell.ring()


async def enter(page: "Page", viewer: Viewer, filled: Filled) -> Outcome:
    page.sandbox.channels.enter(place_of(page, viewer, filled).id, viewer.member)
    return Outcome()


async def leave(page: "Page", viewer: Viewer, filled: Filled) -> Outcome:
    page.sandbox.channels.leave(place_of(page, viewer, filled).id, viewer.member)
    return Outcome()


async def arrive(page: "Page", viewer: Viewer, filled: Filled) -> Outcome:
    """Somebody new joins the workspace, and the channel they are on the way `to`; one goes on as them."""
    name = " ".join(filled.text("name").split())[:_LONGEST_NAME]
    if not name:
        return Outcome(say=sentence(viewer, "no_name"))
    locale = {"ja": "ja-JP", "en": "en-US"}[viewer.language]
    member = page.sandbox.people.join(name, locale=locale)
    place = filled.text("to") or viewer.place
    if filled.text("to") in page.world.channels:
        page.sandbox.channels.enter(place, member)
    return Outcome(go=viewer.url(member=member, place=place, thread="", before=""))


async def dismiss(page: "Page", viewer: Viewer, filled: Filled) -> Outcome:
    """Takes away what only this member sees."""
    world, ts = page.world, filled.text("ts")
    world.ephemerals = [one for one in world.ephemerals if (one.user, one.ts) != (viewer.member, ts)]
    return Outcome()


async def step(page: "Page", viewer: Viewer, filled: Filled) -> Outcome:
    """Lets the clock step."""
    member = page.world.members.get(viewer.member)
    zone = ZoneInfo(member.tz if member else "Asia/Tokyo")
    if page.step is not None:
        moving = page.step(goal(filled.text("to"), page.world.now(), zone))
        if inspect.isawaitable(moving):
            await moving
    return Outcome()


DEEDS: Mapping[str, Deed] = {
    "write": talking.write,
    "stamp": talking.stamp,
    "edit": talking.edit,
    "delete": talking.delete,
    "enter": enter,
    "leave": leave,
    "arrive": arrive,
    "dismiss": dismiss,
    "step": step,
    "press": presses.press,
    "submit": presses.submit,
    "close": presses.close,
}
