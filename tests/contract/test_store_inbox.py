"""The inbox keeps everything that Slack sends, once, until it is folded."""

from dataclasses import replace
from datetime import timedelta

from scheduler.ports import Store
from tests.contract.rows import TUESDAY, envelope

HOUR = timedelta(hours=1)


def test_what_was_put_waits_in_its_order(store: Store):
    first, second = envelope("Ev2"), replace(envelope("Ev1"), received_at=TUESDAY - HOUR)
    with store.begin() as work:
        kept = (work.inbox.put(first), work.inbox.put(second))

    with store.begin() as work:
        found = (work.inbox.waiting(most=9), work.inbox.waiting(most=1), work.inbox.waiting_since())

    assert (kept, found) == ((True, True), ((first, second), (first,), TUESDAY - HOUR))


def test_an_event_that_comes_again_is_kept_once_whatever_became_of_it(store: Store):
    with store.begin() as work:
        for key in ("waits", "done", "dead"):
            work.inbox.put(envelope(key))
        work.inbox.done("done", now=TUESDAY)
        work.inbox.dead("dead", "malformed", now=TUESDAY)

    with store.begin() as work:
        again = [work.inbox.put(envelope(key)) for key in ("waits", "done", "dead")]
        waiting = work.inbox.waiting(most=9)

    assert (again, waiting) == ([False, False, False], (envelope("waits"),))


def test_what_was_folded_or_refused_waits_no_more(store: Store):
    with store.begin() as work:
        for key in ("Ev1", "Ev2", "Ev3"):
            work.inbox.put(envelope(key))
        work.inbox.done("Ev1", now=TUESDAY)
        work.inbox.dead("Ev2", "the field ts is missing", now=TUESDAY)
        work.inbox.dead("Ev3", "the field ts is missing", now=TUESDAY)

    with store.begin() as work:
        found = (work.inbox.waiting(most=9), work.inbox.waiting_since(), work.inbox.refused())

    assert found == ((), None, (("the field ts is missing", 2),))


def test_a_gesture_is_known_once_another_payload_told_of_it_and_was_folded(store: Store):
    with store.begin() as work:
        work.inbox.put(envelope("Ev1", gesture="g1"))
        waits = work.inbox.knows_gesture("g1", besides="Ev2")
        work.inbox.done("Ev1", now=TUESDAY)
        folded = work.inbox.knows_gesture("g1", besides="Ev2")
        itself = work.inbox.knows_gesture("g1", besides="Ev1")

    assert (waits, folded, itself) == (False, True, False)


def test_forgetting_drops_folded_payloads_of_long_ago_and_nothing_that_waits(store: Store):
    old = replace(envelope("old"), received_at=TUESDAY - HOUR)
    with store.begin() as work:
        for each in (old, envelope("new"), replace(old, key="waits"), replace(old, key="dead")):
            work.inbox.put(each)
        work.inbox.done("old", now=TUESDAY)
        work.inbox.done("new", now=TUESDAY)
        work.inbox.dead("dead", "malformed", now=TUESDAY)
        work.inbox.forget(done_before=TUESDAY, dead_before=TUESDAY)

    with store.begin() as work:
        again = {key: work.inbox.put(replace(old, key=key)) for key in ("old", "new", "waits", "dead")}
        refused = work.inbox.refused()

    assert again == {"old": True, "new": False, "waits": False, "dead": False}
    assert refused == (("malformed", 1),)
