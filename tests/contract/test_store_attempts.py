"""What each attempt to send leaves behind, so that nothing goes out twice and nothing is lost."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from scheduler.model.cases import CaseKey
from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind, OutboxState, OutgoingMessage
from scheduler.ports import Store, Work
from scheduler.store.engine import SqlStore
from tests.contract.rows import KEY, TUESDAY, WHERE, alert, outgoing, sending

MINUTE = timedelta(minutes=1)


def known(store: SqlStore, key: str) -> OutgoingMessage:
    return next(message for message, _ in store.read().outbox.all() if message.dedup_key == key)


def begin(store: Store, *messages: OutgoingMessage) -> None:
    with store.begin() as work:
        for message in messages:
            work.outbox.add(message)


def test_each_attempt_is_counted_and_the_mark_of_the_first_one_stays(store: SqlStore):
    begin(store, outgoing("w"))
    with store.begin() as work:
        work.outbox.sending("w", TUESDAY, nonce="first", until=TUESDAY + MINUTE)
        work.outbox.unknown("w", TUESDAY + MINUTE, "timeout")
        work.outbox.retry("w", TUESDAY + MINUTE, "absent")
        work.outbox.sending("w", TUESDAY + MINUTE, nonce="second", until=TUESDAY + 2 * MINUTE)

    found = known(store, "w")
    assert (found.attempts, found.nonce, found.state) == (2, "first", OutboxState.SENDING)


def test_what_surely_did_not_reach_slack_was_no_attempt(store: SqlStore):
    begin(store, outgoing("w"))
    with store.begin() as work:
        for wait in range(5):
            work.outbox.sending("w", TUESDAY, nonce="mark", until=TUESDAY + MINUTE)
            work.outbox.retry("w", TUESDAY + wait * MINUTE, "ratelimited")

    assert known(store, "w").attempts == 0


def test_who_may_work_no_longer_puts_back_what_is_still_on_its_way_by_its_own_attempt(store: SqlStore):
    begin(store, outgoing("w"))
    with store.begin() as work:
        sending(work, "w")
        work.outbox.put_back("w", TUESDAY + MINUTE, "not_held", attempt=1)

    found = known(store, "w")
    assert (found.state, found.attempts, found.not_before) == (OutboxState.PENDING, 0, TUESDAY + MINUTE)


def doubted(work: Work) -> None:
    work.outbox.abandoned(TUESDAY + 2 * MINUTE, look_at=TUESDAY + 2 * MINUTE)


def sent_again(work: Work) -> None:
    doubted(work)
    work.outbox.retry("w", TUESDAY + 2 * MINUTE, "absent")
    sending(work, "w", at=TUESDAY + 2 * MINUTE)


@pytest.mark.parametrize("meanwhile", [doubted, sent_again])
def test_what_somebody_else_has_taken_up_meanwhile_is_not_put_back(
    store: SqlStore, meanwhile: Callable[[Work], None]
):
    begin(store, outgoing("w"))
    with store.begin() as work:
        sending(work, "w")
        meanwhile(work)
    before = known(store, "w")
    with store.begin() as work:
        work.outbox.put_back("w", TUESDAY + MINUTE, "not_held", attempt=1)

    assert known(store, "w") == before


def test_a_doubted_message_that_waits_gets_a_new_mark_and_no_other_one_does(store: SqlStore):
    begin(store, outgoing("waits"), outgoing("on its way"))
    with store.begin() as work:
        for key in ("waits", "on its way"):
            work.outbox.sending(key, TUESDAY, nonce="first", until=TUESDAY + MINUTE)
        work.outbox.retry("waits", TUESDAY, "ratelimited")
        work.outbox.doubt()

    assert (known(store, "waits").nonce, known(store, "on its way").nonce) == (None, "first")


def test_a_sent_message_knows_where_it_stands(store: SqlStore):
    begin(store, outgoing("w"))
    with store.begin() as work:
        work.outbox.sent("w", TUESDAY, "hash", WHERE)

    found = known(store, "w")
    assert (found.posted_channel, found.posted_ts) == (WHERE.channel, WHERE.ts)


def test_what_surely_did_not_go_out_is_due_again_and_counts_as_not_sent(store: SqlStore):
    begin(store, outgoing("w"))
    with store.begin() as work:
        sending(work, "w")
        work.outbox.retry("w", TUESDAY + MINUTE, "ratelimited")
        early = work.outbox.due(TUESDAY, most=9)
        late = [message.dedup_key for message in work.outbox.due(TUESDAY + MINUTE, most=9)]
        to_recipient = work.outbox.sent_to("UN", since=TUESDAY - MINUTE)

    assert (early, late, to_recipient) == ((), ["w"], ())


def test_what_may_have_gone_out_is_never_due_and_counts_as_sent(store: SqlStore):
    begin(store, outgoing("w"))
    with store.begin() as work:
        sending(work, "w")
        work.outbox.unknown("w", TUESDAY + MINUTE, "timeout")
        due = work.outbox.due(TUESDAY + MINUTE, most=9)
        early = work.outbox.to_reconcile(TUESDAY, most=9)
        late = [message.dedup_key for message in work.outbox.to_reconcile(TUESDAY + MINUTE, most=9)]
        to_recipient = work.outbox.sent_to("UN", since=TUESDAY - MINUTE)

    assert (due, early, late, to_recipient) == ((), (), ["w"], (TUESDAY,))


@pytest.mark.parametrize(
    ("now", "found"),
    [
        pytest.param(TUESDAY + MINUTE, 0, id="while the lease lasts"),
        pytest.param(TUESDAY + 2 * MINUTE, 1, id="once it has ended"),
    ],
)
def test_a_message_whose_sender_died_may_have_gone_out_once_the_lease_has_ended(
    store: SqlStore, now: datetime, found: int
):
    begin(store, outgoing("w"), outgoing("waits"))
    with store.begin() as work:
        sending(work, "w")
        abandoned = work.outbox.abandoned(now, look_at=now)
        looked_up = [message.dedup_key for message in work.outbox.to_reconcile(now, most=9)]

    assert (abandoned, looked_up) == (found, ["w"][:found])


def test_a_dead_message_keeps_its_reason(store: SqlStore):
    begin(store, outgoing("w"))
    with store.begin() as work:
        sending(work, "w")
        work.outbox.kill("w", Reason.REFUSED, "user_disabled")

    found = known(store, "w")
    assert (found.state, found.reason, found.posted_ts) == (OutboxState.DEAD, Reason.REFUSED, None)


def test_the_alerts_about_a_post_that_stand_in_slack_are_found_by_the_post(store: SqlStore):
    other = CaseKey(team=KEY.team, channel=KEY.channel, ts="1776128400.000009")
    begin(
        store, alert("a:1"), alert("a:2", to="UB"), alert("a:3"), alert("a:other", case=other), outgoing("w")
    )
    with store.begin() as work:
        work.outbox.sent("a:2", TUESDAY, "hash", WHERE)
        work.outbox.sent("a:1", TUESDAY + MINUTE, "hash", WHERE)
        work.outbox.sent("a:other", TUESDAY, "hash", WHERE)
        work.outbox.sent("w", TUESDAY, "hash", WHERE)
        found = [message.dedup_key for message in work.outbox.posted_alerts(KEY.channel, KEY.ts)]

    assert found == ["a:2", "a:1"]


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(lambda work: work.outbox.sent("w", TUESDAY, "hash", WHERE), id="found"),
        pytest.param(lambda work: work.outbox.retry("w", TUESDAY, "absent"), id="absent"),
        pytest.param(lambda work: work.outbox.kill("w", Reason.OUTCOME_UNKNOWN), id="given up"),
    ],
)
def test_once_looked_up_a_message_is_not_looked_up_again(store: SqlStore, end: Callable[[Work], None]):
    begin(store, outgoing("w"))
    with store.begin() as work:
        work.outbox.unknown("w", TUESDAY, "timeout")
        end(work)
        left = work.outbox.to_reconcile(TUESDAY + MINUTE, most=9)

    assert left == ()


def test_an_edit_is_under_way_from_its_sending_until_its_outcome_is_known(store: SqlStore):
    edit = alert("card:1", kind=MessageKind.CARD, posted_channel=WHERE.channel, posted_ts=WHERE.ts)
    begin(store, edit, alert("an alert", posted_ts=WHERE.ts))
    asked = (KEY.channel, KEY.ts, WHERE.ts)
    with store.begin() as work:
        sending(work, "an alert")
        found = [work.outbox.is_being_edited(*asked)]
        sending(work, "card:1")
        found += [work.outbox.is_being_edited(*asked), work.outbox.is_being_edited(*asked[:2], "2.0")]
        work.outbox.unknown("card:1", TUESDAY, "timeout")
        found.append(work.outbox.is_being_edited(*asked))
        work.outbox.sent("card:1", TUESDAY, "hash", WHERE)
        found.append(work.outbox.is_being_edited(*asked))

    assert found == [False, True, False, True, False]
