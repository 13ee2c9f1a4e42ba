"""Members and ambassadors."""

from dataclasses import dataclass, field
from datetime import date, datetime

from scheduler.model.facts import JoinSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What we know of a member. Unknown is None, never zero."""

    team: str
    member: str
    name: str = ""
    is_bot: bool = False
    is_guest: bool = False
    deactivated_at: datetime | None = None
    described_at: datetime | None = None
    locale: str | None = None
    joined_at: datetime | None = None
    join_source: JoinSource | None = None
    first_post_ts: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Whole local days, both included."""

    from_on: date
    to_on: date

    def covers(self, day: date) -> bool:
        return self.from_on <= day <= self.to_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambassador:
    """A volunteer who receives alerts.

    `topics` empty means every topic. `weekly_budget` is the most alerts in seven days.
    `quiet_weekdays` counts Monday as 0.
    """

    member: str
    topics: frozenset[str] = frozenset()
    weekly_budget: int = 5
    quiet_weekdays: frozenset[int] = frozenset()
    absences: tuple[Absence, ...] = field(default=())
