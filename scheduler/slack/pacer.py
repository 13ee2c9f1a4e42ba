"""When a call to Slack may go out. Keeps the pace of all callers together; knows no clock and sleeps never.

Slack asks for about one message a second and channel, and for less than several hundred a minute in a
workspace; each other method has its own tier. Source: https://docs.slack.dev/apis/web-api/rate-limits
What is not urgent goes out one by one, each at a turn of its own: whoever waits is put back once only.
A clock that is set back makes nobody wait for it: then all that was noted goes, but for what Slack asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

#: Calls a minute and method, from Slack's tiers; what is not listed is held to the lowest of ours.
TIERS: Mapping[str, int] = {
    "chat.postMessage": 240,
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.info": 50,
    "conversations.list": 20,
    "conversations.members": 100,
    "conversations.open": 50,
    "conversations.replies": 50,
    "users.info": 100,
    "users.list": 20,
    "users.profile.get": 100,
    "usergroups.list": 20,
    "views.publish": 100,
}
_LOWEST = 20
_MINUTE = timedelta(minutes=1)
#: Between two messages into one channel, and between two that are not urgent, wherever they go.
_CHANNEL_GAP = _TURN = timedelta(seconds=1)
POSTING = "chat.postMessage"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
#: A clock that is kept by others may go back by so much at any time.
_SLIPS = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that wants to go out. An urgent message waits for no turn; `name` tells the others apart."""

    method: str
    channel: str = ""
    urgent: bool = False
    name: str = ""


@dataclass(slots=True)
class Pacer:
    """The pace of one workspace."""

    _made: dict[str, list[datetime]] = field(default_factory=dict)
    _posted: dict[str, datetime] = field(default_factory=dict)
    _stopped_until: dict[str, datetime] = field(default_factory=dict)
    _turns: dict[str, datetime] = field(default_factory=dict)
    _next_turn: datetime = _LONG_AGO
    _took_turn: datetime = _LONG_AGO
    _asked_at: datetime = _LONG_AGO

    def earliest(self, call: Call, *, now: datetime) -> datetime:
        """When the call may go out: now, or later."""
        self._keep_up_with(now)
        return max(
            now,
            self._stop(call, now),
            self._after_channel(call, now),
            self._after_others(call, now),
            self._turn(call, now),
        )

    def waits(self, call: Call, *, until: datetime, now: datetime) -> None:
        """Notes that the call comes back then: nobody else gets that turn."""
        if _takes_turns(call):
            self._turns = {name: at for name, at in self._turns.items() if at > now - _MINUTE}
            self._turns[call.name] = until
            self._next_turn = max(self._next_turn, until + _TURN)

    def made(self, call: Call, *, now: datetime) -> None:
        """Notes that the call went out."""
        recent = [at for at in self._made.get(call.method, ()) if at > now - _MINUTE]
        self._made[call.method] = [*recent, now]
        if call.method == POSTING:
            self._posted = {place: at for place, at in self._posted.items() if at > now - _CHANNEL_GAP}
            self._posted[call.channel] = now
        if _takes_turns(call):
            self._turns.pop(call.name, None)
            self._took_turn = now
            self._next_turn = max(self._next_turn, now + _TURN)

    def stop(self, method: str, *, until: datetime) -> None:
        """Slack asked to wait: nobody calls the method before that. Turns are given anew after it."""
        self._stopped_until[method] = max(until, self._stopped_until.get(method, until))
        if method == POSTING:
            self._turns.clear()
            self._next_turn = self._stopped_until[method]

    def _keep_up_with(self, now: datetime) -> None:
        """What Slack asked for lasts as long as it would have by the clock before."""
        set_back, self._asked_at = self._asked_at - now, now
        if set_back <= _SLIPS:
            return
        self._made.clear()
        self._posted.clear()
        self._turns.clear()
        self._next_turn = self._took_turn = _LONG_AGO
        self._stopped_until = {method: at - set_back for method, at in self._stopped_until.items()}

    def _turn(self, call: Call, now: datetime) -> datetime:
        """The call's own turn; the next free one when it has none, or comes late right after another."""
        if not _takes_turns(call):
            return now
        own = self._turns.get(call.name, self._next_turn)
        is_crowded = own <= now < self._took_turn + _TURN / 2
        return self._next_turn if is_crowded else own

    def _stop(self, call: Call, now: datetime) -> datetime:
        return self._stopped_until.get(call.method, now)

    def _after_channel(self, call: Call, now: datetime) -> datetime:
        last = self._posted.get(call.channel) if call.method == POSTING else None
        return last + _CHANNEL_GAP if last else now

    def _after_others(self, call: Call, now: datetime) -> datetime:
        """When the minute that begins with the oldest call too many is over."""
        recent = [at for at in self._made.get(call.method, ()) if at > now - _MINUTE]
        most = TIERS.get(call.method, _LOWEST)
        return recent[-most] + _MINUTE if len(recent) >= most else now


def _takes_turns(call: Call) -> bool:
    return call.method == POSTING and not call.urgent
