"""What `doctor` asks of the store: what is dead, and when something was heard last."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind
from scheduler.store.connecting import reading_engine
from scheduler.store.engine import SqlStore, open_store
from tests.contract.rows import TUESDAY, alert, envelope, outgoing
from tests.world import TEAM

LATER = TUESDAY + timedelta(minutes=1)


def test_dead_messages_are_counted_by_kind_reason_and_slacks_word(store: SqlStore, neighbour: SqlStore):
    for each in (store, neighbour):
        with each.begin() as work:
            for key in ("a", "b"):
                work.outbox.add(alert(key))
                work.outbox.kill(key, Reason.REFUSED, "user_disabled")
            for key, reason in (("c", Reason.CANNOT_RENDER), ("d", Reason.OUTCOME_UNKNOWN)):
                work.outbox.add(outgoing(key))
                work.outbox.kill(key, reason)
            work.outbox.add(alert("pending"))

    with store.begin() as work:
        found = work.outbox.dead_since(TUESDAY)

    assert found == (
        (MessageKind.ALERT, Reason.REFUSED, "user_disabled", 2),
        (MessageKind.WELCOME, Reason.CANNOT_RENDER, "", 1),
        (MessageKind.WELCOME, Reason.OUTCOME_UNKNOWN, "", 1),
    )


def test_what_died_before_is_no_news(store: SqlStore):
    with store.begin() as work:
        work.outbox.add(alert("a"))
        work.outbox.kill("a", Reason.REFUSED, "user_disabled")
        work.inbox.put([envelope("Ev1")])
        work.inbox.dead("Ev1", "why", now=TUESDAY)

        assert (work.outbox.dead_since(LATER), work.inbox.dead_since(LATER)) == ((), ())
        assert work.inbox.dead_since(TUESDAY) == (("message", "why", 1),)


def test_dead_events_are_counted_by_type_and_reason(store: SqlStore, neighbour: SqlStore):
    for each in (store, neighbour):
        with each.begin() as work:
            for key, reason in (("Ev1", "one"), ("Ev2", "two"), ("Ev3", "one"), ("Ev4", "")):
                work.inbox.put([envelope(key)])
                if reason:
                    work.inbox.dead(key, reason, now=TUESDAY)

    with store.begin() as work:
        assert work.inbox.dead_since(TUESDAY) == (("message", "one", 2), ("message", "two", 1))


def test_the_last_event_is_the_newest_that_is_known(store: SqlStore, neighbour: SqlStore):
    with neighbour.begin() as work:
        work.inbox.put([envelope("Ev1")])
    with store.begin() as work:
        before = work.inbox.last_received_at()
        work.inbox.put([envelope("Ev1")])

        assert (before, work.inbox.last_received_at()) == (None, TUESDAY)


def test_the_last_event_is_never_forgotten(store: SqlStore, neighbour: SqlStore):
    long_ago = TUESDAY - timedelta(days=9)
    with neighbour.begin() as work:
        work.inbox.put([envelope("Ev1")])
    with store.begin() as work:
        work.inbox.put([replace(envelope("Ev1"), received_at=long_ago - timedelta(days=1))])
        work.inbox.put([replace(envelope("Ev2"), received_at=long_ago)])
        work.inbox.done(["Ev1", "Ev2"], now=TUESDAY)
        work.inbox.forget(done_before=TUESDAY, dead_before=TUESDAY)

        assert work.inbox.last_received_at() == long_ago
        assert work.inbox.put([envelope("Ev1"), envelope("Ev2")]) == (True, False)


def test_the_last_event_is_forgotten_when_a_newer_one_was_heard(store: SqlStore):
    with store.begin() as work:
        work.inbox.put([replace(envelope("Ev1"), received_at=TUESDAY - timedelta(days=9)), envelope("Ev2")])
        work.inbox.done(["Ev1"], now=TUESDAY)
        work.inbox.forget(done_before=TUESDAY, dead_before=TUESDAY)

        assert work.inbox.put([envelope("Ev1"), envelope("Ev2")]) == (True, False)


def test_reading_a_file_that_nobody_uses_leaves_nothing_beside_it(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/a.db"
    open_store(url, TEAM).close()
    engine = reading_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM marks").scalar_one()
        meanwhile = [each.name for each in tmp_path.iterdir()]
    engine.dispose()

    assert meanwhile == ["a.db"]


def test_what_is_written_is_seen_although_it_stands_beside_the_file_yet(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/a.db"
    store = open_store(url, TEAM)
    with store.begin() as work:
        work.marks.put("one", "1")
    engine = reading_engine(url)
    with engine.connect() as connection:
        seen = connection.exec_driver_sql("SELECT value FROM marks").scalar_one()
    engine.dispose()
    store.close()

    assert seen == "1"
