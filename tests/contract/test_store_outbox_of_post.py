from dataclasses import replace

from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind
from scheduler.store.engine import SqlStore
from tests.contract.rows import KEY, TUESDAY, alert, outgoing


def test_the_alerts_about_a_post_are_found_with_what_they_were_held_for(store: SqlStore):
    first, again = alert("alert:1", case=KEY), alert("alert:2", case=replace(KEY, opening=2))
    elsewhere = replace(KEY, ts="1700000000.000001")
    others = (alert("alert:3", case=elsewhere), outgoing("welcome:1"), alert("card", kind=MessageKind.CARD))
    with store.begin() as work:
        for message in (again, first, *others):
            work.outbox.add(message)
        work.outbox.hold("alert:1", TUESDAY, Reason.QUIET_TIME)
        found = work.outbox.of_post(KEY.channel, KEY.ts)

    assert [(message.dedup_key, held) for message, held in found] == [
        ("alert:1", (Reason.QUIET_TIME,)),
        ("alert:2", ()),
    ]


def test_a_post_that_nobody_was_alerted_to_has_none(store: SqlStore):
    with store.begin() as work:
        assert work.outbox.of_post(KEY.channel, KEY.ts) == ()
