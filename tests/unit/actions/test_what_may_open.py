"""What may open a case: the post's own words, and a mark. A sign by somebody else never does."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.actions.context import Context
from scheduler.actions.folding import fold
from scheduler.actions.judging import judge_again
from scheduler.model.cases import Case, ChannelKind, Outcome
from scheduler.model.decisions import Reason
from scheduler.model.facts import Fact
from tests.world import (
    CHANNELS,
    World,
    edit,
    joined,
    local,
    make_settings,
    post,
    reply,
    stamp,
    unstamp,
)

QUESTION = post("UN", "2026-04-14 10:00", "はじめまして。押印は必要でしょうか。")
ANSWER = reply("UX", "2026-04-14 10:20", "はい、必要です", QUESTION)
MINUTES_LATER = "2026-04-14 10:05"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Nobody watched the channel when the question came; now it is watched."""
    settings = make_settings()
    off = tuple(replace(rule, kind=ChannelKind.OFF) for rule in settings.channels)
    world = World(tmp_path, replace(settings, channels=off))
    world.fold(*CHANNELS, joined("UN", "2026-04-13 09:00"), QUESTION)
    yield world
    world.store.close()


def watching(world: World) -> Context:
    return replace(world.context, settings=make_settings())


def after(world: World, *facts: Fact) -> tuple[Case, ...]:
    """The cases once these are folded."""
    with world.store.begin() as work:
        for fact in facts:
            fold(fact, work, watching(world), now=local(MINUTES_LATER))
        return tuple(work.cases.all())


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param((ANSWER,), id="a reply"),
        pytest.param((replace(ANSWER, author="UN"),), id="a reply by its author"),
        pytest.param((stamp("UX", MINUTES_LATER, "eyes", QUESTION),), id="a stamp"),
        pytest.param((stamp("UA", MINUTES_LATER, "white_check_mark", QUESTION),), id="a stamp that resolves"),
        pytest.param(
            (stamp("UX", MINUTES_LATER, "eyes", QUESTION), unstamp("UX", MINUTES_LATER, "eyes", QUESTION)),
            id="a stamp that is taken back",
        ),
    ],
)
def test_a_sign_opens_nothing_and_leaves_no_line_in_the_record(world: World, facts: tuple[Fact, ...]):
    assert (after(world, *facts), world.decisions()) == ((), [])


@pytest.mark.parametrize(
    "fact",
    [
        pytest.param(stamp("UX", MINUTES_LATER, "pushpin", QUESTION), id="a mark"),
        pytest.param(edit(QUESTION, MINUTES_LATER, "押印は必要でしょうか。"), id="an edit of it"),
        pytest.param(post("UN", MINUTES_LATER, "印紙はどうでしょうか。"), id="more of the same run"),
    ],
)
def test_the_posts_own_words_and_a_mark_may(world: World, fact: Fact):
    assert [case.reason for case in after(world, fact)] == [Reason.FIRST_POST]


def test_told_that_it_may_not_open_it_still_tells_what_became_of_a_case(world: World):
    context = watching(world)
    key = (QUESTION.channel, QUESTION.ts)
    with world.store.begin() as work:
        judge_again(work, context, *key, now=QUESTION.at, may_open=False)
        not_opened = tuple(work.cases.all())
        judge_again(work, context, *key, now=QUESTION.at)
        (opened,) = work.cases.all()
    (answered,) = after(world, ANSWER)

    assert not_opened == ()
    assert (opened.answered_at, answered.answered_at) == (None, ANSWER.at)


def test_a_mark_opens_a_case_that_had_expired_before_its_post_turned_out_to_ask_nothing(tmp_path: Path):
    world = World(tmp_path)
    world.live([*CHANNELS, joined("UN", "2026-04-13 09:00"), QUESTION], until="2026-05-01 12:00")
    (expired,) = world.cases()
    mark = stamp("UA", "2026-05-01 12:20", "pushpin", QUESTION)

    world.fold(edit(QUESTION, "2026-05-01 12:10", "ありがとうございました。"), mark)
    (marked,) = world.cases()
    world.store.close()

    assert (expired.outcome, expired.reason) == (Outcome.EXPIRED, Reason.FIRST_POST)
    assert (marked.outcome, marked.reason, marked.opened_at) == (None, Reason.MARKED, mark.at)
