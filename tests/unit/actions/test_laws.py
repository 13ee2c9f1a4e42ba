"""The same facts in any order, each any number of times, lead to the same members and cases.

What is not judged, since it can change nothing, leaves each case as judging it from all the facts would.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.actions.folding import fold
from scheduler.actions.judging import judge_again
from scheduler.model.cases import Case
from scheduler.model.facts import ChannelDescribed, Fact
from scheduler.model.people import Member
from scheduler.ports import Work
from tests.unit.actions.communities import MONDAY, NAMES, PEOPLE, Doing, id_of, stories, told
from tests.world import TEAM, World, local

Known = tuple[list[Member], list[Case], list[tuple[str, str, int, str]]]
FAR = MONDAY + timedelta(days=3650)


class _Undo(Exception):
    """Takes everything back, so that one database serves all examples."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("laws"))


def known_after(world: World, facts: Iterable[Fact]) -> Known:
    known: Known = ([], [], [])
    with suppress(_Undo), world.store.begin() as work:
        for fact in facts:
            fold(fact, work, world.context, now=FAR)
        members = [work.members.get(member) for member in PEOPLE]
        known = (members, list(work.cases.all()), sorted(work.enrolments.due(FAR, most=99)))
        raise _Undo
    return known


def cases_after(world: World, facts: Iterable[Fact]) -> tuple[list[Case], list[Case]]:
    """The cases as folding leaves them, and once every post is judged anew."""
    folded: list[Case] = []
    judged: list[Case] = []
    with suppress(_Undo), world.store.begin() as work:
        for fact in facts:
            fold(fact, work, world.context, now=FAR)
        folded = list(work.cases.all())
        _judge_every_post(work, world)
        judged = list(work.cases.all())
        raise _Undo
    return folded, judged


def _judge_every_post(work: Work, world: World) -> None:
    for channel in map(id_of, NAMES):
        for run_ts in work.messages.runs_in_channel(channel):
            judge_again(work, world.context, channel, run_ts, now=FAR)


def described_channels(names: Sequence[str]) -> list[Fact]:
    at = local("2026-01-01 00:00")
    return [ChannelDescribed(team=TEAM, channel=id_of(name), at=at, name=name) for name in names]


@given(story=stories, data=st.data())
def test_facts_lead_to_the_same_members_and_cases_in_any_order(
    world: World, story: Sequence[Doing], data: st.DataObject
):
    facts = described_channels(NAMES[data.draw(st.integers(0, 2)) :]) + told(story)
    shuffled = data.draw(st.permutations(facts))
    assert known_after(world, shuffled) == known_after(world, facts)


@given(story=stories, data=st.data())
def test_facts_told_again_change_nothing(world: World, story: Sequence[Doing], data: st.DataObject):
    facts = described_channels(NAMES) + told(story)
    again = data.draw(st.lists(st.sampled_from(facts), max_size=20))
    places = data.draw(st.lists(st.integers(0, len(facts)), min_size=len(again), max_size=len(again)))
    repeated = list(facts)
    for fact, place in sorted(zip(again, places, strict=True), key=lambda pair: -pair[1]):
        repeated.insert(place, fact)
    assert known_after(world, repeated) == known_after(world, facts)


@given(story=stories, data=st.data())
def test_judging_every_post_anew_changes_nothing(world: World, story: Sequence[Doing], data: st.DataObject):
    facts = described_channels(NAMES) + told(story)
    folded, judged = cases_after(world, data.draw(st.permutations(facts)))
    assert judged == folded
