"""The two weeks of the sample that the demo lives through, and what was before them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from scheduler.model.facts import Fact
from scheduler.simulate.sample import SAMPLE_TEAM, sample_community
from scheduler.simulate.sample.moments import instant

TEAM = SAMPLE_TEAM


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks:
    """`before` was there when the service comes; `facts` happen while it runs. Instants are aware UTC."""

    begins_at: datetime
    ends_at: datetime
    before: Sequence[Fact]
    facts: Sequence[Fact]


def two_weeks() -> Weeks:
    """A Monday in April to the Friday of the week after, with a public holiday in it."""
    begins_at, ends_at = instant("2026-04-20 07:00"), instant("2026-05-01 18:00")
    told = sample_community()
    before = tuple(takewhile(lambda fact: fact.at < begins_at, told))
    facts = tuple(takewhile(lambda fact: fact.at < ends_at, told[len(before) :]))
    return Weeks(begins_at=begins_at, ends_at=ends_at, before=before, facts=facts)
