"""Modals and Home tabs as they stand before a member: shown, replaced, stacked and closed."""

from scheduler.sandbox.blocks import checked
from scheduler.sandbox.refusals import Json
from scheduler.sandbox.state import View
from scheduler.sandbox.world import World

_MOST_BLOCKS = 100


def content_of(given: Json) -> Json:
    """A view as an app gave it, with checked blocks. Raises Refused."""
    return {**given, "blocks": checked(given.get("blocks"), most=_MOST_BLOCKS) or []}


def new_hash(world: World) -> str:
    return f"{world.seconds()}.{world.minting.id('')}"


def show(world: World, user: str, content: Json, *, over: View | None = None) -> View:
    """A new view, on its own or (pushed) over another one."""
    identity = world.minting.id("V")
    view = View(
        id=identity,
        user=user,
        content=content,
        hash=new_hash(world),
        root_id=over.root_id if over else identity,
        previous_id=over.id if over else None,
    )
    world.views[view.id] = view
    return view


def close(world: World, view: View) -> None:
    world.views.pop(view.id, None)


def clear(world: World, view: View) -> None:
    """Closes the whole stack that the view stands in."""
    for found in [found for found in world.views.values() if found.root_id == view.root_id]:
        close(world, found)
