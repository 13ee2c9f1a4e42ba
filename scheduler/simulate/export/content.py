"""Bytes of a file in an export → JSON values, or CannotRead. Knows no field by name."""

import json
from collections.abc import Callable

from scheduler.simulate.export.files import CannotRead
from scheduler.simulate.export.findings import Finding

JsonObject = dict[str, object]


def load_list(data: bytes, slim: Callable[[JsonObject], object] | None = None) -> list[object]:
    """The list in a file; `slim` may make each object smaller the moment that it is read."""
    try:
        content: object = json.loads(data.decode("utf-8-sig"), object_hook=slim)
    except UnicodeDecodeError as error:
        raise CannotRead(Finding.NOT_UTF8) from error
    except json.JSONDecodeError as error:
        raise CannotRead(Finding.BROKEN_FILE, f"{error.lineno}:{error.colno}") from error
    except (ValueError, RecursionError) as error:  # a number or a nest beyond all measure
        raise CannotRead(Finding.BROKEN_FILE) from error
    if not isinstance(content, list):
        raise CannotRead(Finding.NO_LIST)
    return content


def id_in(value: object) -> str | None:
    """Slack's ids are ASCII letters and digits; anything else is none."""
    return value if isinstance(value, str) and value.isalnum() and value.isascii() else None


def whole(text: str) -> str | None:
    """The text, or None when it holds half a character (a lone surrogate)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return None
    return text


def mended(text: str) -> str:
    """The text with every half character replaced by U+FFFD; whole pairs of halves are put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
