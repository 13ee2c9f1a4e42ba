"""What a line of the log may hold: nothing that anybody wrote, and no token.

All that may stand there is listed, and the rest dropped: no later change of the code can let text slip in.
"""

import re
import sys
from collections.abc import Iterator, MutableMapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from scheduler.model.cases import CaseKey
from scheduler.strictyaml.secrets import redact

#: docs/reference/service.md says what each is.
KEYS = (
    *("timestamp", "level", "mode", "event"),
    *("team", "channel", "member", "case", "decision", "key", "envelope", "step", "job", "template"),
    *("kind", "outcome", "reason", "code", "count", "attempt", "seconds"),
    *("version", "address", "file", "signal", "holder", "lease", "error", "where", "logger", "said"),
)
_LONGEST = 200
_FRAMES = 12
_EVENT = re.compile(r"[a-z][a-z0-9_]{0,60}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
#: A library's sentence up to its first value: behind a colon, a sign or a digit may stand what anybody wrote.
_FIXED = re.compile(r"[A-Za-z][A-Za-z' -]{0,78}")

Line = MutableMapping[str, Any]


class UnlistedInLog(Exception):
    """A line holds what is not on the list. Raised only where logs are strict, which is in tests."""


class Listed:
    """Lets through what is on the list, in a form that cannot hold much."""

    def __init__(self, *, strict: bool) -> None:
        self._strict = strict

    def __call__(self, _logger: object, _method: str, line: Line) -> Line:
        unlisted = sorted(line.keys() - set(KEYS))
        is_named = _EVENT.fullmatch(str(line["event"]))
        if self._strict and (unlisted or not is_named):
            raise UnlistedInLog(", ".join(unlisted) or "event")
        event = line["event"] if is_named else "unnamed"
        return {key: _plain(line[key]) for key in line if key in KEYS} | {"event": event}


def error_as_places(_logger: object, _method: str, line: Line) -> Line:
    """An exception as its types and the places it came through: its words may quote what somebody wrote."""
    error = line.pop("exc_info", None)
    error = sys.exc_info()[1] if error is True else error
    if isinstance(error, BaseException):
        line.update(error=" < ".join(_types(error)), where=_where(error.__traceback__))
    return line


def fixed_words(sentence: str) -> str:
    """The beginning of a library's sentence, before anything that it fills in."""
    found = _FIXED.match(sentence)
    return found.group().strip() if found else ""


def place(file: str, line: int) -> str:
    """A place in the code."""
    path = Path(file)
    return f"{path.parent.name}/{path.name}:{line}"


def _plain(value: object) -> object:
    match value:
        case None | bool() | int() | float():
            return value
        case datetime():
            return value.isoformat()
        case str() | CaseKey():
            return _UNPRINTABLE.sub(" ", redact(str(value)))[:_LONGEST]
    return type(value).__name__  # what it holds may be anything


def _types(error: BaseException | None) -> Iterator[str]:
    """Of the error, and of those that it came from."""
    while error:
        yield type(error).__name__
        error = error.__cause__ or error.__context__


def _where(traceback: TracebackType | None) -> str:
    """The last places, the innermost first."""
    places: list[str] = []
    while traceback:
        places.insert(0, place(traceback.tb_frame.f_code.co_filename, traceback.tb_lineno))
        traceback = traceback.tb_next
    return " < ".join(places[:_FRAMES])
