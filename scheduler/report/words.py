"""Reasons, times and lengths of time in the words of a language."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.catalogue import say
from scheduler.model.cases import ChannelKind, Outcome, SignKind
from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind, Wait

#: Beyond, minutes (hours) tell nothing that anybody needs.
_HOURS_WITH_MINUTES = 10
_HOURS_BEFORE_DAYS = 48


def reason_in_words(language: str, reason: Reason) -> str:
    return say(language, f"reasons.reason_{reason}")


def outcome_in_words(language: str, outcome: Outcome | str | None) -> str:
    """How a case ended; None, or `open`, for one that still waits."""
    return say(language, f"reasons.outcome_{outcome or 'open'}")


def kind_in_words(language: str, kind: MessageKind) -> str:
    return say(language, f"reasons.kind_{kind}")


def channel_kind_in_words(language: str, kind: ChannelKind) -> str:
    return say(language, f"reasons.channel_{kind}")


def sign_in_words(language: str, sign: SignKind) -> str:
    return say(language, f"reasons.sign_{sign}")


def open_time_in_words(language: str, length: timedelta) -> str:
    """Open time in hours, since a day of it is no day: `2時間10分`, `36時間`."""
    return to_the_minute(language, as_told(length))


def as_told(length: timedelta) -> timedelta:
    """What is left of open time when it is told: minutes, and from ten hours on whole hours."""
    hours, minutes = divmod(Wait.of(length).minutes, 60)
    return timedelta(hours=hours, minutes=0 if hours >= _HOURS_WITH_MINUTES else minutes)


def to_the_minute(language: str, length: timedelta) -> str:
    """Hours and minutes, however many: `15時間30分`."""
    hours, minutes = divmod(Wait.of(length).minutes, 60)
    if not hours:
        return (
            say(language, "simulate.minutes", minutes=minutes)
            if minutes
            else say(language, "simulate.moment")
        )
    if not minutes:
        return say(language, "simulate.hours", hours=f"{hours:,}")
    return say(language, "simulate.hours_and_minutes", hours=f"{hours:,}", minutes=minutes)


def clock_time_in_words(language: str, length: timedelta) -> str:
    """Clock time, from two days on in days: `2時間10分`, `3日4時間`."""
    hours = Wait.of(length).minutes // 60
    if hours < _HOURS_BEFORE_DAYS:
        return open_time_in_words(language, length)
    days, hours = divmod(hours, 24)
    if not hours:
        return say(language, "simulate.days", days=f"{days:,}")
    return say(language, "simulate.days_and_hours", days=f"{days:,}", hours=hours)


def within(language: str, length: str) -> str:
    """A length of time in words as a bound: `30分以内`."""
    if length == say(language, "simulate.moment"):
        return say(language, "simulate.within_moment")
    return say(language, "simulate.within", length=length)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """`2026-04-20 10:05`, local."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def day_and_time(language: str, at: datetime, zone: ZoneInfo) -> str:
    """`4月20日（月）10:05`, local."""
    return _dated(language, "day_and_time", at.astimezone(zone))


def date_and_time(language: str, at: datetime, zone: ZoneInfo) -> str:
    """`2026年4月20日（月）10:05`, local: where the year may be another one."""
    return _dated(language, "date_and_time", at.astimezone(zone))


def _dated(language: str, code: str, local: datetime) -> str:
    return say(
        language,
        f"simulate.{code}",
        year=local.year,
        month=say(language, f"words.month_{local.month}"),
        day=local.day,
        weekday=say(language, f"words.weekday_{local.weekday()}"),
        time=f"{local:%H:%M}",
    )
