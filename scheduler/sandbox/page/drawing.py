"""Fills the page's layouts, in the language of who looks."""

from markupsafe import Markup

from scheduler.pages.environment import fill
from scheduler.sandbox.page.viewer import Viewer


def draw(layout: str, viewer: Viewer, **values: object) -> Markup:
    """A layout of `pages/layouts/slack`, filled; everything in it that is no Markup is escaped."""
    filled = fill(f"slack/{layout}.html.j2", viewer.language, area="standin", viewer=viewer, **values)
    return Markup(filled)  # noqa: S704 - the environment escapes
