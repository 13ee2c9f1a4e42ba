"""What follows once somebody has looked for a message that may have gone out."""

from datetime import timedelta

import pytest

from scheduler.model.decisions import Reason
from scheduler.model.lookups import Absent, Found, Lookup, NotKnown
from scheduler.model.messages import MessageKind, OutgoingMessage
from scheduler.policy.retry import GiveUp, LookAgain, SendAgain, after_lookup
from tests.world import TEAM, local

SENT = local("2026-08-03 10:00")
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
ALERT, THANKS, WELCOME = MessageKind.ALERT, MessageKind.THANKS, MessageKind.WELCOME
CARD = MessageKind.CARD
FOUND, ABSENT, NOT_KNOWN = Found("D1", "1.0"), Absent(), NotKnown("timeout")


def attempted(kind: MessageKind, attempts: int) -> OutgoingMessage:
    return OutgoingMessage(
        team=TEAM,
        dedup_key="key",
        kind=kind,
        message="message",
        recipient="U1",
        due_at=SENT,
        not_before=SENT,
        reason=Reason.UNTOUCHED,
        attempts=attempts,
        sent_at=SENT,
    )


@pytest.mark.parametrize(
    ("kind", "attempts", "lookup", "after", "then"),
    [
        pytest.param(ALERT, 1, FOUND, MINUTE, FOUND, id="it did go out"),
        pytest.param(WELCOME, 9, FOUND, 99 * MINUTE, FOUND, id="it did, whatever came before"),
        pytest.param(
            WELCOME, 1, ABSENT, MINUTE, SendAgain(), id="a welcome that is proven absent goes once more"
        ),
        pytest.param(WELCOME, 2, ABSENT, MINUTE, GiveUp(), id="and no third time"),
        pytest.param(THANKS, 2, ABSENT, MINUTE, GiveUp(), id="nor does a thank-you"),
        pytest.param(ALERT, 3, ABSENT, MINUTE, SendAgain(), id="an alert goes up to four times"),
        pytest.param(ALERT, 4, ABSENT, MINUTE, GiveUp(), id="and no fifth time"),
        pytest.param(CARD, 3, ABSENT, MINUTE, SendAgain(), id="an edit as well: twice is the same as once"),
        pytest.param(CARD, 4, ABSENT, MINUTE, GiveUp(), id="but four times are enough"),
        pytest.param(
            ALERT, 1, NOT_KNOWN, SECOND, LookAgain(SENT + 6 * SECOND), id="nobody could look: soon again"
        ),
        pytest.param(
            ALERT, 1, NOT_KNOWN, 2 * MINUTE, LookAgain(SENT + 4 * MINUTE), id="then later and later"
        ),
        pytest.param(
            ALERT, 1, NOT_KNOWN, 20 * MINUTE, LookAgain(SENT + 25 * MINUTE), id="five minutes at most"
        ),
        pytest.param(
            ALERT,
            1,
            NotKnown("ratelimited", 8 * MINUTE),
            SECOND,
            LookAgain(SENT + 8 * MINUTE + SECOND),
            id="and never before Slack allows it",
        ),
        pytest.param(ALERT, 1, NOT_KNOWN, 30 * MINUTE, SendAgain(), id="an alert is sent rather than missed"),
        pytest.param(ALERT, 4, NOT_KNOWN, 30 * MINUTE, GiveUp(), id="but not for ever"),
        pytest.param(WELCOME, 1, NOT_KNOWN, 30 * MINUTE, GiveUp(), id="a welcome never without proof"),
        pytest.param(THANKS, 1, NOT_KNOWN, 30 * MINUTE, GiveUp(), id="nor a thank-you"),
    ],
)
def test_what_follows_from_a_lookup(
    kind: MessageKind, attempts: int, lookup: Lookup, after: timedelta, then: object
):
    assert after_lookup(attempted(kind, attempts), lookup, now=SENT + after) == then
