"""Local times as the YAML files write them, to instants; and instants to Slack's `ts`."""

from datetime import UTC, date, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Tokyo")

#: The five weeks that the sample tells.
FIRST_DAY = date(2026, 4, 13)
LAST_DAY = date(2026, 5, 15)

#: Public holidays and the day in lieu, besides Saturdays and Sundays.
HOLIDAYS = frozenset({date(2026, 4, 29), date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 6)})


def instant(text: str, *, day: date | None = None) -> datetime:
    """`2026-04-14 10:12`, or `10:12` on the local `day`, as an aware UTC instant."""
    if day is not None and "-" not in text:
        local = datetime.combine(day, time.fromisoformat(text))
    else:
        local = datetime.fromisoformat(text)
    return local.replace(tzinfo=ZONE).astimezone(UTC)


def local_day(at: datetime) -> date:
    """The local day of an instant."""
    return at.astimezone(ZONE).date()


def with_fraction(at: datetime, *told: str) -> datetime:
    """`at` with the microseconds that make a `ts` unique: they follow from what is told alone."""
    return at.replace(microsecond=crc32("\0".join(told).encode()) % 1_000_000)


def slack_ts(at: datetime) -> str:
    """Slack's name for a message of that instant."""
    return f"{int(at.timestamp())}.{at.microsecond:06d}"


def open_days() -> tuple[date, ...]:
    """The open days of the five weeks."""
    days = (FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
    return tuple(day for day in days if day.weekday() < 5 and day not in HOLIDAYS)
