"""Ceilings that nothing passes: quiet times and caps. No clock, no I/O.

Each rule answers one question: which is the first instant, from this one on, that you allow?
A message goes out when every rule allows now; else it is held until all of them agree.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.model.decisions import Hold, Reason, Send
from scheduler.policy.walltime import first_shown, last_shown, local_day
from scheduler.settings import Cap, Limits, QuietTime

#: The first instant, not before the one given, that a rule allows.
FirstAllowed = Callable[[datetime], datetime]

_DAY = timedelta(days=1)
_QUIET_HORIZON = timedelta(days=15)  # longer than any weekly pattern that has an end
_ROUNDS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class CapUse:
    """A cap, when it was used, and the reason to give when it holds a message back."""

    reason: Reason
    cap: Cap
    sent: Sequence[datetime]


def quiet_until(limits: Limits, zone: ZoneInfo, *, at: datetime) -> datetime | None:
    """When the quiet time that `at` falls into is over (UTC); None when it is not quiet.

    Quiet times that touch or overlap are one; one with equal ends lasts a whole day. Quiet without an end
    within fifteen days gives an instant that is still quiet: look again then. Of an hour that a fold shows
    twice, both are quiet.
    """
    until = at
    while until - at < _QUIET_HORIZON and (ends := _quiet_ends(limits, zone, until)):
        until = max(ends)
    return until if until > at else None


def cap_free_at(cap: Cap, sent: Sequence[datetime], *, at: datetime) -> datetime:
    """The first instant `t`, not before `at`, with fewer than `cap.most` sends in (`t` - `per`, `t`].

    Raises ValueError for a cap that allows nothing: it would never be free.
    """
    if cap.most < 1:
        raise ValueError(f"a cap has to allow at least one message: {cap.most}")
    used = sorted(sent)
    candidates = (at, *(instant + cap.per for instant in used if instant + cap.per > at))
    return next(instant for instant in candidates if _used_at(cap, used, instant) < cap.most)


def decide_delivery(
    reason: Reason,
    *,
    now: datetime,
    limits: Limits,
    zone: ZoneInfo,
    caps: Sequence[CapUse] = (),
    window: FirstAllowed | None = None,
) -> Send | Hold:
    """Send for `reason` when the window, quiet times and caps all allow it, else hold until they do.

    `window` is, for example, `OpenTime.next_opening`. A hold names the first rule that forbids now, and
    ends at an instant that every rule allows, as far as they can be told today.
    """
    rules = tuple(_rules(limits, zone, caps, window))
    forbidden = next((why for why, allowed in rules if allowed(now) > now), None)
    if forbidden is None:
        return Send(reason)
    return Hold(_all_agree(rules, now), forbidden)


def _rules(
    limits: Limits, zone: ZoneInfo, caps: Sequence[CapUse], window: FirstAllowed | None
) -> Iterator[tuple[Reason, FirstAllowed]]:
    if window is not None:
        yield Reason.OUTSIDE_SEND_WINDOW, window
    yield Reason.QUIET_TIME, lambda at: quiet_until(limits, zone, at=at) or at
    for use in caps:
        yield use.reason, _cap_rule(use)


def _cap_rule(use: CapUse) -> FirstAllowed:
    return lambda at: cap_free_at(use.cap, use.sent, at=at)


def _all_agree(rules: Sequence[tuple[Reason, FirstAllowed]], now: datetime) -> datetime:
    at = now
    for _ in range(_ROUNDS):  # quiet without an end would never agree; a hold is looked at again anyway
        moved = at
        for _, allowed in rules:
            moved = allowed(moved)
        if moved == at:
            break
        at = moved
    return at


def _used_at(cap: Cap, used: Sequence[datetime], at: datetime) -> int:
    return bisect_right(used, at) - bisect_right(used, at - cap.per)


def _quiet_ends(limits: Limits, zone: ZoneInfo, at: datetime) -> list[datetime]:
    today = local_day(zone, at)
    spans = (
        _span(quiet, zone, today + ahead * _DAY)
        for quiet in limits.quiet
        for ahead in (-1, 0, 1)  # begun yesterday; and tomorrow's, when a fold goes back over midnight
        if _starts_on(quiet, (today + ahead * _DAY).weekday())
    )
    return [ends for begins, ends in spans if begins <= at < ends]


def _starts_on(quiet: QuietTime, weekday: int) -> bool:
    return not quiet.weekdays or weekday in quiet.weekdays


def _span(quiet: QuietTime, zone: ZoneInfo, day: date) -> tuple[datetime, datetime]:
    last_day = day if quiet.from_at < quiet.to_at else day + _DAY
    return first_shown(zone, day, quiet.from_at), last_shown(zone, last_day, quiet.to_at)
