"""What the inside needs to know of tracked posts, and of members' ways through their journeys.

Each sentence of a docstring is a contract. Instants are aware UTC.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from scheduler.model.cases import Case, CaseKey, Outcome, WeakStrength


@dataclass(frozen=True, slots=True)
class NearCase:
    """What is needed to see whether a later message concerns a case."""

    ts: str
    author: str
    run_end_at: datetime
    closed_at: datetime | None
    weak_strength: WeakStrength | None


@dataclass(frozen=True, slots=True)
class WeekFigures:
    """What a week brought, for the Friday thank-you."""

    joined: int
    first_posts: int
    first_posts_touched: int
    answers: int
    helpers: int


class Cases(Protocol):
    """The openings of tracked posts."""

    def of_post(self, channel: str, ts: str) -> tuple[Case, ...]:
        """The openings of one post, in order."""
        ...

    def find(self, key: CaseKey) -> Case | None: ...

    def save(self, case: Case) -> None:
        """Writes an opening; a closed one loses its excerpt."""
        ...

    def remove(self, key: CaseKey) -> None: ...

    def close(self, key: CaseKey, outcome: Outcome, at: datetime) -> None:
        """Ends an opening, whatever the facts around it; its excerpt goes."""
        ...

    def keep_excerpt(self, key: CaseKey, excerpt: str) -> None: ...

    def excerpt(self, key: CaseKey) -> str: ...

    def near(self, channel: str, *, start: datetime, end: datetime) -> tuple[NearCase, ...]:
        """Openings in the channel since `start`, of posts whose run ended before `end`, in no order."""
        ...

    def of_author(self, author: str) -> tuple[tuple[str, str], ...]:
        """Posts with cases of an author, as (channel, ts)."""
        ...

    def due(self, now: datetime, *, most: int) -> tuple[Case, ...]:
        """Open cases that planning must look at, the longest due first."""
        ...

    def set_due(self, key: CaseKey, due_at: datetime | None, steps_taken: Sequence[str]) -> None: ...

    def parked(self, *, most: int) -> tuple[Case, ...]:
        """Open cases that planning does not look at, the earliest first: those of an import under way."""
        ...

    def fates(self) -> Mapping[Outcome | None, int]:
        """How many openings there are, by how they ended; None: still open."""
        ...

    def top_answerers(self, *, before: datetime, most: int) -> tuple[str, ...]:
        """Members who answered most cases before that instant, most first, ties by id."""
        ...

    def week(self, start: datetime, end: datetime) -> WeekFigures: ...


class Enrolments(Protocol):
    """The ways of members through their onboarding journeys."""

    def start(self, member: str, journey: str, step: str, due_at: datetime) -> None:
        """Enrols a member once; while nothing was sent or skipped, a new due time replaces the old one."""
        ...

    def due(self, now: datetime, *, most: int) -> tuple[tuple[str, str, int, str], ...]:
        """(member, journey, number, step), the longest due first."""
        ...

    def set_due(self, member: str, journey: str, number: int, due_at: datetime | None) -> None: ...
