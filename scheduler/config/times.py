"""Times of day (`09:00`) and hours from one to another (`08:30-17:15`)."""

import re
from datetime import time
from typing import Annotated
from unicodedata import normalize

from pydantic import BeforeValidator

from scheduler.config.refusal import refuse, shown, text
from scheduler.settings import Hours

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_DASHES = re.compile(r"\s*[-–—−‐~〜～ー]\s*|\s*(?:to|から)\s*")
END_OF_DAY = "24:00"


def time_of_day(value: object) -> time:
    """The local time of day."""
    word = text(value)
    at = _parsed(word)
    if at is None:
        raise refuse("bad_time", value=shown(word), near=_near_time(word))
    return at


def end_of_time(value: object) -> time:
    """A time of day at which something ends; `24:00` is the end of the day."""
    return time(0) if value == END_OF_DAY else time_of_day(value)


def hours(value: object) -> Hours:
    """Opening and closing time; `24:00` closes at the end of the day."""
    word = text(value)
    parts = [part.strip() for part in word.split("-")]
    opens = _parsed(parts[0])
    closes = _closing(parts[1]) if len(parts) == 2 else None
    if opens is None or closes is None:
        raise refuse("bad_hours", value=shown(word), near=_near_hours(word))
    if closes <= opens and closes != time(0):
        raise refuse("hours_backwards", value=shown(word))
    return Hours(opens=opens, closes=closes)


def _closing(word: str) -> time | None:
    return time(0) if word == END_OF_DAY else _parsed(word)


def _parsed(word: str) -> time | None:
    match = _TIME.fullmatch(word)
    return time(int(match[1]), int(match[2])) if match else None


def _near_time(word: str) -> str | None:
    meant = re.sub(
        r"時(?:(\d\d)分)?$", lambda found: ":" + (found[1] or "00"), normalize("NFKC", word).strip()
    )
    at = _parsed(meant)
    return at.strftime("%H:%M") if at else None


def _near_hours(word: str) -> str | None:
    parts = [_near_time(part) for part in _DASHES.split(normalize("NFKC", word).strip())]
    known = [part for part in parts if part]
    return "-".join(known) if len(known) == len(parts) == 2 else None


TimeOfDay = Annotated[time, BeforeValidator(time_of_day)]
EndOfTime = Annotated[time, BeforeValidator(end_of_time)]
OpenHours = Annotated[Hours, BeforeValidator(hours)]
