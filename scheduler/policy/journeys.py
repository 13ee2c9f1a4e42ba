"""When a new member's onboarding messages are due, and who gets none. No clock, no I/O."""

from datetime import datetime

from scheduler.model.decisions import Decision, Hold, Reason, Send, Skip
from scheduler.model.facts import JoinSource
from scheduler.model.people import Member
from scheduler.policy.jitter import jitter
from scheduler.policy.opentime import OpenTime, Stretch
from scheduler.settings import JourneyStep, Onboarding

#: These tell when a member joined. To be seen for the first time does not.
JOIN_IS_KNOWN = frozenset({JoinSource.EVENT, JoinSource.SYNC_WINDOW, JoinSource.EARLIEST_TRACE})


def welcome_key(*, team: str, member: str, journey: str, enrolment: int, step: str) -> str:
    """The dedup key of one step of one enrolment: `welcome:T1:U1:newcomer:1:hello`."""
    return f"welcome:{team}:{member}:{journey}:{enrolment}:{step}"


def next_in_window(onboarding: Onboarding, open_time: OpenTime, *, at: datetime) -> datetime:
    """The first instant in the send window of an open day that is not before `at`."""
    return max(at, _next_window(onboarding, open_time, at).begins)


def welcome_due(
    joined_at: datetime,
    *,
    step: JourneyStep,
    onboarding: Onboarding,
    open_time: OpenTime,
    jitter_key: str,
) -> datetime:
    """`step.after` joining, moved into the send window of an open day, and spread inside of it.

    The same key is always spread equally far.
    """
    ready_at = joined_at + step.after
    window = _next_window(onboarding, open_time, ready_at)
    begins = max(ready_at, window.begins)
    return begins + jitter(jitter_key, up_to=min(onboarding.spread, window.ends - begins))


def decide_welcome(
    member: Member,
    *,
    step: JourneyStep,
    onboarding: Onboarding,
    open_time: OpenTime,
    now: datetime,
    enrolment: int = 1,
) -> Decision:
    """Whether a member gets this step now. A step that cannot be in time any more is skipped at once."""
    excluded = _excluded(member, onboarding)
    if excluded is not None or member.joined_at is None:
        return Skip(excluded or Reason.JOIN_UNKNOWN)
    due = welcome_due(
        member.joined_at,
        step=step,
        onboarding=onboarding,
        open_time=open_time,
        jitter_key=_key_of(member, step, onboarding, enrolment),
    )
    send_at = max(due, next_in_window(onboarding, open_time, at=now))
    if send_at - member.joined_at > onboarding.late:
        return Skip(Reason.TOO_LATE)
    if send_at <= now:
        return Send(Reason.NEW_MEMBER)
    return Hold(send_at, _why_not_now(member.joined_at, step, onboarding, open_time, now))


def _excluded(member: Member, onboarding: Onboarding) -> Reason | None:
    if member.is_bot:
        return Reason.IS_BOT
    if member.deactivated_at is not None:
        return Reason.IS_DEACTIVATED
    if member.is_guest and not onboarding.guests:
        return Reason.IS_GUEST
    return None if member.join_source in JOIN_IS_KNOWN else Reason.JOIN_UNKNOWN


def _why_not_now(
    joined_at: datetime, step: JourneyStep, onboarding: Onboarding, open_time: OpenTime, now: datetime
) -> Reason:
    outside = next_in_window(onboarding, open_time, at=now) > now
    return Reason.OUTSIDE_SEND_WINDOW if outside and now >= joined_at + step.after else Reason.NOT_YET


def _next_window(onboarding: Onboarding, open_time: OpenTime, at: datetime) -> Stretch:
    windows = (
        open_time.stretch(day, onboarding.window) for day in open_time.open_days(open_time.local_day(at))
    )
    return next(window for window in windows if window is not None and at < window.ends)


def _key_of(member: Member, step: JourneyStep, onboarding: Onboarding, enrolment: int) -> str:
    return welcome_key(
        team=member.team,
        member=member.member,
        journey=onboarding.journey,
        enrolment=enrolment,
        step=step.id,
    )
