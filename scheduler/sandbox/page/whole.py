"""The whole page, as a browser asks for it first."""

from typing import TYPE_CHECKING

from scheduler.catalogue import LANGUAGES, say
from scheduler.sandbox.page.drawing import draw
from scheduler.sandbox.page.names import app_name, channel_name, hue, initials, member_name
from scheduler.sandbox.page.screen import Screen
from scheduler.sandbox.page.viewer import HOME, Viewer, channels_of, people

if TYPE_CHECKING:
    from scheduler.sandbox.page.page import Page


def whole(page: "Page", viewer: Viewer, screen: Screen) -> str:
    """Everything, with the mark of the screen that it shows."""
    world, member = page.world, viewer.member
    channel = world.channels.get(viewer.place)
    name = member_name(world, member)
    return draw(
        "whole",
        viewer,
        screen=screen,
        feed=viewer.url("/page/feed"),
        name=name,
        initials=initials(name),
        hue=hue(member),
        place=app_name(world) if viewer.place == HOME or channel is None else channel_name(world, channel),
        is_channel=channel is not None and not channel.is_im,
        is_thread="".join(screen.regions["thread"]) != "",
        others=[_other(viewer, language) for language in LANGUAGES if language != viewer.language],
        people=[(each.id, member_name(world, each.id)) for each in people(world)],
        channels=[(each.id, each.name) for each in channels_of(world, member) if not each.is_im],
        can_write=channel is not None,
    )


def _other(viewer: Viewer, language: str) -> tuple[str, str, str]:
    """The same page in another language: its code, the address, and what it calls itself."""
    return language, viewer.in_language(language), say(language, "standin.this_language")
