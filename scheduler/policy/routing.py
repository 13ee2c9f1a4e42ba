"""Who is told of a case: by topic, by a fair turn, never the author, never beyond a budget. Pure.

An alert that nobody can take goes to the next circle (topic, then anyone, then the ambassadors' channel):
to the next one, not louder. The channel hears of a case in place of a person once, and no more.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scheduler.model.cases import Case
from scheduler.model.decisions import Reason
from scheduler.model.people import Ambassador
from scheduler.policy.limits import cap_free_at
from scheduler.settings import Cap, Limits, Target

_WEEK = timedelta(days=7)
#: Alerts older than this do not count for whose turn it is.
MEMORY = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where an alert goes; `ambassador` is empty when it goes to the ambassadors' channel."""

    to: str
    ambassador: str | None


@dataclass(frozen=True, slots=True)
class Load:
    """Alerts of the last weeks as (ambassador, instant), and who was told of this case already."""

    alerts: Sequence[tuple[str, datetime]]
    told: Collection[str]
    channel_told: bool = False


def choose_recipient(
    target: Target,
    case: Case,
    *,
    ambassadors: Iterable[Ambassador],
    channel: str,
    load: Load,
    limits: Limits,
    day: date,
    now: datetime,
) -> Recipient | Reason:
    """Whom to tell; NOBODY_TO_TELL when nobody can be told now and there is no ambassadors' channel.

    ALREADY_TOLD when only the channel is left, and it was told of this opening before.
    """
    had = _by_ambassador(load)
    people = [(each, had.get(each.member, ())) for each in ambassadors if each.member not in load.told]
    free = [each for each, mine in people if _may_be_told(each, case, mine, limits, day=day, now=now)]
    circles = {
        Target.TOPIC: ([each for each in free if _looks_after(each, case.topic)], free),
        Target.ANYONE: (free,),
        Target.CHANNEL: (),
    }
    for circle in circles[target]:
        if circle:
            chosen = min(circle, key=lambda each: _turn(each, had.get(each.member, ()), now))
            return Recipient(chosen.member, chosen.member)
    if target is not Target.CHANNEL and load.channel_told:
        return Reason.ALREADY_TOLD
    return Recipient(channel, None) if channel else Reason.NOBODY_TO_TELL


def _by_ambassador(load: Load) -> Mapping[str, Sequence[datetime]]:
    had: dict[str, list[datetime]] = {}
    for member, at in load.alerts:
        had.setdefault(member, []).append(at)
    return had


def _may_be_told(
    ambassador: Ambassador,
    case: Case,
    mine: Sequence[datetime],
    limits: Limits,
    *,
    day: date,
    now: datetime,
) -> bool:
    if ambassador.member == case.author or is_away(ambassador, day=day):
        return False
    caps = (Cap(most=ambassador.weekly_budget, per=_WEEK), limits.per_ambassador)
    return all(cap.most > 0 and cap_free_at(cap, mine, at=now) <= now for cap in caps)


def is_away(ambassador: Ambassador, *, day: date) -> bool:
    """Whether that local day is one on which they are told nothing."""
    return day.weekday() in ambassador.quiet_weekdays or any(a.covers(day) for a in ambassador.absences)


def _looks_after(ambassador: Ambassador, topic: str) -> bool:
    return not ambassador.topics or topic in ambassador.topics


def _turn(ambassador: Ambassador, had: Sequence[datetime], now: datetime) -> tuple[int, datetime, str]:
    """Who had fewest lately comes first; then whoever was asked longest ago; then by id."""
    mine = [at for at in had if at > now - MEMORY]
    return len(mine), max(mine, default=now - MEMORY), ambassador.member
