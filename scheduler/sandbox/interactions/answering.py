"""What an app answers to an interaction: in its acknowledgement, or through a `response_url`."""

from scheduler.sandbox.happenings import messages as happening
from scheduler.sandbox.refusals import Json, Refused
from scheduler.sandbox.state import Ephemeral, Message, View
from scheduler.sandbox.text import sent_by_app
from scheduler.sandbox.triggers import Response
from scheduler.sandbox.viewing import clear, close, content_of, new_hash, show
from scheduler.sandbox.world import World


def after_submission(world: World, view: View, answer: Json | None) -> None:
    """An empty answer closes the modal; errors leave it open."""
    kind = (answer or {}).get("response_action")
    if kind == "update" and answer:
        view.content, view.hash = content_of(answer["view"]), new_hash(world)
    elif kind == "push" and answer:
        show(world, view.user, content_of(answer["view"]), over=view)
    elif kind == "clear":
        clear(world, view)
    elif kind != "errors":
        close(world, view)


def respond(world: World, place: Response, told: Json) -> None:
    """Replaces, deletes or adds a message. Raises Refused."""
    if told.get("delete_original"):
        _replace(world, place, None)
    elif told.get("replace_original"):
        _replace(world, place, told)
    elif told.get("text") or told.get("blocks"):
        _show(world, place, told)
    else:
        raise Refused("no_text")


def _replace(world: World, place: Response, told: Json | None) -> None:
    channel = world.channel(place.channel)
    message = channel.messages.get(place.ts or "")
    if message is None:
        world.ephemerals = [one for one in world.ephemerals if one.ts != place.ts]
        if told:
            _show(world, place, told)
    elif told is None:
        happening.delete(world, channel, message)
    else:
        changes = {"text": sent_by_app(told.get("text", "")), "blocks": told.get("blocks")}
        happening.edit(world, channel, message, by=world.bot_user, **changes)


def _show(world: World, place: Response, told: Json) -> None:
    """To the one member alone, unless `response_type` says otherwise."""
    channel, text = world.channel(place.channel), sent_by_app(told.get("text", ""))
    if told.get("response_type") == "in_channel":
        ts = world.minting.ts(channel.messages, world.now())
        said = Message(
            ts=ts, text=text, blocks=told.get("blocks"), bot_id=world.bot_id, subtype="bot_message"
        )
        happening.write(world, channel, said)
    else:
        ts = world.minting.event_ts(world.now())
        shown = Ephemeral(channel=channel.id, user=place.user, ts=ts, text=text, blocks=told.get("blocks"))
        world.ephemerals.append(shown)
    world.bell.ring()
