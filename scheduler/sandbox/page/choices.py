"""What can be picked in an element of Block Kit, and what was picked in it from the start."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from scheduler.pages.reading import mappings, string, words_in
from scheduler.sandbox.interactions.picking import initially

_Element = Mapping[str, object]
#: Ten digits are all that Slack takes.
_NO_DATE = 10**10
_SOURCES = {"users_select": "people", "conversations_select": "channels", "channels_select": "channels"}


def is_several(element: _Element) -> bool:
    kind = string(element.get("type"))
    return kind.startswith("multi_") or kind == "checkboxes"


def datalist_of(element: _Element) -> str:
    """Where the choices come from that the app does not name: `people` or `channels`."""
    return _SOURCES.get(string(element.get("type")).removeprefix("multi_"), "")


def choices(element: _Element) -> Iterator[tuple[str, Markup, Markup]]:
    """Value, words and description of each option, with those of groups."""
    groups = [group.get("options") for group in mappings(element.get("option_groups"))]
    for options in (element.get("options"), *groups):
        for option in mappings(options):
            words = words_in(option.get("text"))
            more = option.get("description")
            told = Markup("<small>{}</small>").format(words_in(more)) if more else Markup()
            yield string(option.get("value")), words, told


def picked_before(element: _Element) -> list[str]:
    """The values that the app put there."""
    found = initially(element)
    told = [string(value) for value in (found if isinstance(found, list) else [found])]
    return [value for value in told if value]


def local_time(element: _Element, zone: ZoneInfo) -> str:
    """What a picker of date and time shows from the start, as browsers write it; empty without anything."""
    seconds = element.get("initial_date_time")
    if not isinstance(seconds, int) or not 0 <= seconds < _NO_DATE:
        return ""
    return f"{datetime.fromtimestamp(seconds, zone):%Y-%m-%dT%H:%M}"


def picked_in(element: _Element, values: list[str], zone: ZoneInfo) -> object:
    """What somebody picked, as Slack tells it: a text, a list, seconds since 1970, or nothing."""
    given = [value for value in values if value]
    if is_several(element):
        return given
    if not given:
        return None
    if element.get("type") == "datetimepicker":
        return int(datetime.fromisoformat(given[0]).replace(tzinfo=zone).timestamp())
    return given[0]
