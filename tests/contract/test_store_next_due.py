from collections.abc import Callable
from datetime import timedelta

import pytest

from scheduler.model.cases import Outcome
from scheduler.model.decisions import Reason
from scheduler.ports import Store, Work
from tests.contract.rows import KEY, TUESDAY, WHERE, alert, case, outgoing, sending

MINUTE = timedelta(minutes=1)


def test_the_next_due_time_is_the_earliest_of_cases_enrolments_and_waiting_messages(store: Store):
    with store.begin() as work:
        empty = work.next_due()
        work.outbox.add(outgoing("welcome:1", at=TUESDAY + 3 * MINUTE))
        of_outbox = work.next_due()
        work.enrolments.start("UN", "newcomer", "hello", TUESDAY + 2 * MINUTE)
        of_enrolment = work.next_due()
        work.cases.save(case(due_at=TUESDAY + MINUTE))
        of_case = work.next_due()

    assert (empty, of_outbox, of_enrolment, of_case) == (
        None,
        TUESDAY + 3 * MINUTE,
        TUESDAY + 2 * MINUTE,
        TUESDAY + MINUTE,
    )


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(lambda work: work.outbox.skip("alert:1", Reason.TOUCHED), id="skipped"),
        pytest.param(lambda work: work.outbox.kill("alert:1", Reason.CANNOT_RENDER), id="dead"),
        pytest.param(lambda work: work.outbox.sent("alert:1", TUESDAY, "hash", WHERE), id="sent"),
    ],
)
def test_a_message_that_no_longer_waits_is_not_due(store: Store, end: Callable[[Work], None]):
    with store.begin() as work:
        work.outbox.add(alert("alert:1"))
        before = work.next_due()
        end(work)

        assert (before, work.next_due()) == (TUESDAY, None)


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(lambda work: work.cases.close(KEY, Outcome.EXPIRED, TUESDAY), id="closed"),
        pytest.param(lambda work: work.cases.remove(KEY), id="removed"),
        pytest.param(lambda work: work.cases.set_due(KEY, None, ()), id="nothing left to do"),
    ],
)
def test_a_case_that_waits_for_nothing_is_not_due(store: Store, end: Callable[[Work], None]):
    with store.begin() as work:
        work.cases.save(case(due_at=TUESDAY))
        before = work.next_due()
        end(work)

        assert (before, work.next_due()) == (TUESDAY, None)


def test_a_message_on_its_way_is_due_when_its_sender_must_have_died(store: Store):
    with store.begin() as work:
        work.outbox.add(alert("alert:1"))
        work.outbox.sending("alert:1", TUESDAY, nonce="mark", until=TUESDAY + 2 * MINUTE)

        assert work.next_due() == TUESDAY + 2 * MINUTE


def test_a_message_that_may_have_gone_out_is_due_when_it_is_looked_up(store: Store):
    with store.begin() as work:
        work.outbox.add(alert("alert:1"))
        sending(work, "alert:1")
        work.outbox.unknown("alert:1", TUESDAY + MINUTE, "timeout")

        assert work.next_due() == TUESDAY + MINUTE
