"""The small windows of the page: who to be, which stamp, what to write instead, whether to delete."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from scheduler.pages.emoji import SIGNS
from scheduler.sandbox.page.drawing import draw
from scheduler.sandbox.page.names import hue, initials, member_name
from scheduler.sandbox.page.viewer import Viewer, channels_of, people
from scheduler.sandbox.state import Message

if TYPE_CHECKING:
    from scheduler.sandbox.page.page import Page

Form = Callable[["Page", Viewer, Mapping[str, str]], Markup]

#: Those that people reach for first.
_OFTEN = (
    "+1",
    "heart",
    "eyes",
    "white_check_mark",
    "pray",
    "raised_hands",
    "tada",
    "bow",
    "clap",
    "joy",
    "thinking_face",
    "wave",
)


def who(page: "Page", viewer: Viewer, query: Mapping[str, str]) -> Markup:
    """Everybody whom one can be, and a line to join with."""
    found = [
        {
            "name": member_name(page.world, member.id),
            "title": member.title,
            "initials": initials(member_name(page.world, member.id)),
            "hue": hue(member.id),
            "url": viewer.url(member=member.id, thread="", place=_place_for(member.id, viewer)),
            "is_me": member.id == viewer.member,
            "is_guest": member.is_restricted or member.is_ultra_restricted,
        }
        for member in people(page.world)
    ]
    return draw("form_who", viewer, people=found)


def stamps(page: "Page", viewer: Viewer, query: Mapping[str, str]) -> Markup:
    often = [(name, SIGNS[name]) for name in _OFTEN]
    others = [(name, sign) for name, sign in SIGNS.items() if name not in _OFTEN]
    return draw("form_stamps", viewer, often=often, others=others, channel=query["channel"], ts=query["ts"])


def edit(page: "Page", viewer: Viewer, query: Mapping[str, str]) -> Markup:
    message = _own(page, viewer, query)
    return draw("form_edit", viewer, channel=query["channel"], ts=query["ts"], text=_as_typed(page, message))


def delete(page: "Page", viewer: Viewer, query: Mapping[str, str]) -> Markup:
    _own(page, viewer, query)
    return draw("form_delete", viewer, channel=query["channel"], ts=query["ts"])


def _own(page: "Page", viewer: Viewer, query: Mapping[str, str]) -> Message:
    """Raises KeyError when it is gone, or somebody else's."""
    channel = {found.id: found for found in channels_of(page.world, viewer.member)}[query["channel"]]
    message = channel.messages[query["ts"]]
    if message.user != viewer.member:
        raise KeyError(query["ts"])
    return message


def _as_typed(page: "Page", message: Message) -> str:
    """The text as its author would type it again."""
    text = message.text
    for member in people(page.world):
        text = text.replace(f"<@{member.id}>", f"@{member_name(page.world, member.id)}")
    for channel in page.world.channels.values():
        text = text.replace(f"<#{channel.id}>", f"#{channel.name}")
    for name in ("here", "channel", "everyone"):
        text = text.replace(f"<!{name}>", f"@{name}")
    return (
        text.replace("<http", "http")
        .replace(">", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
    )


def _place_for(member: str, viewer: Viewer) -> str:
    """Where they look first: the same place; instead of somebody else's DM their own."""
    return f"D{member}" if viewer.place == f"D{viewer.member}" else viewer.place


FORMS: Mapping[str, Form] = {"who": who, "stamps": stamps, "edit": edit, "delete": delete}
