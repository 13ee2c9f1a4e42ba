"""Who is told what, when, and how often at most."""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from scheduler.model.people import Ambassador
from scheduler.settings.calendar import Hours


class TimeKind(StrEnum):
    """How a wait is counted."""

    OPEN = "open"  #: office hours only
    CLOCK = "clock"  #: every hour


class StepClock(StrEnum):
    """Which of the two clocks a step waits for."""

    UNTOUCHED = "untouched"
    UNANSWERED = "unanswered"


class Target(StrEnum):
    """Whom a step tells."""

    TOPIC = "topic"  #: the next ambassador who looks after the case's topic
    ANYONE = "anyone"  #: the next ambassador of all
    CHANNEL = "channel"  #: the ambassadors' channel


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationStep:
    """When a case has been untouched (or unanswered) for so long, tell these people with this message."""

    id: str
    when: StepClock
    after: timedelta
    time: TimeKind
    tell: Target
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyStep:
    """One message of an onboarding journey: sent `after` joining, inside the send window."""

    id: str
    after: timedelta
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Onboarding:
    """The journey of a new member.

    `window` is the local time of day in which its messages go out, on open days.
    A welcome later than `late` (clock time after joining) is not sent at all.
    """

    journey: str
    steps: tuple[JourneyStep, ...]
    window: Hours
    spread: timedelta
    late: timedelta
    guests: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanks:
    """The Friday thank-you: at `at` on the last open day of a week with at least `min_open_days`."""

    id: str
    channel: str
    at: time
    min_open_days: int
    late: timedelta
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietTime:
    """No message of ours in this local time of day; may cross midnight. Empty weekdays mean every day."""

    from_at: time
    to_at: time
    weekdays: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """At most `most` in any window of length `per`."""

    most: int
    per: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Ceilings that nothing passes. An ambassador's weekly budget stands with the ambassador."""

    quiet: tuple[QuietTime, ...]
    per_member: Cap  #: messages of every kind to one member who is no ambassador
    per_ambassador: Cap  #: alerts to one ambassador, besides the weekly budget
    welcomes: Cap  #: welcomes of the whole workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambassadors:
    """Who receives alerts. `channel` is the ambassadors' channel, a name or an id.

    Besides `people`, the members of the user group `group` (its id) are ambassadors. With nobody named,
    `simulate` takes up to `from_history` of those who answered most beginners before.
    """

    channel: str
    people: tuple[Ambassador, ...]
    weekly_budget: int
    from_history: int
    group: str | None = None

    @property
    def are_named(self) -> bool:
        """The config says who they are, one by one or by a user group."""
        return bool(self.people) or self.group is not None
