from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind, OutboxState, OutgoingMessage
from scheduler.model.placeholders import PLACEHOLDERS
from scheduler.ports import Work
from scheduler.store.engine import SqlStore
from tests.contract.rows import KEY, TUESDAY, WHERE, alert, outgoing, sending

MINUTE = timedelta(minutes=1)
KEY_WITH_SIGNS = "alert:T1:C'1\":🌸%s{x}"


def thanks(dedup_key: str) -> OutgoingMessage:
    return outgoing(dedup_key, kind=MessageKind.THANKS, recipient="Cchat", reason=Reason.END_OF_WEEK)


def add(store: SqlStore, *messages: OutgoingMessage) -> None:
    with store.begin() as work:
        for message in messages:
            work.outbox.add(message)


def due(store: SqlStore, minutes: int = 0, most: int = 9) -> list[str]:
    with store.begin() as work:
        return [each.dedup_key for each in work.outbox.due(TUESDAY + minutes * MINUTE, most=most)]


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(outgoing("welcome:1", member="UN", step="hello", rotation=3), id="a welcome"),
        pytest.param(alert(KEY_WITH_SIGNS, step="first", case=replace(KEY, opening=2)), id="an alert"),
        pytest.param(alert("alert:1", to="Cambassadors", ambassador=None), id="an alert to the channel"),
        pytest.param(thanks("thanks:1"), id="a thank-you"),
    ],
)
def test_a_waiting_message_comes_back_as_it_was_written(store: SqlStore, message: OutgoingMessage):
    add(store, message)

    with store.begin() as work:
        assert work.outbox.due(TUESDAY, most=9) == (message,)


@pytest.mark.parametrize("kind", list(MessageKind))
def test_placeholders_keep_their_types_while_a_message_waits(store: SqlStore, kind: MessageKind):
    values = {each.name: each.example for each in PLACEHOLDERS[kind]} | {"none": None, "text": "'\"葵🌸\n"}
    add(store, outgoing("w", values=values))

    with store.begin() as work:
        (found,) = work.outbox.due(TUESDAY, most=9)

    assert (found.values, {k: type(v) for k, v in found.values.items()}) == (
        values,
        {k: type(v) for k, v in values.items()},
    )


@pytest.mark.parametrize(
    "meanwhile",
    [
        pytest.param(lambda _: None, id="while it waits"),
        pytest.param(lambda work: work.outbox.hold("w", TUESDAY, Reason.QUIET_TIME), id="held"),
        pytest.param(lambda work: sending(work, "w"), id="sending"),
        pytest.param(lambda work: work.outbox.sent("w", TUESDAY, "hash", WHERE), id="sent"),
        pytest.param(lambda work: work.outbox.skip("w", Reason.IS_BOT), id="skipped"),
        pytest.param(lambda work: work.outbox.kill("w", Reason.CANNOT_RENDER), id="dead"),
    ],
)
def test_a_dedup_key_is_intended_once_and_for_ever(store: SqlStore, meanwhile: Callable[[Work], None]):
    add(store, outgoing("w"))
    with store.begin() as work:
        meanwhile(work)
        before = list(work.outbox.all())
    with store.begin() as work:
        again = work.outbox.add(outgoing("w", recipient="UX"))

    assert again is False
    assert list(store.read().outbox.all()) == before


def test_a_key_that_differs_in_one_sign_is_another_message(store: SqlStore):
    with store.begin() as work:
        assert [work.outbox.add(outgoing(key)) for key in ("w", "W", "w ", "w'", "w🌸")] == [True] * 5


def test_due_messages_are_alerts_then_thanks_then_welcomes_the_oldest_first(store: SqlStore):
    add(
        store,
        *(outgoing("w2", at=TUESDAY + MINUTE), outgoing("w1"), outgoing("w0", at=TUESDAY + MINUTE)),
        *(thanks("t1"), alert("a2", at=TUESDAY + 2 * MINUTE), alert("a1", at=TUESDAY + MINUTE)),
        outgoing("later", at=TUESDAY + 9 * MINUTE),
    )

    assert due(store, minutes=2) == ["a1", "a2", "t1", "w1", "w0", "w2"]
    assert due(store, minutes=2, most=2) == ["a1", "a2"]


def test_the_oldest_is_the_one_that_was_due_first_however_long_it_was_held(store: SqlStore):
    add(store, outgoing("held", not_before=TUESDAY + 2 * MINUTE), outgoing("new", at=TUESDAY + MINUTE))

    assert due(store, minutes=2) == ["held", "new"]


def test_a_held_message_waits_until_then_and_keeps_why_it_is_sent(store: SqlStore):
    add(store, alert("a"))
    with store.begin() as work:
        work.outbox.hold("a", TUESDAY + MINUTE, Reason.QUIET_TIME)
        work.outbox.hold("a", TUESDAY + 2 * MINUTE, Reason.RECIPIENT_CAP)
        work.outbox.hold("a", TUESDAY + 3 * MINUTE, Reason.QUIET_TIME)

    assert (due(store, minutes=2), due(store, minutes=3)) == ([], ["a"])
    assert list(store.read().outbox.all()) == [
        (alert("a", not_before=TUESDAY + 3 * MINUTE), (Reason.QUIET_TIME, Reason.RECIPIENT_CAP))
    ]


@pytest.mark.parametrize(
    ("end", "state", "reason"),
    [
        pytest.param(
            lambda work: work.outbox.skip("w", Reason.IS_BOT), OutboxState.SKIPPED, Reason.IS_BOT, id="skip"
        ),
        pytest.param(
            lambda work: work.outbox.kill("w", Reason.CANNOT_RENDER),
            *(OutboxState.DEAD, Reason.CANNOT_RENDER),
            id="kill",
        ),
        pytest.param(
            lambda work: sending(work, "w"),
            OutboxState.SENDING,
            Reason.NEW_MEMBER,
            id="sending",
        ),
        pytest.param(
            lambda work: work.outbox.sent("w", TUESDAY, "hash", WHERE),
            OutboxState.SENT,
            Reason.NEW_MEMBER,
            id="sent",
        ),
    ],
)
def test_a_message_goes_one_way_only(
    store: SqlStore, end: Callable[[Work], None], state: OutboxState, reason: Reason
):
    add(store, outgoing("w"), outgoing("other", at=TUESDAY + MINUTE))
    with store.begin() as work:
        end(work)

    assert due(store, minutes=1) == ["other"]
    assert [(m.dedup_key, m.state, m.reason) for m, _ in store.read().outbox.all()] == [
        ("w", state, reason),
        ("other", OutboxState.PENDING, Reason.NEW_MEMBER),
    ]


def test_what_was_sent_keeps_when_and_a_hash_and_loses_its_values(store: SqlStore):
    add(store, outgoing("w", values={"member_name": "葵"}))
    with store.begin() as work:
        sending(work, "w")
        work.outbox.sent("w", TUESDAY + MINUTE, "0f0f", WHERE)

    assert [message for message, _ in store.read().outbox.all()] == [
        outgoing(
            "w",
            state=OutboxState.SENT,
            sent_at=TUESDAY + MINUTE,
            payload_hash="0f0f",
            attempts=1,
            nonce="mark",
            posted_channel=WHERE.channel,
            posted_ts=WHERE.ts,
        )
    ]


def send(store: SqlStore, *messages: OutgoingMessage) -> None:
    """Each is sent when it was due."""
    add(store, *messages)
    with store.begin() as work:
        for message in messages:
            sending(work, message.dedup_key, at=message.due_at)
            work.outbox.sent(message.dedup_key, message.due_at, "hash", WHERE)


def test_what_went_to_a_recipient_counts_for_caps_from_then_on(store: SqlStore):
    send(store, outgoing("3", at=TUESDAY + 3 * MINUTE), outgoing("1", at=TUESDAY + MINUTE), outgoing("0"))
    send(store, outgoing("another", at=TUESDAY + 2 * MINUTE, recipient="UX"), alert("alert:1", to="UN"))
    add(store, outgoing("waits", at=TUESDAY + 2 * MINUTE))
    send(store, outgoing("an edit", at=TUESDAY + 2 * MINUTE, kind=MessageKind.CARD))

    with store.begin() as work:
        after = work.outbox.sent_to("UN", since=TUESDAY)
        all_of_them = work.outbox.sent_to("UN", since=TUESDAY - MINUTE)

    assert after == (TUESDAY + MINUTE, TUESDAY + 3 * MINUTE)
    assert all_of_them == (TUESDAY, TUESDAY, *after)


def test_what_went_out_of_a_kind_counts_for_caps(store: SqlStore):
    send(store, outgoing("1", at=TUESDAY + MINUTE), outgoing("2", at=TUESDAY + 2 * MINUTE, recipient="UX"))
    send(store, alert("alert:1", at=TUESDAY + MINUTE), outgoing("0"))

    with store.begin() as work:
        assert work.outbox.sent_of_kind(MessageKind.WELCOME, since=TUESDAY) == (
            TUESDAY + MINUTE,
            TUESDAY + 2 * MINUTE,
        )


def test_a_message_whose_outcome_is_unknown_counts_for_caps_as_sent(store: SqlStore):
    add(store, outgoing("w"))
    with store.begin() as work:
        sending(work, "w")
        since = TUESDAY - MINUTE

        assert work.outbox.sent_to("UN", since=since) == (TUESDAY,)
        assert work.outbox.sent_of_kind(MessageKind.WELCOME, since=since) == (TUESDAY,)


def test_alerts_are_a_load_when_sent_since_then_or_while_they_wait(store: SqlStore):
    add(store, alert("late", at=TUESDAY - MINUTE, to="UB"), alert("waits", at=TUESDAY - 9 * MINUTE, to="UC"))
    send(store, alert("old", at=TUESDAY), alert("new", at=TUESDAY + MINUTE))
    send(store, alert("channel", at=TUESDAY + MINUTE, to="Cambassadors", ambassador=None))
    add(store, alert("gone", at=TUESDAY + MINUTE), alert("an edit", kind=MessageKind.CARD))
    with store.begin() as work:
        work.outbox.skip("gone", Reason.TOUCHED)
        sending(work, "late", at=TUESDAY + 2 * MINUTE)

        assert work.outbox.alerts_to(since=TUESDAY) == (
            ("UC", TUESDAY - 9 * MINUTE),
            ("UA", TUESDAY + MINUTE),
            ("UB", TUESDAY + 2 * MINUTE),
        )


def test_who_was_told_of_any_opening_of_a_post_is_known(store: SqlStore):
    elsewhere = replace(KEY, ts="1.0")
    add(
        store,
        *(alert("1"), alert("2", to="UB", case=replace(KEY, opening=2)), alert("3", to="UC", case=elsewhere)),
        *(alert("4", to="Cambassadors", ambassador=None), alert("5", to="UD"), alert("6", to="UE")),
        *(alert("7", to="UF"), alert("8", to="UG", kind=MessageKind.CARD), alert("9", to="UH")),
    )
    with store.begin() as work:
        work.outbox.sent("1", TUESDAY, "hash", WHERE)
        work.outbox.skip("9", Reason.AWAY)
        work.outbox.skip("5", Reason.TOUCHED)
        work.outbox.kill("6", Reason.CANNOT_RENDER)
        work.outbox.kill("7", Reason.REFUSED, "user_disabled")

        assert work.outbox.told_of(replace(KEY, opening=3)) == {"UA", "UB", "UF", "UH"}


def test_whether_a_recipient_was_told_of_this_opening_is_known(store: SqlStore):
    add(store, alert("1"), alert("2", to="UB", case=replace(KEY, opening=2)))
    with store.begin() as work:
        work.outbox.skip("2", Reason.TOUCHED)

        assert work.outbox.is_told("UA", KEY)
        assert not work.outbox.is_told("UA", replace(KEY, opening=2))
        assert not work.outbox.is_told("UB", replace(KEY, opening=2))
