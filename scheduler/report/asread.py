"""A finished message as its reader sees it: Slack's markup for members, channels and links put into words."""

import re
from collections.abc import Iterator, Mapping

from scheduler.model.messages import Rendered
from scheduler.report.results import Names

_REFERENCE = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")


def as_read(rendered: Rendered, names: Names) -> str:
    """The text of the blocks, with buttons in square brackets; without blocks, the plain text."""
    parts = [part for block in rendered.blocks for part in _parts(block)]
    text = "\n\n".join(parts) or rendered.text
    text = _REFERENCE.sub(lambda found: _reference(found, names), text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _parts(block: Mapping[str, object]) -> Iterator[str]:
    if text := _text_of(block):
        yield text
    elements = block.get("elements")
    if isinstance(elements, list):
        yield " ".join(f"[{_text_of(element)}]" for element in elements)


def _text_of(part: object) -> str:
    """The text of a block or a button: `{"text": {"text": "…"}}`."""
    inner = part.get("text") if isinstance(part, Mapping) else None
    text = inner.get("text") if isinstance(inner, Mapping) else None
    return text if isinstance(text, str) else ""


def _reference(found: re.Match[str], names: Names) -> str:
    sign, target, label = found[1], found[2], found[3]
    if sign == "@":
        return f"@{names.member(target)}"
    if sign == "#":
        return names.channel(target)
    return label or target
