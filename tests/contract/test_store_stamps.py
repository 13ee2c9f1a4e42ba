from dataclasses import replace
from itertools import permutations

import pytest

from scheduler.model.facts import Precision, StampAdded, StampRemoved
from scheduler.model.readings import KnownStamp
from scheduler.ports import Store, Work
from tests.contract.rows import GAP, NOTHING
from tests.world import described, local, post, stamp, unstamp

QUESTION = post("UN", "2026-04-14 10:00", "")
SECOND = post("UN", "2026-04-14 10:05", "")
ADDED = stamp("UA", "2026-04-14 10:10", "eyes", QUESTION)
REMOVED = unstamp("UA", "2026-04-14 10:20", "eyes", QUESTION)
AGAIN = stamp("UA", "2026-04-14 10:30", "eyes", QUESTION)
BOUND = replace(ADDED, precision=Precision.NO_LATER_THAN)
READ_BACK = replace(BOUND, at=local("2026-04-16 08:00"))


def tell(work: Work, *facts: StampAdded | StampRemoved) -> list[bool]:
    return [
        work.stamps.add(fact) if isinstance(fact, StampAdded) else work.stamps.remove(fact) for fact in facts
    ]


def standing(work: Work) -> tuple[KnownStamp, ...]:
    return work.stamps.on_run(QUESTION.channel, QUESTION.ts)


def stands(fact: StampAdded, *, dated: bool = True) -> KnownStamp:
    return KnownStamp(ts=fact.ts, at=fact.at, member=fact.member, stamp=fact.stamp, dated=dated)


@pytest.mark.parametrize(
    ("facts", "left"),
    [
        pytest.param((ADDED,), (stands(ADDED),), id="added"),
        pytest.param((ADDED, REMOVED), (), id="taken back"),
        pytest.param((ADDED, REMOVED, AGAIN), (stands(AGAIN),), id="put back"),
        pytest.param((REMOVED,), (), id="only the removal was seen"),
        pytest.param((ADDED, replace(REMOVED, at=ADDED.at)), (), id="taken back at once"),
        pytest.param((BOUND,), (stands(BOUND, dated=False),), id="its time is only a bound"),
        pytest.param((BOUND, ADDED), (stands(ADDED),), id="a bound and then its exact time"),
        pytest.param((ADDED, READ_BACK), (stands(ADDED),), id="read back from a history days later"),
        pytest.param(
            (BOUND, replace(REMOVED, at=local("2026-04-14 10:01"))),
            (stands(BOUND, dated=False),),
            id="a removal from before",
        ),
    ],
)
def test_the_latest_of_adding_and_removing_wins_in_whatever_order_they_are_told(
    store: Store, facts: tuple[StampAdded | StampRemoved, ...], left: tuple[KnownStamp, ...]
):
    for number, order in enumerate(permutations(facts)):
        channel = f"C{number}"
        with store.begin() as work:
            work.messages.add(replace(QUESTION, channel=channel), NOTHING, gap=GAP)
            tell(work, *(replace(fact, channel=channel) for fact in order))

            assert work.stamps.on_run(channel, QUESTION.ts) == left


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        pytest.param((ADDED, ADDED), [True, False], id="added twice"),
        pytest.param((REMOVED, REMOVED), [True, False], id="removed twice"),
        pytest.param((AGAIN, ADDED), [True, False], id="an earlier adding told late"),
        pytest.param((ADDED, BOUND), [True, False], id="a bound for a time that is known"),
        pytest.param((ADDED, READ_BACK), [True, False], id="a later bound for a time that is known"),
        pytest.param((ADDED, REMOVED, READ_BACK), [True, True, True], id="put back, nobody knows when"),
        pytest.param((BOUND, REMOVED, REMOVED), [True, True, False], id="removed twice after a bound"),
        pytest.param((ADDED, REMOVED, AGAIN), [True, True, True], id="each one later"),
    ],
)
def test_a_stamp_that_was_known_changes_nothing(
    store: Store, facts: tuple[StampAdded | StampRemoved, ...], told: list[bool]
):
    with store.begin() as work:
        assert tell(work, *facts) == told


def test_the_stamps_on_all_messages_of_a_run_are_given_in_order_of_time(store: Store):
    late = stamp("UB", "2026-04-14 12:00", "tada", QUESTION)
    early = stamp("UC", "2026-04-14 11:00", "eyes", SECOND)
    elsewhere = stamp("UC", "2026-04-14 11:00", "eyes", post("UN", "2026-04-13 10:00", ""))
    with store.begin() as work:
        tell(work, late, early, elsewhere)
        work.messages.add(SECOND, NOTHING, gap=GAP)
        work.messages.add(QUESTION, NOTHING, gap=GAP)
    with store.begin() as work:
        assert standing(work) == (stands(early), stands(late))


def test_a_bots_stamps_do_not_stand_once_it_is_known_as_one(store: Store):
    with store.begin() as work:
        work.messages.add(QUESTION, NOTHING, gap=GAP)
        tell(work, ADDED)
        before = standing(work)
        work.members.describe(described("UA", is_bot=True))

        assert (before, standing(work)) == ((stands(ADDED),), ())


def test_all_messages_that_a_member_ever_stamped_are_found(store: Store):
    with store.begin() as work:
        tell(work, ADDED, REMOVED, stamp("UA", "2026-04-14 11:00", "tada", QUESTION))
        tell(
            work,
            stamp("UA", "2026-04-14 11:00", "tada", SECOND),
            stamp("UB", "2026-04-14 11:00", "tada", SECOND),
        )

        assert sorted(work.stamps.by("UA")) == [("Cquestions", QUESTION.ts), ("Cquestions", SECOND.ts)]
