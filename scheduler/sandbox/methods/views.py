"""views.open, views.update, views.publish. Source: https://docs.slack.dev/reference/methods/views.open"""

import json

from scheduler.sandbox.arguments import Arguments
from scheduler.sandbox.refusals import Json, Refused, invalid_arguments
from scheduler.sandbox.shapes.views import view as view_object
from scheduler.sandbox.state import View
from scheduler.sandbox.viewing import content_of, new_hash, show
from scheduler.sandbox.world import World


def open_view(world: World, arguments: Arguments) -> Json:
    content = _given(arguments, "modal")
    user = world.triggers.exchange(arguments.required("trigger_id"), world.now())
    return {"view": view_object(world, show(world, user, content))}


def update_view(world: World, arguments: Arguments) -> Json:
    view = _found(world, arguments)
    content = _given(arguments, str(view.content["type"]))
    _check_hash(view, arguments)
    view.content, view.hash = content, new_hash(world)
    return {"view": view_object(world, view)}


def publish_view(world: World, arguments: Arguments) -> Json:
    user = world.member(arguments.required("user_id"))
    content = _given(arguments, "home")
    home = world.homes.get(user.id)
    if home:
        _check_hash(home, arguments)
        home.content, home.hash = content, new_hash(world)
    else:
        home = world.homes[user.id] = show(world, user.id, content)
    return {"view": view_object(world, home)}


def _given(arguments: Arguments, kind: str) -> Json:
    given = arguments.structure("view", "invalid_arguments")
    if not isinstance(given, dict) or given.get("type") != kind:
        raise invalid_arguments(f"failed to match all allowed schemas: a view of type {kind} was expected")
    if len(json.dumps(given, ensure_ascii=False).encode()) > 250_000:
        raise Refused("view_too_large")
    return content_of(given)


def _found(world: World, arguments: Arguments) -> View:
    wanted, external = arguments.text("view_id"), arguments.text("external_id")
    for view in world.views.values():
        if view.id == wanted or (external and view.content.get("external_id") == external):
            return view
    raise Refused("not_found")


def _check_hash(view: View, arguments: Arguments) -> None:
    if arguments.text("hash") and arguments.text("hash") != view.hash:
        raise Refused("hash_conflict")
