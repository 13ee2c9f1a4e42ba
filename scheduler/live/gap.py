"""Whether something was missed that is still to be read back from Slack.

Who takes the lease over has missed nothing if it listened itself since before the last mark: Slack tells
everything to one of all who listen, and what the process before was told is in the inbox.
"""

from datetime import datetime, timedelta

from scheduler.model.marks import ALIVE, BEHIND
from scheduler.ports import Work

#: The mark is another process's, by its clock: those may differ by less than this.
_CLOCKS_DIFFER = timedelta(minutes=1)


class Gap:
    """Of one process. `since` is when it began to listen without missing anything; None when it does not."""

    def __init__(self) -> None:
        self._is_open = False
        self._closed_for: int | None = None
        self._since: datetime | None = None

    def is_open(self, tenure: int) -> bool:
        """Each holding of the lease begins with one, the first as well: what came before it is not known."""
        return self._is_open or tenure != self._closed_for

    def open(self) -> None:
        self._is_open, self._since = True, None

    def close(self, tenure: int) -> None:
        self._is_open, self._closed_for = False, tenure

    def listen(self, *, is_well: bool, now: datetime) -> None:
        """To be told again and again whether all that Slack tells would be heard now."""
        self._since = (self._since or now) if is_well else None

    def heard_all(self, work: Work) -> bool:
        """Whether nothing is to be read back, though the gap is open."""
        told = work.marks.get(ALIVE)
        if not told or not self._since or work.marks.get(BEHIND):
            return False
        return self._since + _CLOCKS_DIFFER <= datetime.fromisoformat(told)
