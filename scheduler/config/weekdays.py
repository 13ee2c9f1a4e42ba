"""Weekdays by name only: `mon`, `mon-fri`, `sat, sun`, 月-金. People do not agree on their numbers."""

import re
from typing import Annotated

from pydantic import BeforeValidator

from scheduler.config.refusal import refuse, shown, text

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_JAPANESE = "月火水木金土日"
_NUMBERS = {name: number for names in (NAMES, _JAPANESE) for number, name in enumerate(names)}


def weekdays(value: object) -> frozenset[int]:
    """The weekdays, Monday as 0, of one text or a list of them."""
    if isinstance(value, list):
        return frozenset().union(*(weekdays(item) for item in value))
    if isinstance(value, int):
        raise refuse("weekday_number", value=shown(value))
    parts = [part.strip() for part in re.split("[,、]", text(value))]
    return frozenset(number for part in parts for number in _range(part))


def _range(word: str) -> list[int]:
    first, dash, last = (part.strip() for part in word.partition("-"))
    start = _number(first)
    end = _number(last) if dash else start
    return [(start + step) % 7 for step in range((end - start) % 7 + 1)]


def _number(word: str) -> int:
    if re.fullmatch(r"\d+", word):
        raise refuse("weekday_number", value=shown(word))
    if word not in _NUMBERS:
        raise refuse("unknown_weekday", value=shown(word), near=_near(word))
    return _NUMBERS[word]


def _near(word: str) -> str | None:
    return next((name for name in _NUMBERS if word.lower().startswith(name)), None)


Weekdays = Annotated[frozenset[int], BeforeValidator(weekdays)]
