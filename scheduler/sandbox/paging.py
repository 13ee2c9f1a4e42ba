"""Pages with opaque cursors. A cursor names the next item, so that what comes in between shifts nothing."""

import binascii
from base64 import b64decode, b64encode
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.sandbox.refusals import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some keys in order; `next_cursor` is empty on the last page."""

    keys: Sequence[str]
    next_cursor: str


def sealed(kind: str, value: object) -> str:
    return b64encode(f"{kind}:{value}".encode()).decode()


def opened(kind: str, cursor: str) -> str:
    """What a cursor names. Raises Refused(invalid_cursor) for one that we did not give out."""
    try:
        found, _, value = b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        raise Refused("invalid_cursor") from None
    if found != kind:
        raise Refused("invalid_cursor")
    return value


def page_of(kind: str, ids: Sequence[str], *, cursor: str, limit: int) -> Page:
    """A page of sorted ids, beginning where the cursor points."""
    start = bisect_left(ids, opened(kind, cursor)) if cursor else 0
    keys, rest = ids[start : start + limit], ids[start + limit : start + limit + 1]
    return Page(keys=keys, next_cursor=sealed(kind, rest[0]) if rest else "")
