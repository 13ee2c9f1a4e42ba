"""At which hours of the week posts were written that nobody came to soon."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.policy.opentime import OpenTime

DAYS, HOURS_A_DAY = 7, 24
#: Clock time after which a post counts as one that had to wait.
SOON = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """By weekday (Monday is 0) and local hour: posts written, and those of them that had to wait."""

    written: tuple[tuple[int, ...], ...]
    waited: tuple[tuple[int, ...], ...]
    waited_open: int  #: of those that had to wait, how many were written in open time

    @property
    def all_waited(self) -> int:
        return sum(map(sum, self.waited))

    def busiest(self) -> tuple[int, int]:
        """The weekday and hour with most posts that had to wait; the first of equals."""
        cells = [(day, hour) for day in range(DAYS) for hour in range(HOURS_A_DAY)]
        return max(cells, key=lambda cell: self.waited[cell[0]][cell[1]])


class HourCount:
    """Counts posts, one after the other."""

    def __init__(self, open_time: OpenTime) -> None:
        self._open_time = open_time
        self._written, self._waited = _empty(), _empty()
        self._waited_open = 0

    def add(self, written_at: datetime, seen_at: datetime) -> None:
        """`seen_at` is the first sign that it was seen, a weak one too, or the end of the waiting."""
        local = written_at.astimezone(self._open_time.zone)
        self._written[local.weekday()][local.hour] += 1
        if seen_at - written_at > SOON:
            self._waited[local.weekday()][local.hour] += 1
            self._waited_open += self._open_time.is_open(written_at)

    def hours(self) -> Hours:
        return Hours(
            written=tuple(map(tuple, self._written)),
            waited=tuple(map(tuple, self._waited)),
            waited_open=self._waited_open,
        )


def _empty() -> list[list[int]]:
    return [[0] * HOURS_A_DAY for _ in range(DAYS)]
