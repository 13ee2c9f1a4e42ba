"""Ids and time stamps in Slack's forms. No chance: the same gestures give the same ids again."""

from collections import Counter
from collections.abc import Container
from datetime import UTC, datetime, timedelta
from uuid import UUID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros_of(ts: str) -> int:
    """Microseconds since 1970 of a `ts`; whole seconds may come alone. Raises ValueError."""
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1_000_000 + int(fraction[:6].ljust(6, "0"))


def ts_of(micros: int) -> str:
    return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"


def micros_at(instant: datetime) -> int:
    return (instant - _EPOCH) // _MICROSECOND


def seconds_at(instant: datetime) -> int:
    return micros_at(instant) // 1_000_000


class Minting:
    """Counts what it gives out.

    What a service knows an event by differs from one beginning to the next: else it would take the first
    events of a new stand-in for those that it heard from the one before.
    """

    def __init__(self, began: datetime) -> None:
        self._began = micros_at(began)
        self._counts: Counter[str] = Counter()
        self._last_event = 0

    def id(self, prefix: str) -> str:
        """`U0000000001`: opaque to everybody else."""
        self._counts[prefix] += 1
        return f"{prefix}{self._counts[prefix]:010d}"

    def event(self) -> str:
        """An event's id."""
        self._counts["Ev"] += 1
        return f"Ev{self._began + self._counts['Ev']}"

    def uuid(self, kind: str) -> str:
        """Two kinds may have the same ones."""
        self._counts[kind] += 1
        return str(UUID(int=self._began << 64 | self._counts[kind], version=4))

    def ts(self, taken: Container[str], now: datetime) -> str:
        """A message's `ts`: the time, moved on until it is unique in its channel."""
        micros = micros_at(now)
        while (ts := ts_of(micros)) in taken:
            micros += 1
        return ts

    def event_ts(self, now: datetime) -> str:
        """The `event_ts` of what is no message; no two are equal, even while the clock stands."""
        self._last_event = max(self._last_event + 1, micros_at(now))
        return ts_of(self._last_event)
