"""Reading the fields of an event that anybody may have made up: each is what it should be, or Malformed."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

#: An event, or a part of one.
Fields = Mapping[str, Any]

_TS = re.compile(r"[0-9]{1,10}\.[0-9]{1,6}")
#: Ids are opaque; ours go into mentions and links, so that no sign of those may stand in them.
_ID = re.compile(r"[A-Za-z0-9_.-]{1,40}")
#: Slack allows 40,000 characters; whatever is longer was not written in Slack.
_LONGEST = 200_000


class Malformed(Exception):
    """An event lacks a field, or it is of another kind than Slack's. Names the field, never its content."""

    def __init__(self, field: str) -> None:
        super().__init__(f"the field {field} is missing or malformed")
        self.field = field


def part(fields: Fields, name: str) -> Fields:
    found = fields.get(name)
    if not isinstance(found, Mapping):
        raise Malformed(name)
    return found


def maybe_part(fields: Fields, name: str) -> Fields:
    """An empty part when there is none."""
    return part(fields, name) if fields.get(name) is not None else {}


def identifier(fields: Fields, name: str) -> str:
    """An id of Slack's; they are opaque, but never empty and never long."""
    found = fields.get(name)
    if not isinstance(found, str) or not _ID.fullmatch(found):
        raise Malformed(name)
    return found


def maybe_identifier(fields: Fields, name: str) -> str | None:
    """None when there is none: Slack leaves fields out, empty or null in any combination."""
    return identifier(fields, name) if fields.get(name) else None


def identifiers(fields: Fields, name: str) -> tuple[str, ...]:
    """Ids of Slack's, each once; empty when there is none."""
    found = fields.get(name)
    if found is None:
        return ()
    if not isinstance(found, list):
        raise Malformed(name)
    return tuple(dict.fromkeys(identifier({name: each}, name) for each in found))


def words(fields: Fields, name: str) -> str:
    """A text, empty when there is none. Half a sign, which no database keeps, becomes "?"."""
    found = fields.get(name)
    if found is None:
        return ""
    if not isinstance(found, str) or len(found) > _LONGEST:
        raise Malformed(name)
    return found if found.isascii() else found.encode(errors="replace").decode()


def stamp_of_time(fields: Fields, name: str) -> str:
    """Slack's `ts`; it stays text."""
    found = fields.get(name)
    if not isinstance(found, str) or not _TS.fullmatch(found):
        raise Malformed(name)
    return found


def maybe_stamp_of_time(fields: Fields, name: str) -> str | None:
    return stamp_of_time(fields, name) if fields.get(name) else None


def instant(ts: str) -> datetime:
    """The instant of a `ts`, exact to the microsecond."""
    seconds, _, micros = ts.partition(".")
    return datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int(micros.ljust(6, "0")))


def maybe_seconds(fields: Fields, name: str) -> datetime | None:
    found = fields.get(name)
    if not isinstance(found, int) or isinstance(found, bool) or not 0 < found < 10_000_000_000:
        return None
    return datetime.fromtimestamp(found, UTC)
