"""What an interaction lets the app do afterwards: open a modal once and soon, answer by its `response_url`.

Source: https://docs.slack.dev/interactivity/handling-user-interaction/
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.sandbox.refusals import Refused

_TRIGGER_LIVES = timedelta(seconds=3)
_RESPONSE_LIVES = timedelta(minutes=30)
_RESPONSES = 5


@dataclass(slots=True, kw_only=True)
class Response:
    """Where an answer by `response_url` goes; `left` counts the uses that are left."""

    channel: str
    user: str
    ts: str | None
    until: datetime
    left: int = _RESPONSES


class Triggers:
    """All `trigger_id`s and `response_url`s that were given out."""

    def __init__(self) -> None:
        self._triggers: dict[str, tuple[str, datetime]] = {}
        self._used: set[str] = set()
        self._responses: dict[str, Response] = {}

    def trigger(self, user: str, now: datetime) -> str:
        number = len(self._triggers) + 1
        trigger = f"{number}.{number}.{number:032x}"
        self._triggers[trigger] = (user, now + _TRIGGER_LIVES)
        return trigger

    def exchange(self, trigger: str, now: datetime) -> str:
        """Whose it is. Raises Refused when it is unknown, used, or too old."""
        if trigger not in self._triggers:
            raise Refused("invalid_trigger_id")
        user, until = self._triggers[trigger]
        if now > until:
            raise Refused("expired_trigger_id")
        if trigger in self._used:
            raise Refused("exchanged_trigger_id")
        self._used.add(trigger)
        return user

    def response(self, channel: str, user: str, ts: str | None, now: datetime) -> str:
        """The secret last part of a new `response_url`."""
        key = f"{len(self._responses) + 1:024x}"
        self._responses[key] = Response(channel=channel, user=user, ts=ts, until=now + _RESPONSE_LIVES)
        return key

    def place(self, key: str) -> Response:
        """Where a `response_url` leads; does not use it up."""
        return self._responses[key]

    def respond(self, key: str, now: datetime) -> Response:
        """Uses one up. Raises Refused when there is none."""
        found = self._responses.get(key)
        if found is None or now > found.until:
            raise Refused("expired_url")
        if found.left == 0:
            raise Refused("used_url")
        found.left -= 1
        return found
