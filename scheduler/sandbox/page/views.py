"""The app's Home tab and its modals, as they stand before a member."""

from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from scheduler.pages import blocks_to_html
from scheduler.pages.reading import words_in
from scheduler.sandbox.page.controls import control
from scheduler.sandbox.page.fields import habits_of
from scheduler.sandbox.page.names import called
from scheduler.sandbox.page.times import times_of
from scheduler.sandbox.page.viewer import Viewer
from scheduler.sandbox.state import View
from scheduler.sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownView:
    """`submit` and `close` are the words of the buttons; without `submit` there is nothing to send."""

    id: str
    title: str
    body: Markup
    submit: str
    close: str


def home_of(world: World, viewer: Viewer) -> ShownView | None:
    """None until the app published one for this member."""
    found = world.homes.get(viewer.member)
    return _shown(world, viewer, found) if found else None


def modal_of(world: World, viewer: Viewer) -> ShownView | None:
    """The modal on top, if any is open."""
    mine = [view for view in world.views.values() if is_modal_of(view, viewer.member)]
    return _shown(world, viewer, mine[-1]) if mine else None


def is_modal_of(view: View, member: str) -> bool:
    return view.user == member and view.content.get("type") == "modal"


def _shown(world: World, viewer: Viewer, view: View) -> ShownView:
    content, drawing = view.content, partial(control, habits=habits_of(viewer, times_of(world, viewer)))
    return ShownView(
        id=view.id,
        title=words_in(content.get("title")),
        body=blocks_to_html("", content["blocks"], called(world, viewer), drawing),
        submit=words_in(content.get("submit")),
        close=words_in(content.get("close")),
    )
