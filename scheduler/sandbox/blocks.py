"""Slack's limits on blocks: whatever breaks one is refused as `invalid_blocks`, with the reason.

Only the rules that an app can break without knowing; no schema of every block.
"""

from collections.abc import Iterator
from typing import Any

from scheduler.sandbox.refusals import Json, Refused

_TYPES = frozenset(
    {
        *("section", "divider", "image", "actions", "context", "context_actions", "input", "file", "call"),
        *("header", "markdown", "video", "rich_text", "table", "task_card", "plan", "alert", "card"),
        *("container", "carousel"),
    }
)
#: Characters, by the block's type.
_TEXTS = {"section": 3000, "header": 150, "markdown": 12_000}
_MOST_ELEMENTS = {"actions": 25, "context": 10, "context_actions": 5}
_MOST_TEXT_OF_ALL = 13_200


def checked(blocks: object, *, most: int) -> list[Json] | None:
    """The blocks, or None when there are none; blocks without an id get one. Raises Refused."""
    if blocks is None or blocks == []:
        return None
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise Refused("invalid_blocks_format")
    problems = list(_problems(blocks, most))
    if problems:
        raise Refused("invalid_blocks", errors=problems, response_metadata={"messages": _marked(problems)})
    if sum(len(text) for text in _texts(blocks)) > _MOST_TEXT_OF_ALL:
        raise Refused("msg_blocks_too_long")
    return [_named(block, number) for number, block in enumerate(blocks)]


def _named(block: Json, number: int) -> Json:
    """Slack gives every block and every element an id when the app gave none."""
    named: Json = {**block, "block_id": block.get("block_id") or f"b{number}"}
    if isinstance(block.get("elements"), list) and block.get("type") == "actions":
        named["elements"] = [_with_action(one, f"a{n}") for n, one in enumerate(block["elements"])]
    for name in ("accessory", "element"):
        if name in block:
            named[name] = _with_action(block[name], "a0")
    return named


def _with_action(element: object, identity: str) -> object:
    is_without = isinstance(element, dict) and not element.get("action_id") and element.get("type") != "image"
    return {**element, "action_id": identity} if is_without else element  # type: ignore[dict-item]


def _marked(problems: list[str]) -> list[str]:
    return [f"[ERROR] {problem}" for problem in problems]


def _problems(blocks: list[Json], most: int) -> Iterator[str]:
    if len(blocks) > most:
        yield f"no more than {most} items allowed [json-pointer:/blocks]"
    ids = [block["block_id"] for block in blocks if block.get("block_id")]
    if len(ids) != len(set(ids)):
        yield "block_id already exists [json-pointer:/blocks]"
    for number, block in enumerate(blocks):
        for problem in _problems_of(block):
            yield f"{problem} [json-pointer:/blocks/{number}]"


def _problems_of(block: Json) -> Iterator[str]:
    kind = str(block.get("type"))
    if kind not in _TYPES:
        yield f"unsupported type: {kind}"
    if len(str(block.get("block_id") or "")) > 255:
        yield "must be less than 256 characters"
    yield from _text_problems(kind, block)
    if kind == "section" and not block.get("text") and not block.get("fields"):
        yield "missing required field: text"
    if len(block.get("fields") or []) > 10 or any(len(_text(f)) > 2000 for f in block.get("fields") or []):
        yield "fields: no more than 10 items of 2000 characters allowed"
    elements = block.get("elements") or []
    if kind in _MOST_ELEMENTS and not 0 < len(elements) <= _MOST_ELEMENTS[kind]:
        yield f"elements: 1 to {_MOST_ELEMENTS[kind]} items allowed"
    for element in [*elements, block.get("accessory"), block.get("element")]:
        if isinstance(element, dict):
            yield from _element_problems(element)


def _text_problems(kind: str, block: Json) -> Iterator[str]:
    if kind not in _TEXTS or "text" not in block:
        return
    if kind != "markdown" and _is_bad_text(block["text"], plain=kind == "header"):
        yield "text: unsupported text object"
    if not 0 < len(_text(block["text"])) <= _TEXTS[kind]:
        yield f"text: must be 1 to {_TEXTS[kind]} characters"


def _is_bad_text(text: object, *, plain: bool) -> bool:
    kinds = {"plain_text"} if plain else {"plain_text", "mrkdwn"}
    return not isinstance(text, dict) or text.get("type") not in kinds


def _element_problems(element: Json) -> Iterator[str]:
    if element.get("type") == "button":
        if not 0 < len(_text(element.get("text"))) <= 75:
            yield "button text: must be 1 to 75 characters"
        if _is_bad_text(element.get("text"), plain=True):
            yield "button text: must be plain_text"
    for name, most in (("value", 2000), ("action_id", 255), ("url", 3000), ("alt_text", 2000)):
        if len(str(element.get(name) or "")) > most:
            yield f"{name}: must be less than {most + 1} characters"


def _text(found: object) -> str:
    return str(found.get("text", "")) if isinstance(found, dict) else str(found or "")


def _texts(found: Any) -> Iterator[str]:  # noqa: ANN401 -- JSON of any depth
    if isinstance(found, dict):
        if isinstance(found.get("text"), str):
            yield found["text"]
        for value in found.values():
            yield from _texts(value)
    elif isinstance(found, list):
        for item in found:
            yield from _texts(item)
