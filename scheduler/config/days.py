"""Days of the calendar: dates (`2026-12-29`, also from..to) and days of every year (`12-29..01-03`)."""

import re
from datetime import date, timedelta
from typing import Annotated
from unicodedata import normalize

from pydantic import BeforeValidator

from scheduler.config.refusal import refuse, refuse_wide_comma, shown, text

YearlyDay = tuple[int, int]  # month and day
Closure = tuple[YearlyDay, YearlyDay]  # both included; may cross the end of the year

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_YEARLY = re.compile(r"(\d{2})-(\d{2})", re.ASCII)
_LOOSE_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_LOOSE_DAY = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_LONE_DAY = re.compile(r"[\d/.年月日-]+")
_LONGEST = timedelta(days=366)


def one_date(value: object) -> date:
    """A single date."""
    word = text(value)
    day = _date(word)
    refuse_wide_comma(word)
    if day is None:
        raise refuse("bad_date", value=shown(word), near=_near_date(word))
    return day


def dates(value: object) -> frozenset[date]:
    """A date, or all dates from one to another, both included."""
    first, last = _ends(text(value))
    start, end = one_date(first), one_date(last)
    if not timedelta(0) <= end - start <= _LONGEST:
        raise refuse("dates_backwards", value=shown(value))
    return frozenset(start + timedelta(days=ahead) for ahead in range((end - start).days + 1))


def closure(value: object) -> Closure:
    """Days of every year, from one to another, both included."""
    word = text(value)
    first, last = (_yearly(end) for end in _ends(word))
    if first is None or last is None:
        refuse_wide_comma(word)
        of_one_year = any(_LOOSE_DATE.fullmatch(_plain(end)) for end in _ends(word))
        raise refuse(
            "closure_of_one_year" if of_one_year else "bad_closure",
            value=shown(word),
            near=_near_closure(word),
        )
    return first, last


def one_day_is_a_list(value: object) -> object:
    """A day that stands alone is a list of one."""
    return [value] if isinstance(value, str) and _LONE_DAY.fullmatch(_plain(value)) else value


def _ends(word: str) -> tuple[str, str]:
    first, dots, last = (part.strip() for part in word.partition(".."))
    return first, last if dots else first


def _date(word: str) -> date | None:
    match = _DATE.fullmatch(word)
    return _existing(*match.groups()) if match else None


def _yearly(word: str) -> YearlyDay | None:
    match = _YEARLY.fullmatch(word)
    day = _existing("2024", *match.groups()) if match else None  # a leap year: 02-29 exists
    return (day.month, day.day) if day else None


def _existing(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _near_date(word: str) -> str | None:
    match = _LOOSE_DATE.fullmatch(_plain(word))
    day = _existing(*match.groups()) if match else None
    return day.isoformat() if day else None


def _near_closure(word: str) -> str | None:
    ends = dict.fromkeys(_near_yearly(end) for end in _ends(word))
    return None if None in ends else "..".join(end for end in ends if end)


def _near_yearly(word: str) -> str | None:
    match = _LOOSE_DAY.fullmatch(_plain(word))
    day = _existing(match[1] or "2024", match[2], match[3]) if match else None
    return day.strftime("%m-%d") if day else None


def _plain(word: str) -> str:
    return normalize("NFKC", word).strip()


OneDate = Annotated[date, BeforeValidator(one_date)]
Dates = Annotated[frozenset[date], BeforeValidator(dates)]
YearlyClosure = Annotated[Closure, BeforeValidator(closure)]
