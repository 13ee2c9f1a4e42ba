"""Slack's rate limits, per method and per channel, counted on the stand-in's clock.

Sources: https://docs.slack.dev/apis/web-api/rate-limits ; tiers as in Slack's own Java SDK.
"""

from collections import deque
from datetime import datetime, timedelta

_MINUTE = timedelta(minutes=1)
_TIER_2, _TIER_3, _TIER_4, _SPECIAL = 20, 50, 100, 600
PER_MINUTE = {
    "apps.connections.open": _TIER_3,
    "auth.test": _SPECIAL,
    "bots.info": _TIER_3,
    "chat.delete": _TIER_3,
    "chat.getPermalink": _SPECIAL,
    "chat.postEphemeral": _TIER_4,
    "chat.postMessage": 300,
    "chat.update": _TIER_3,
    "conversations.history": _TIER_3,
    "conversations.info": _TIER_3,
    "conversations.join": _TIER_3,
    "conversations.list": _TIER_2,
    "conversations.members": _TIER_4,
    "conversations.open": _TIER_3,
    "conversations.replies": _TIER_3,
    "reactions.get": _TIER_3,
    "team.info": _TIER_3,
    "usergroups.list": _TIER_2,
    "usergroups.users.list": _TIER_2,
    "users.conversations": _TIER_2,
    "users.info": _TIER_4,
    "users.list": _TIER_2,
    "users.profile.get": _TIER_4,
    "views.open": _TIER_4,
    "views.publish": _TIER_4,
    "views.update": _TIER_4,
}
#: Posts to one channel: one a second, and a few at once. Slack publishes no number for "a few".
_BURST = 3
_SECOND = timedelta(seconds=1)


class Limits:
    """Says how long a call has to wait. `ignored` counts those that came before Retry-After was over."""

    def __init__(self) -> None:
        self.per_minute = dict(PER_MINUTE)
        self.ignored = 0
        self.is_off = False
        self._calls: dict[str, deque[datetime]] = {}
        self._free_at: dict[str, datetime] = {}
        self._closed: dict[str, datetime] = {}

    def off(self) -> None:
        """No limits from now on, except those that a fault sets."""
        self.is_off = True

    def close(self, key: str, until: datetime) -> None:
        """The method takes no calls until then."""
        self._closed[key] = until

    def wait(self, method: str, channel: str, now: datetime) -> int | None:
        """Whole seconds until the call may come again, or None when it may come now; it is counted then."""
        keys = (method, f"{method} {channel}")
        left = max((self._closed[key] - now for key in keys if key in self._closed), default=timedelta(0))
        if left > timedelta(0):
            self.ignored += 1
            return _whole(left)
        return None if self.is_off else self._counted(method, channel, now)

    def _counted(self, method: str, channel: str, now: datetime) -> int | None:
        calls = self._calls.setdefault(method, deque())
        while calls and now - calls[0] >= _MINUTE:
            calls.popleft()
        if len(calls) >= self.per_minute.get(method, _SPECIAL):
            return self._closed_for(method, calls[0] + _MINUTE, now)
        if method == "chat.postMessage" and (until := self._crowded(channel, now)):
            return self._closed_for(f"{method} {channel}", until, now)
        calls.append(now)
        return None

    def _crowded(self, channel: str, now: datetime) -> datetime | None:
        """When the channel takes the next post, if not now."""
        free_at = max(self._free_at.get(channel, now), now)
        if free_at - now >= _BURST * _SECOND:
            return free_at - (_BURST - 1) * _SECOND
        self._free_at[channel] = free_at + _SECOND
        return None

    def _closed_for(self, key: str, until: datetime, now: datetime) -> int:
        self.close(key, until)
        return _whole(until - now)


def _whole(left: timedelta) -> int:
    return max(1, -(-left // _SECOND))
