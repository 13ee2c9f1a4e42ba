"""The words that all parts of the page share: names of weeks, months and years, long and short."""

from datetime import timedelta

from scheduler.catalogue import say
from scheduler.report.period import Unit, monday_of
from scheduler.report.words import clock_time_in_words

#: What an empty cell of a table of values shows.
NOTHING = "–"


class Wording:
    """Puts the page into the words of a language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, name: str, /, **values: object) -> str:
        return say(self.language, f"page.{name}", **values)

    def span(self, unit: Unit, name: str) -> str:
        """`week of 2026-04-20`, `2026-04`, `2026`."""
        if unit is Unit.WEEK:
            return say(self.language, "simulate.week_from", day=monday_of(name).isoformat())
        return say(self.language, "simulate.year", year=name) if unit is Unit.YEAR else name

    def weekday(self, day: int) -> str:
        return say(self.language, f"words.weekday_{day}")

    def clock(self, length: timedelta | None) -> str:
        return clock_time_in_words(self.language, length) if length is not None else NOTHING


def short(unit: Unit, name: str) -> str:
    """As it stands below a chart: `04-20`, `2026-04`, `2026`."""
    return f"{monday_of(name):%m-%d}" if unit is Unit.WEEK else name


def number(value: int) -> str:
    return f"{value:,}"
