"""Whoever is in the ambassadors' user group is alerted, as Slack tells at the start and while it runs."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.model.messages import MessageKind
from scheduler.sandbox import Fault, How, Sandbox
from scheduler.settings import Settings
from tests.acceptance.faults.test_catching_up import unheard
from tests.acceptance.live_world import LiveWorld, live_world
from tests.integration.sandbox.connecting import live

GROUP = "S0TEAM"
ASKED_AT, ALERTED_BY = "2026-08-03 09:00", "2026-08-03 10:30"
Change = Callable[[Sandbox, list[str]], None]


def by_group(settings: Settings) -> Settings:
    """Nobody is named one by one."""
    return replace(settings, ambassadors=replace(settings.ambassadors, people=(), group=GROUP))


def with_members(*numbers: int) -> Change:
    def make(sandbox: Sandbox, people: list[str]) -> None:
        sandbox.groups.create("ambassadors", group=GROUP, members=[people[number] for number in numbers])

    return make


def told(world: LiveWorld) -> list[str]:
    """Who was alerted, as Slack received it."""
    names = dict(zip(world.ambassadors, ("first", "second"), strict=True))
    return [names.get(row.recipient, "channel") for row in world.rows(MessageKind.ALERT)]


async def alerted(world: LiveWorld) -> list[str]:
    """Whom the first alert about a new post goes to."""
    await world.step(ASKED_AT)
    world.ask()
    await world.step(ALERTED_BY)
    return told(world)


@live
async def test_a_member_of_the_group_is_alerted(tmp_path: Path):
    async with live_world(tmp_path, by_group, before=with_members(1)) as world:
        assert await alerted(world) == ["second"]


CHANGES = [
    pytest.param(
        lambda s, people: s.groups.change(GROUP, added=people[1:], removed=people[:1]),
        ["second"],
        id="exchanged",
    ),
    pytest.param(lambda s, people: s.groups.change(GROUP, removed=people[:1]), ["channel"], id="removed"),
    pytest.param(lambda s, _: s.groups.disable(GROUP), ["channel"], id="disabled"),
]


@pytest.mark.parametrize(("change", "recipients"), CHANGES)
@live
async def test_a_change_while_it_runs_counts_for_the_next_alert(
    tmp_path: Path, change: Change, recipients: list[str]
):
    async with live_world(tmp_path, by_group, before=with_members(0)) as world:
        await world.step("2026-08-03 08:45")
        lists = len(world.sandbox.calls("usergroups.list"))
        change(world.sandbox, world.ambassadors)

        assert await alerted(world) == recipients
        assert len(world.sandbox.calls("usergroups.list")) == lists


@pytest.mark.parametrize(("change", "recipients"), CHANGES)
@live
async def test_a_change_that_nobody_heard_is_read_back(tmp_path: Path, change: Change, recipients: list[str]):
    async with live_world(tmp_path, by_group, before=with_members(0)) as world:
        await world.step("2026-08-03 08:45")
        with unheard(world):
            change(world.sandbox, world.ambassadors)
        await world.service.missed.catch_up()

        assert await alerted(world) == recipients


@pytest.mark.parametrize("code", ["missing_scope", "plan_upgrade_required"])
@live
async def test_a_group_that_cannot_be_read_any_more_stays_as_it_was(tmp_path: Path, code: str):
    async with live_world(tmp_path, by_group, before=with_members(0)) as world:
        await world.step("2026-08-03 08:45")
        world.sandbox.faults.add(Fault(how=How.ERROR, method="usergroups.list", code=code, times=None))
        done = await world.service.missed.catch_up()

        assert (done.group, await alerted(world)) == (code, ["first"])


@live
async def test_whoever_goes_on_where_another_process_stopped_reads_who_is_in_it(tmp_path: Path):
    """That one may have looked after another group, or none."""
    async with live_world(tmp_path, by_group, before=with_members(0)) as world:
        await world.step("2026-08-03 08:45")
        with unheard(world):
            world.sandbox.groups.change(GROUP, added=world.ambassadors[1:], removed=world.ambassadors[:1])
        await world.service.missed.read_new_channels()

        assert await alerted(world) == ["second"]
