"""Who is in a user group, from lists and changes that are told late, twice and in any order."""

from dataclasses import replace
from datetime import datetime
from itertools import permutations
from pathlib import Path

import pytest

from scheduler.actions.directory import directory_of, named
from scheduler.actions.groups import members_of
from scheduler.model.facts import GroupChanged, GroupListed
from scheduler.model.people import Absence, Ambassador
from scheduler.settings import Ambassadors
from tests.world import TEAM, World, local, make_settings

GROUP = "S0TEAM"
SETTINGS = make_settings(
    ambassadors=Ambassadors(channel="ambassadors", people=(), weekly_budget=5, from_history=5, group=GROUP)
)
Told = GroupListed | GroupChanged


def at(time: str) -> datetime:
    return local(f"2026-04-14 {time}")


def listed(time: str, *members: str, group: str = GROUP) -> GroupListed:
    return GroupListed(team=TEAM, group=group, at=at(time), members=members)


def came(time: str, *members: str, group: str = GROUP) -> GroupChanged:
    return GroupChanged(team=TEAM, group=group, at=at(time), added=members)


def went(time: str, *members: str) -> GroupChanged:
    return GroupChanged(team=TEAM, group=GROUP, at=at(time), removed=members)


def members_after(folder: Path, *told: Told) -> tuple[str, ...]:
    world = World(folder, SETTINGS)
    world.fold(*told)
    with world.store.begin() as work:
        return members_of(work, GROUP)


@pytest.mark.parametrize(
    ("told", "members"),
    [
        pytest.param((), (), id="nothing was told yet"),
        pytest.param((listed("10:00", "UB", "UA"),), ("UA", "UB"), id="a list"),
        pytest.param((came("10:00", "UA"),), ("UA",), id="a change before any list"),
        pytest.param((listed("10:00", "UA"), came("10:01", "UB")), ("UA", "UB"), id="somebody came"),
        pytest.param((listed("10:00", "UA", "UB"), went("10:01", "UA")), ("UB",), id="somebody went"),
        pytest.param((listed("10:00", "UA"), listed("10:01")), (), id="the group was disabled"),
        pytest.param((listed("10:00", "UA"), went("09:59", "UA")), ("UA",), id="older than the list"),
        pytest.param((listed("10:00"), came("10:00", "UA")), ("UA",), id="in the second of the list"),
        pytest.param(
            (listed("10:00"), came("10:01", "UA"), went("10:02", "UA"), came("10:03", "UA")),
            ("UA",),
            id="in, out and in again",
        ),
        pytest.param(
            (listed("10:00", "UA"), came("10:05", "UB"), listed("10:03", "UA", "UC"), went("10:04", "UC")),
            ("UA", "UB"),
            id="a list between changes",
        ),
    ],
)
def test_the_latest_word_on_each_member_counts_in_whatever_order_it_comes(
    tmp_path: Path, told: tuple[Told, ...], members: tuple[str, ...]
):
    for number, order in enumerate(permutations(told)):
        (folder := tmp_path / str(number)).mkdir()

        assert members_after(folder, *order, *order) == members


def test_other_groups_are_none_of_ours(tmp_path: Path):
    world = World(tmp_path, SETTINGS)
    world.fold(listed("10:00", "UA", group="S0ELSE"), came("10:01", "UB", group="S0ELSE"))

    with world.store.begin() as work:
        assert (dict(work.marks.all()), members_of(work, GROUP)) == ({}, ())


BY_NAME = Ambassador(
    member="UB",
    topics=frozenset({"office"}),
    weekly_budget=2,
    absences=(Absence(from_on=at("10:00").date(), to_on=at("10:00").date()),),
)


@pytest.mark.parametrize(
    ("people", "members", "ambassadors"),
    [
        pytest.param((), (), (), id="nobody"),
        pytest.param((BY_NAME,), (), (BY_NAME,), id="by name alone"),
        pytest.param((), ("UA",), (Ambassador(member="UA", weekly_budget=5),), id="by the group alone"),
        pytest.param(
            (BY_NAME,),
            ("UA", "UC"),
            (BY_NAME, Ambassador(member="UA", weekly_budget=5), Ambassador(member="UC", weekly_budget=5)),
            id="some by name, others by the group",
        ),
        pytest.param((BY_NAME,), ("UB",), (BY_NAME,), id="what stands under the name counts"),
    ],
)
def test_ambassadors_are_those_by_name_and_the_others_of_the_group(
    tmp_path: Path,
    people: tuple[Ambassador, ...],
    members: tuple[str, ...],
    ambassadors: tuple[Ambassador, ...],
):
    world = World(tmp_path, SETTINGS)
    world.fold(listed("10:00", *members))
    settings = replace(SETTINGS, ambassadors=replace(SETTINGS.ambassadors, people=people))

    with world.store.begin() as work:
        found = directory_of(settings).ambassadors(work, now=at("11:00"))
        without = named(work, replace(settings.ambassadors, group=None))

    assert (found, without) == (ambassadors, people)
