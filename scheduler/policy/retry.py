"""What to do about a message that may have gone out, once somebody has looked. Pure.

An alert is sent at least once: a second one is a nuisance, a missing one defeats us. A welcome or a thank-you
goes out once more only when the first one was proven absent, and never without proof. An edit made twice is
made once: nobody looks for it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.model.lookups import Absent, Found, Lookup
from scheduler.model.messages import MessageKind, OutgoingMessage

#: Attempts in all, first one included.
_MOST = {MessageKind.ALERT: 4, MessageKind.CARD: 4}
_TWICE = 2
_SHORTEST, _LONGEST = timedelta(seconds=5), timedelta(minutes=5)
_GIVE_UP_AFTER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class SendAgain:
    """It goes back into the outbox."""


@dataclass(frozen=True, slots=True)
class LookAgain:
    """Nobody could look: try again at `at`."""

    at: datetime


@dataclass(frozen=True, slots=True)
class GiveUp:
    """It may have gone out, and is not sent again."""


def after_lookup(
    message: OutgoingMessage, lookup: Lookup, *, now: datetime
) -> Found | SendAgain | LookAgain | GiveUp:
    """What follows from a lookup. `message.sent_at` is when its last attempt began."""
    if isinstance(lookup, Found):
        return lookup
    if isinstance(lookup, Absent):
        return SendAgain() if message.attempts < _MOST.get(message.kind, _TWICE) else GiveUp()
    waited = now - (message.sent_at or now)
    if waited < _GIVE_UP_AFTER:
        return LookAgain(now + max(lookup.wait, min(_LONGEST, max(_SHORTEST, waited))))
    return SendAgain() if _may_repeat(message) else GiveUp()


def _may_repeat(message: OutgoingMessage) -> bool:
    return message.kind is MessageKind.ALERT and message.attempts < _MOST[MessageKind.ALERT]
