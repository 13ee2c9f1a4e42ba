"""When and where a community works: office hours, closed days, the workspace."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Open from `opens` up to, but not including, `closes`, on one local day."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Office hours per weekday, without the closed days, plus the extra open ones.

    `closed_on` answers for every day there is, so it may count instead of listing.
    `open_on` wins over `closed_on`; such a day has the hours of its weekday, else of the first open weekday.
    """

    zone: ZoneInfo
    hours: Mapping[int, Hours]
    closed_on: Container[date] = frozenset()
    open_on: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """The Slack workspace: its address, the locale of our words (`ja` or `en`), the zone of our days."""

    url: str  #: like https://example.slack.com, without a slash at the end
    zone: ZoneInfo
    locale: str
