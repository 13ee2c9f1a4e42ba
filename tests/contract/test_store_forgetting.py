"""What is older than the retention goes, but for the messages of open cases."""

from datetime import datetime, timedelta

import pytest

from scheduler.model.cases import Outcome
from scheduler.model.readings import TextReading
from scheduler.ports import Store, Work
from tests.contract.rows import GAP, NOTHING, TUESDAY, case, record
from tests.world import delete, post, reply, stamp

DAY = timedelta(days=1)
QUESTION = post("UN", "2026-04-14 10:00", "")
SECOND = post("UN", "2026-04-14 10:05", "")
ANSWER = reply("UA", "2026-04-14 10:10", "", SECOND)


def tell(work: Work) -> None:
    for fact in (QUESTION, SECOND, ANSWER):
        work.messages.add(fact, NOTHING, gap=GAP)
    work.stamps.add(stamp("UA", "2026-04-14 10:20", "eyes", SECOND))


def known(work: Work) -> dict[str, int]:
    return {
        "run": len(work.messages.run(QUESTION.channel, QUESTION.ts)),
        "replies": len(work.messages.replies(QUESTION.channel, QUESTION.ts)),
        "stamps": len(work.stamps.by("UA")),
    }


def test_messages_that_are_older_go_with_the_stamps_on_them(store: Store):
    with store.begin() as work:
        tell(work)
        work.messages.forget(before=TUESDAY + DAY)
    with store.begin() as work:
        assert known(work) == {"run": 0, "replies": 0, "stamps": 0}


def test_messages_of_that_time_and_later_stay(store: Store):
    with store.begin() as work:
        tell(work)
        work.messages.forget(before=TUESDAY)
    with store.begin() as work:
        assert known(work) == {"run": 2, "replies": 1, "stamps": 1}


def test_all_messages_of_an_open_case_stay(store: Store):
    with store.begin() as work:
        tell(work)
        work.cases.save(case())
        work.messages.forget(before=TUESDAY + DAY)
    with store.begin() as work:
        assert known(work) == {"run": 2, "replies": 1, "stamps": 1}


def test_those_of_a_closed_case_go(store: Store):
    closed = case(closed_at=TUESDAY, outcome=Outcome.ANSWERED)
    with store.begin() as work:
        tell(work)
        work.cases.save(closed)
        work.messages.forget(before=TUESDAY + DAY)
    with store.begin() as work:
        assert known(work) == {"run": 0, "replies": 0, "stamps": 0}


def test_what_was_awaited_and_never_came_goes_as_well(store: Store):
    with store.begin() as work:
        work.messages.delete(delete(QUESTION, "2026-04-14 11:00"))
        work.messages.forget(before=TUESDAY + DAY)
    with store.begin() as work:
        placed = work.messages.add(QUESTION, NOTHING, gap=GAP)
        (kept,) = work.messages.run(QUESTION.channel, QUESTION.ts)

    assert placed is not None
    assert (placed.was_awaited, kept.deleted_at) == (False, None)


def test_what_pointed_at_a_post_goes_with_its_time(store: Store):
    mention = TextReading(mentions=frozenset({"UN"}))
    early = post("UA", "2026-04-14 12:00", "")
    late = post("UA", "2026-04-15 12:00", "")
    with store.begin() as work:
        tell(work)
        work.cases.save(case())
        work.messages.add(early, mention, gap=GAP)
        work.messages.add(late, mention, gap=GAP)
        work.messages.forget(before=TUESDAY + DAY)
    with store.begin() as work:
        found = work.messages.pointing_at(
            QUESTION.channel, QUESTION.ts, author="UN", after=TUESDAY, until=TUESDAY + 2 * DAY
        )

    assert [each.ts for each in found] == [late.ts]


@pytest.mark.parametrize(
    ("at", "stays"),
    [
        pytest.param(TUESDAY - DAY, False, id="older"),
        pytest.param(TUESDAY, True, id="of that instant"),
        pytest.param(TUESDAY + DAY, True, id="younger"),
    ],
)
def test_the_record_of_decisions_is_forgotten_by_its_time(store: Store, at: datetime, stays: bool):
    line = record(at)
    with store.begin() as work:
        work.decisions.record(line)
        work.decisions.forget(before=TUESDAY)
    with store.begin() as work:
        assert work.decisions.record(line) is not stays
