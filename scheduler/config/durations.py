"""Lengths of time as text: `30m`, `1h`, `3h30m`, `2d`, `2w`, and 30分, 1時間, 2日, 2週間."""

import re
from datetime import timedelta
from typing import Annotated
from unicodedata import normalize

from pydantic import BeforeValidator

from scheduler.config.refusal import refuse, shown, text

LONGEST = timedelta(days=3660)
_ZERO = timedelta(0)
_MOST_DAYS = 30

_DURATION = re.compile(
    r"(?:(?P<weeks>\d{1,5})(?:w|週間))?(?:(?P<days>\d{1,5})(?:d|日間?))?"
    r"(?:(?P<hours>\d{1,5})(?:h|時間))?(?:(?P<minutes>\d{1,5})(?:m|分間?))?",
    re.ASCII,
)


def counts_days(value: str) -> bool:
    """Whether the text counts in days or weeks, which say nothing about office hours."""
    match = _DURATION.fullmatch(value)
    return bool(match and (match["days"] or match["weeks"]))


def duration_or_zero(value: object) -> timedelta:
    """The length of time; none at all is allowed."""
    if isinstance(value, int) and not isinstance(value, bool):
        raise refuse("duration_unit" if value >= 0 else "bad_duration", value=shown(value))
    word = text(value)
    length = _parsed(word)
    if length is None:
        meant = normalize("NFKC", word).replace(" ", "").lower()
        raise refuse("bad_duration", value=shown(word), near=meant if _parsed(meant) else None)
    if length > LONGEST:
        raise refuse("duration_too_long", value=shown(word))
    return length


def duration(value: object) -> timedelta:
    """The length of time; it must be longer than nothing."""
    length = duration_or_zero(value)
    if length == _ZERO:
        raise refuse("duration_zero", value=shown(value))
    return length


def open_days(value: object) -> int:
    """Whole open days, written like a length of time: `2d`."""
    word = str(value) if isinstance(value, int) and not isinstance(value, bool) else text(value)
    meant = re.fullmatch(r"(\d{1,2})(?:d|日間?)?", normalize("NFKC", word).replace(" ", "").lower())
    is_right = re.fullmatch(r"\d{1,2}(?:d|日間?)", word, re.ASCII)
    days = int(meant[1]) if meant else 0
    if is_right and 1 <= days <= _MOST_DAYS:
        return days
    near = f"{days}d" if 1 <= days <= _MOST_DAYS else None
    raise refuse("bad_open_days", value=shown(word), most=_MOST_DAYS, near=near)


def _parsed(word: str) -> timedelta | None:
    match = _DURATION.fullmatch(word)
    if not match or not match.group():
        return None
    return timedelta(**{unit: int(number) for unit, number in match.groupdict().items() if number})


Duration = Annotated[timedelta, BeforeValidator(duration)]
DurationOrZero = Annotated[timedelta, BeforeValidator(duration_or_zero)]
OpenDays = Annotated[int, BeforeValidator(open_days)]
