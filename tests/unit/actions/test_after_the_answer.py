"""What others do after the answer is not judged: judging it would give the same cases."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.actions.judging import judge_again
from scheduler.model.cases import Case, Outcome
from scheduler.model.facts import Fact, Precision
from tests.world import CHANNELS, World, joined, local, post, reply, stamp

QUESTION = post("UN", "2026-04-14 10:00", "はじめまして。押印は必要でしょうか。")
TOUCH = stamp("UX", "2026-04-14 10:10", "eyes", QUESTION)
ANSWER = reply("UY", "2026-04-14 10:20", "はい、必要です", QUESTION)
AGAIN = "2026-04-14 11:00"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    world.clock.step_to(local("2026-04-14 12:00"))
    world.fold(*CHANNELS, joined("UN", "2026-04-13 09:00"), QUESTION, TOUCH, ANSWER)
    yield world
    world.store.close()


def after(world: World, fact: Fact) -> tuple[Case, ...]:
    world.fold(fact)
    return world.cases()


def judged(world: World) -> tuple[Case, ...]:
    with world.store.begin() as work:
        judge_again(work, world.context, QUESTION.channel, QUESTION.ts, now=world.clock.now())
    return world.cases()


@pytest.mark.parametrize(
    ("fact", "seen"),
    [
        pytest.param(reply("UZ", AGAIN, "うちもです", QUESTION), ("UX", "UY"), id="a reply"),
        pytest.param(stamp("UZ", AGAIN, "eyes", QUESTION), ("UX", "UY"), id="a stamp"),
        pytest.param(stamp("UA", AGAIN, "white_check_mark", QUESTION), ("UX", "UY"), id="one that resolves"),
        pytest.param(
            reply("UZ", "2026-04-14 10:05", "はい", QUESTION), ("UZ", "UZ"), id="a reply before it, told late"
        ),
        pytest.param(
            stamp("UZ", "2026-04-14 10:05", "eyes", QUESTION), ("UZ", "UY"), id="a stamp before it, told late"
        ),
        pytest.param(
            stamp("UX", AGAIN, "eyes", QUESTION), ("UY", "UY"), id="the stamp of the touch, put there anew"
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
    undated = replace(stamp("UZ", AGAIN, "eyes", QUESTION), precision=Precision.NO_LATER_THAN)

    (case,) = after(world, undated)

    assert case.undated_stamp
    assert judged(world) == (case,)


def test_the_author_may_ask_again_after_the_answer(world: World):
    further = reply("UN", AGAIN, "では、様式はどこにありますか?教えてください。", QUESTION)

    assert [case.outcome for case in after(world, further)] == [Outcome.ANSWERED, None]
