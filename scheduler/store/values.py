"""Placeholder values as JSON and back, so that a waiting message keeps its types."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from scheduler.model.messages import ChannelRef, Day, MemberRef, PlaceholderValue, PostList, PostRef, Wait


def to_json(values: Mapping[str, PlaceholderValue]) -> dict[str, Any]:
    """Plain values stay; each typed one becomes an object with its type's name as the only key."""
    return {name: _encode(value) for name, value in values.items()}


def from_json(values: Mapping[str, Any]) -> dict[str, PlaceholderValue]:
    return {name: _decode(value) for name, value in values.items()}


def _encode(value: PlaceholderValue) -> Any:
    match value:
        case MemberRef(member):
            return {"member": member}
        case ChannelRef(channel):
            return {"channel": channel}
        case PostRef(channel, ts):
            return {"post": [channel, ts]}
        case PostList(posts):
            return {"posts": [[post.channel, post.ts] for post in posts]}
        case Wait(minutes):
            return {"wait": minutes}
        case Day(on):
            return {"day": on.isoformat()}
        case _:
            return value


def _decode(value: Any) -> PlaceholderValue:
    match value:
        case {"member": str(member)}:
            return MemberRef(member)
        case {"channel": str(channel)}:
            return ChannelRef(channel)
        case {"post": [str(channel), str(ts)]}:
            return PostRef(channel, ts)
        case {"posts": list(posts)}:
            return PostList(tuple(PostRef(channel, ts) for channel, ts in posts))
        case {"wait": int(minutes)}:
            return Wait(minutes)
        case {"day": str(on)}:
            return Day(date.fromisoformat(on))
        case str() | int() | bool() | None:
            return value
        case _:
            raise ValueError(f"not a placeholder value: {value!r}")
