"""Whether a silence was an outage: where Slack's requests come to us, nobody hears that they do not arrive.

Slack repeats what failed at once, after a minute and after five. So what comes for the third time tells that
Slack could not reach us for a minute at least; when nothing such comes for some minutes, it was only quiet.
Pure.
"""

from collections import deque

#: Seconds. A shorter silence hides no outage that the repetitions would not mend.
SHORT = 60.0
#: For so long after a silence a repetition may still come: six minutes, and some time to arrive.
DOUBTFUL_FOR = 420.0
_TWICE_REPEATED = 2


class Silence:
    """`now` is in seconds of a clock that nobody sets."""

    def __init__(self, *, now: float) -> None:
        """What was before is known."""
        self._kept_at = now
        #: Silences that may turn out to be outages: from when, until when. The oldest first.
        self._doubtful: deque[tuple[float, float]] = deque()

    def ended(self, *, repetition: int, now: float) -> float | None:
        """Something was kept, which came for the `repetition`th time again.

        Gives the length of the outage that this tells of; None when it tells of none.
        """
        last, self._kept_at = self._kept_at, now
        if now - last > SHORT:
            self._doubtful.append((last, now))
        self._forget(now)
        if repetition < _TWICE_REPEATED or not self._doubtful:
            return None
        began_at = self._doubtful[0][0]
        self._doubtful.clear()
        return now - began_at

    def certain_until(self, *, now: float) -> float:
        """Up to when all was surely heard."""
        self._forget(now)
        return self._doubtful[0][0] if self._doubtful else self._kept_at

    def _forget(self, now: float) -> None:
        while self._doubtful and now - self._doubtful[0][1] > DOUBTFUL_FOR:
            self._doubtful.popleft()
