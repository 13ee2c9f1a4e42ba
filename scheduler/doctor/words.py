"""A finding in the words of a language."""

from collections.abc import Mapping
from datetime import timedelta

from scheduler.catalogue import say
from scheduler.doctor.finding import Finding, Said, Value
from scheduler.report.words import clock_time_in_words


def in_words(language: str, finding: Finding) -> str:
    """One sentence, or a few."""
    return _said(language, finding.said)


def _said(language: str, said: Said) -> str:
    return say(language, said.code, **_filled(language, said.values))


def _filled(language: str, values: Mapping[str, Value]) -> dict[str, object]:
    return {name: _value(language, value) for name, value in values.items()}


def _value(language: str, value: Value) -> object:
    match value:
        case Said():
            return _said(language, value)
        case timedelta():
            return clock_time_in_words(language, value)
        case str() | int():
            return value
    return say(language, "doctor.separator").join(str(_value(language, each)) for each in value)
