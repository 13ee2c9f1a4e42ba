"""What an element of a block says when somebody uses it."""

from collections.abc import Iterator, Mapping

from scheduler.sandbox.refusals import Json, Refused

_OPTION = frozenset(("static_select", "external_select", "overflow", "radio_buttons"))
_OPTIONS = frozenset(("checkboxes", "multi_static_select", "multi_external_select"))
#: They hold nothing: pressed, they say what they say.
_STATELESS = frozenset(("button", "workflow_button", "icon_button", "feedback_buttons", "overflow"))
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


def holding(blocks: list[Json]) -> Iterator[tuple[str, Json, Json]]:
    """What can be filled in or picked, wherever it stands: its own name, the block, the element."""
    for block in blocks:
        for element in _elements(block):
            kind = element.get("type")
            if element.get("action_id") and isinstance(kind, str) and kind not in _STATELESS:
                yield own_name(block, element), block, element


def own_name(block: Json, element: Json) -> str:
    """Of an element, also where several blocks have one with its action id."""
    return f"{block['block_id']}/{element['action_id']}"


def values_of(blocks: list[Json], picked: Mapping[str, object]) -> Json:
    """`state.values`: in elements left alone stands what the app put there."""
    values: Json = {}
    for own, block, element in holding(blocks):
        given = picked.get(own, picked.get(element["action_id"], initially(element)))
        values.setdefault(block["block_id"], {})[element["action_id"]] = state_of(element, given)
    return values


def initially(element: Mapping[str, object]) -> object:
    """What the app put there, told as what somebody picks."""
    kind = str(element.get("type"))
    if kind in _OPTION:
        return _value(element.get("initial_option"))
    if kind in _OPTIONS:
        options = element.get("initial_options")
        return [_value(option) for option in options] if isinstance(options, list) else []
    name = _PLAIN.get(kind, "value").removeprefix("selected_")
    return element.get(f"initial_{name}", [] if kind.startswith("multi_") else None)


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
    for element in (*(block.get("elements") or []), block.get("accessory"), block.get("element")):
        if isinstance(element, dict):
            yield element


def _value(option: object) -> object:
    return option.get("value") if isinstance(option, Mapping) else None


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
