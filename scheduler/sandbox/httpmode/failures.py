"""When Slack stops sending to an app that nearly always fails.

Source: https://docs.slack.dev/apis/events-api/#failure_limits
"""

from collections import deque
from datetime import datetime, timedelta

_WITHIN = timedelta(minutes=60)
#: Fewer deliveries an hour never disable an app.
_LEAST = 1000
_TOO_MANY = 0.95


class Failures:
    """Counts the last hour's attempts, repeated ones as well."""

    def __init__(self) -> None:
        self._attempts: deque[tuple[datetime, bool]] = deque()
        self._failed = 0

    def note(self, *, failed: bool, now: datetime) -> None:
        self._attempts.append((now, failed))
        self._failed += failed
        while now - self._attempts[0][0] > _WITHIN:
            self._failed -= self._attempts.popleft()[1]

    @property
    def are_too_many(self) -> bool:
        count = len(self._attempts)
        return count >= _LEAST and self._failed > _TOO_MANY * count

    def forget(self) -> None:
        """As when a person switches the events on again."""
        self._attempts.clear()
        self._failed = 0
