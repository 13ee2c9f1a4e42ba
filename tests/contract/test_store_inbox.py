"""The inbox keeps everything that Slack sends, once, until it is folded."""

from dataclasses import replace
from datetime import timedelta

from scheduler.ports import Store
from tests.contract.rows import TUESDAY, envelope

HOUR = timedelta(hours=1)


def test_what_was_put_waits_in_its_order(store: Store):
    first, second = envelope("Ev2"), replace(envelope("Ev1"), received_at=TUESDAY - HOUR)
    with store.begin() as work:
        kept = work.inbox.put([first, second])

    with store.begin() as work:
        found = (work.inbox.waiting(most=9), work.inbox.waiting(most=1), work.inbox.waiting_since())

    assert (kept, found) == ((True, True), ((first, second), (first,), TUESDAY - HOUR))


def test_an_event_that_comes_again_is_kept_once_whatever_became_of_it(store: Store):
    with store.begin() as work:
        work.inbox.put([envelope(key) for key in ("waits", "done", "dead")])
        work.inbox.done(["done"], now=TUESDAY)
        work.inbox.dead("dead", "malformed", now=TUESDAY)

    with store.begin() as work:
        again = work.inbox.put([envelope(key) for key in ("waits", "done", "new", "dead")])
        waiting = work.inbox.waiting(most=9)

    assert (again, waiting) == ((False, False, True, False), (envelope("waits"), envelope("new")))


def test_one_that_comes_twice_together_with_others_is_kept_once(store: Store):
    with store.begin() as work:
        kept = work.inbox.put([envelope(key) for key in ("Ev1", "Ev2", "Ev1")])
        waiting = work.inbox.waiting(most=9)

    assert (kept, waiting) == ((True, True, False), (envelope("Ev1"), envelope("Ev2")))


def test_however_many_come_together_wait_in_their_order(store: Store):
    many = tuple(envelope(f"Ev{number}") for number in range(3 * 64 + 2 * 16 + 3 * 4 + 3))
    with store.begin() as work:
        kept = work.inbox.put(many)
        waiting = work.inbox.waiting(most=1000)

    assert (set(kept), len(kept), waiting) == ({True}, len(many), many)


def test_what_was_folded_or_refused_waits_no_more(store: Store):
    with store.begin() as work:
        work.inbox.put([envelope(key) for key in ("Ev1", "Ev2", "Ev3")])
        work.inbox.done(["Ev1"], now=TUESDAY)
        work.inbox.dead("Ev2", "the field ts is missing", now=TUESDAY)
        work.inbox.dead("Ev3", "the field ts is missing", now=TUESDAY)

    with store.begin() as work:
        found = (work.inbox.waiting(most=9), work.inbox.waiting_since(), work.inbox.refused())

    assert found == ((), None, (("the field ts is missing", 2),))


def test_a_payload_repeats_a_gesture_that_another_one_told_of_and_that_was_folded(store: Store):
    first, again, other = envelope("Ev1", gesture="g1"), envelope("Ev2", gesture="g1"), envelope("Ev3")
    with store.begin() as work:
        work.inbox.put([first, again, other])
        both_wait = work.inbox.repeating(most=9)
        work.inbox.done(["Ev1"], now=TUESDAY)
        one_waits = work.inbox.repeating(most=9)
        work.inbox.done(["Ev2"], now=TUESDAY)
        none_waits = work.inbox.repeating(most=9)

    assert (both_wait, one_waits, none_waits) == (frozenset(), frozenset({"Ev2"}), frozenset())


def test_a_gesture_whose_payload_could_not_be_folded_is_not_repeated(store: Store):
    with store.begin() as work:
        work.inbox.put([envelope("Ev1", gesture="g1"), envelope("Ev2", gesture="g1")])
        work.inbox.dead("Ev1", "malformed", now=TUESDAY)

        assert work.inbox.repeating(most=9) == frozenset()


def test_many_are_folded_at_once_and_the_others_wait(store: Store):
    many = [envelope(f"Ev{number}") for number in range(100)]
    with store.begin() as work:
        work.inbox.put(many)
        work.inbox.done([each.key for each in many[:95]], now=TUESDAY)

        assert work.inbox.waiting(most=9) == tuple(many[95:])


def test_forgetting_drops_folded_payloads_of_long_ago_and_nothing_that_waits(store: Store):
    old = replace(envelope("old"), received_at=TUESDAY - HOUR)
    with store.begin() as work:
        work.inbox.put([old, envelope("new"), replace(old, key="waits"), replace(old, key="dead")])
        work.inbox.done(["old"], now=TUESDAY)
        work.inbox.done(["new"], now=TUESDAY)
        work.inbox.dead("dead", "malformed", now=TUESDAY)
        work.inbox.forget(done_before=TUESDAY, dead_before=TUESDAY)

    with store.begin() as work:
        again = work.inbox.put([replace(old, key=key) for key in ("old", "new", "waits", "dead")])
        refused = work.inbox.refused()

    assert again == (True, False, False, False)
    assert refused == (("malformed", 1),)
