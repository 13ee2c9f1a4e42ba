from datetime import timedelta

from scheduler.ports import Store
from tests.contract.rows import TUESDAY

MINUTE = timedelta(minutes=1)
EVER = TUESDAY + timedelta(days=9)


def test_a_member_is_enrolled_once_with_number_and_step(store: Store):
    with store.begin() as work:
        work.enrolments.start("UN", "newcomer's", "hello🌸", TUESDAY)
        work.enrolments.start("UN", "newcomer's", "hello🌸", TUESDAY)
    with store.begin() as work:
        assert work.enrolments.due(EVER, most=9) == (("UN", "newcomer's", 1, "hello🌸"),)


def test_enrolments_are_due_from_their_time_on_the_longest_due_first(store: Store):
    with store.begin() as work:
        for member, minutes in (("U1", 1), ("U3", 0), ("U2", 0), ("U4", 2)):
            work.enrolments.start(member, "newcomer", "hello", TUESDAY + minutes * MINUTE)
    with store.begin() as work:
        all_of_them = [member for member, *_ in work.enrolments.due(TUESDAY + MINUTE, most=9)]
        two = [member for member, *_ in work.enrolments.due(TUESDAY + MINUTE, most=2)]

    assert (all_of_them, two) == (["U2", "U3", "U1"], ["U2", "U3"])


def test_while_nothing_was_sent_or_skipped_a_new_due_time_replaces_the_old_one(store: Store):
    with store.begin() as work:
        work.enrolments.start("UN", "newcomer", "hello", TUESDAY + MINUTE)
        work.enrolments.start("UN", "newcomer", "hello", TUESDAY)
        moved = work.enrolments.due(TUESDAY, most=9)
        work.enrolments.set_due("UN", "newcomer", 1, None)
        work.enrolments.start("UN", "newcomer", "hello", TUESDAY)

        assert (len(moved), work.enrolments.due(EVER, most=9)) == (1, ())


def test_a_step_that_is_held_is_due_again_later(store: Store):
    with store.begin() as work:
        work.enrolments.start("UN", "newcomer", "hello", TUESDAY)
        work.enrolments.set_due("UN", "newcomer", 1, TUESDAY + MINUTE)
    with store.begin() as work:
        assert work.enrolments.due(TUESDAY, most=9) == ()
        assert len(work.enrolments.due(TUESDAY + MINUTE, most=9)) == 1
