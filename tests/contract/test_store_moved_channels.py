"""A channel that gets another id keeps its past."""

from dataclasses import replace
from datetime import timedelta

from scheduler.model.facts import ChannelDescribed
from scheduler.model.readings import TextReading
from scheduler.ports import Store
from tests.contract.rows import GAP, KEY, NOTHING, TUESDAY, alert, case, record
from tests.world import TEAM, post, reply, stamp

OLD, NEW = KEY.channel, "C2NEW"
HOUR = timedelta(hours=1)
QUESTION = post("UN", "2026-04-14 10:00", "")
ANSWER = reply("UA", "2026-04-14 10:10", "", QUESTION)
ELSEWHERE = post("UA", "2026-04-14 11:00", "", channel="other")
MOVED = replace(KEY, channel=NEW)


def test_everything_that_is_known_of_it_goes_on_under_the_new_id(store: Store):
    links = TextReading(links=frozenset({(OLD, QUESTION.ts)}))
    with store.begin() as work:
        work.channels.describe(ChannelDescribed(team=TEAM, channel=OLD, at=TUESDAY, name="questions"))
        for message, reading in ((QUESTION, NOTHING), (ANSWER, NOTHING), (ELSEWHERE, links)):
            work.messages.add(message, reading, gap=GAP)
        work.stamps.add(stamp("UA", "2026-04-14 10:10", "eyes", QUESTION))
        work.cases.save(case(due_at=TUESDAY, steps_taken=("first",)))
        work.outbox.add(alert(f"alert:{KEY}:first"))
        work.decisions.record(record(subject=str(KEY)))
    with store.begin() as work:
        work.channels.move(OLD, NEW)

    with store.begin() as work:
        assert (work.channels.id_of("questions"), work.channels.name_of(OLD)) == (NEW, None)
        assert [each.ts for each in work.messages.run(NEW, QUESTION.ts)] == [QUESTION.ts]
        assert [each.ts for each in work.messages.replies(NEW, QUESTION.ts)] == [ANSWER.ts]
        assert [each.stamp for each in work.stamps.on_run(NEW, QUESTION.ts)] == ["eyes"]
        assert [each.key for each in work.cases.due(TUESDAY, most=9)] == [MOVED]
        assert work.outbox.told_of(MOVED) == frozenset({"UA"})
        assert work.outbox.add(alert(f"alert:{MOVED}:first")) is False
        assert work.decisions.record(record(subject=str(MOVED))) is False
        assert work.messages.run(OLD, QUESTION.ts) == ()


def test_what_came_under_the_new_id_already_stays(store: Store):
    newer = case(key=MOVED, author="UX")
    with store.begin() as work:
        work.cases.save(case())
        work.cases.save(newer)
        work.channels.move(OLD, NEW)

    with store.begin() as work:
        assert work.cases.find(MOVED) == newer


def test_the_alert_that_waits_the_longest_is_the_oldest_one_that_might_go_out(store: Store):
    with store.begin() as work:
        work.outbox.add(alert("alert:later", at=TUESDAY + HOUR))
        work.outbox.add(alert("alert:held", at=TUESDAY - HOUR, not_before=TUESDAY + 2 * HOUR))
        found = work.outbox.oldest_unsent_alert()

    assert found == TUESDAY + HOUR


def test_there_is_none_when_no_alert_waits(store: Store):
    with store.begin() as work:
        assert work.outbox.oldest_unsent_alert() is None
