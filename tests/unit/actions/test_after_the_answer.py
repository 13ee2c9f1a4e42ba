"""What others do after the answer is not judged: judging it would give the same cases."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.model.cases import Outcome
from scheduler.model.facts import Fact, Precision
from tests.unit.actions.one_question import LATER, QUESTION, after, judged, touched
from tests.world import World, reply, stamp

ANSWER = reply("UY", "2026-04-14 10:20", "はい、必要です", QUESTION)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with touched(tmp_path, ANSWER) as world:
        yield world


@pytest.mark.parametrize(
    ("fact", "seen"),
    [
        pytest.param(reply("UZ", LATER, "うちもです", QUESTION), ("UX", "UY"), id="a reply"),
        pytest.param(stamp("UZ", LATER, "eyes", QUESTION), ("UX", "UY"), id="a stamp"),
        pytest.param(stamp("UA", LATER, "white_check_mark", QUESTION), ("UX", "UY"), id="one that resolves"),
        pytest.param(
            reply("UZ", "2026-04-14 10:05", "はい", QUESTION), ("UZ", "UZ"), id="a reply before it, told late"
        ),
        pytest.param(
            stamp("UZ", "2026-04-14 10:05", "eyes", QUESTION), ("UZ", "UY"), id="a stamp before it, told late"
        ),
        pytest.param(
            stamp("UX", LATER, "eyes", QUESTION), ("UY", "UY"), id="the stamp of the touch, put there anew"
        ),
    ],
)
def test_what_comes_after_the_answer_changes_nothing_but_what_it_takes_back(
    world: World, fact: Fact, seen: tuple[str, str]
):
    (case,) = after(world, fact)

    assert (case.touched_by, case.answered_by, case.outcome) == (*seen, Outcome.ANSWERED)
    assert judged(world) == (case,)


def test_a_stamp_whose_time_nobody_knows_is_told_of_after_the_answer_as_well(world: World):
    undated = replace(stamp("UZ", LATER, "eyes", QUESTION), precision=Precision.NO_LATER_THAN)

    (case,) = after(world, undated)

    assert case.undated_stamp
    assert judged(world) == (case,)


def test_the_author_may_ask_again_after_the_answer(world: World):
    further = reply("UN", LATER, "では、様式はどこにありますか?教えてください。", QUESTION)

    assert [case.outcome for case in after(world, further)] == [Outcome.ANSWERED, None]
