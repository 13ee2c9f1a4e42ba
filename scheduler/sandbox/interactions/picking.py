"""What an element of a block says when somebody uses it."""

from collections.abc import Iterator

from scheduler.sandbox.refusals import Json, Refused

_OPTION = frozenset(("static_select", "external_select", "overflow", "radio_buttons"))
_OPTIONS = frozenset(("checkboxes", "multi_static_select", "multi_external_select"))
_PLAIN = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
}


def find(blocks: list[Json], action_id: str, block_id: str | None = None) -> tuple[Json, Json] | None:
    """The block and the element in it; the first one, unless the block is named."""
    for block in blocks:
        if block_id not in {None, block["block_id"]}:
            continue
        for element in _elements(block):
            if element.get("action_id") == action_id:
                return block, element
    return None


def state_of(element: Json, picked: object) -> Json:
    """The element with what was picked in it, as it stands in `state.values`."""
    kind = str(element["type"])
    if kind in _OPTION:
        return {"type": kind, "selected_option": _option(element, picked)}
    if kind in _OPTIONS:
        chosen = picked if isinstance(picked, list) else [picked]
        return {"type": kind, "selected_options": [_option(element, one) for one in chosen]}
    return {"type": kind, _PLAIN.get(kind, "value"): picked}


def action(block: Json, element: Json, picked: object, action_ts: str) -> Json:
    """One entry of `actions`. A button says its own value."""
    where = {"action_id": element["action_id"], "block_id": block["block_id"]}
    if element["type"] != "button":
        return {**where, **state_of(element, picked), "action_ts": action_ts}
    shown: Json = {name: element[name] for name in ("text", "value", "style", "url") if name in element}
    return {**where, "type": "button", **shown, "action_ts": action_ts}


def _elements(block: Json) -> Iterator[Json]:
    yield from block.get("elements") or []
    for name in ("accessory", "element"):
        if isinstance(block.get(name), dict):
            yield block[name]


def _option(element: Json, value: object) -> Json | None:
    options = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options += group["options"]
    found: list[Json] = [option for option in options if option.get("value") == value]
    if (
        value is not None
        and not found
        and element["type"] not in {"external_select", "multi_external_select"}
    ):
        raise Refused("option_not_found")
    return found[0] if found else None
