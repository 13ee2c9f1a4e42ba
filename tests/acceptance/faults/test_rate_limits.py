"""Fault scenarios 8 and 9: Slack asks to wait while much is to be said."""

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from scheduler.model.messages import OutboxState
from scheduler.sandbox import Call, Fault, How
from scheduler.settings import Cap, Hours, Settings
from tests.acceptance.live_world import POST, SECOND, START, LiveWorld, a_service, live_world
from tests.integration.live.ears import heard
from tests.integration.sandbox.connecting import live
from tests.world import HOUR, local

HALF_PAST = local("2026-08-03 09:30")
REOPENS = HALF_PAST + 30 * SECOND


def crowded(settings: Settings) -> Settings:
    """Hundreds may be welcomed, from half past nine on, at once."""
    onboarding = replace(
        settings.onboarding, spread=timedelta(0), window=Hours(opens=time(9, 30), closes=time(16, 30))
    )
    limits = replace(settings.limits, welcomes=Cap(most=1000, per=HOUR))
    return replace(settings, onboarding=onboarding, limits=limits)


def who(call: Call) -> str:
    return str(call.arguments["channel"])


@live
async def test_fault_08_after_429_nothing_is_called_then_the_alert_goes_first_then_one_a_second(
    tmp_path: Path,
):
    async with live_world(tmp_path, crowded) as world:
        for number in range(200):
            world.sandbox.people.join(f"新人{number}", member=f"UN{number:03}")
        await world.step(START + 10 * SECOND)
        world.ask()
        world.sandbox.faults.add(Fault(how=How.RATELIMITED, method=POST, retry_after=30))
        await world.step(REOPENS + 39 * SECOND)

        first, alert, *welcomes = world.posts()
        assert (first.at, first.outcome) == (HALF_PAST, "ratelimited")
        assert (alert.at, who(alert)) == (REOPENS, world.ambassadors[0])
        assert [call.at for call in welcomes] == [REOPENS + number * SECOND for number in range(40)]
        assert len({who(call) for call in welcomes}) == len(world.shown()) - 1 == 40


@live
async def test_fault_08_what_slack_asked_for_outlasts_a_restart(tmp_path: Path):
    """An alert is due meanwhile, which nobody put off before."""
    async with live_world(tmp_path, crowded) as world:
        world.sandbox.people.join("そら")
        await world.step(START + 10 * SECOND)
        world.ask()
        world.sandbox.faults.add(Fault(how=How.RATELIMITED, method=POST, retry_after=30))
        await world.step(HALF_PAST)
        await restarted(world)
        await world.step(REOPENS + 9 * SECOND)

        refused, alert, welcome = world.posts()
        assert (refused.at, refused.outcome) == (HALF_PAST, "ratelimited")
        assert (alert.at, who(alert), welcome.at) == (REOPENS, world.ambassadors[0], REOPENS)


async def restarted(world: LiveWorld) -> None:
    """Another process goes on."""
    loaded = world.service.loaded
    await world.service.end()
    world.service = a_service(world.sandbox, world.clock, loaded.settings)
    await world.service.begin()
    await heard(world.sandbox, world.service)


@pytest.mark.parametrize(
    ("code", "again"),
    [
        pytest.param("rate_limited", "2026-08-03 09:31", id="too many messages: a minute"),
        pytest.param("message_limit_exceeded", "2026-08-03 10:30", id="a free workspace is full: an hour"),
    ],
)
@live
async def test_fault_09_a_workspace_that_takes_no_more_is_left_alone_and_nobody_is_told_twice(
    tmp_path: Path, code: str, again: str
):
    async with live_world(tmp_path, crowded) as world:
        for number in range(10):
            world.sandbox.people.join(f"新人{number}", member=f"UN{number:03}")
        await world.step("2026-08-03 09:29")
        world.sandbox.faults.add(Fault(how=How.ERROR, method=POST, code=code))
        await world.step(local(again) + 9 * SECOND)

        refused, *welcomes = world.posts()
        assert (refused.at, refused.outcome) == (HALF_PAST, code)
        assert [call.at for call in welcomes] == [local(again) + number * SECOND for number in range(10)]
        assert len({who(call) for call in welcomes}) == len(world.shown()) == 10
        assert {row.state for row in world.rows()} == {OutboxState.SENT}


@live
async def test_fault_08_what_was_put_off_until_it_may_be_sent_was_not_tried(tmp_path: Path):
    """Else a message that had to wait often would be given up after one lost answer."""
    async with live_world(tmp_path) as world:
        world.sandbox.faults.add(Fault(how=How.RATELIMITED, method=POST, times=4, retry_after=20))
        world.sandbox.faults.add(Fault(how=How.RESET, method=POST))
        world.ask()
        await world.step("2026-08-03 09:40")

        (row,) = world.rows()
        assert (row.state, row.attempts, len(world.shown())) == (OutboxState.SENT, 2, 1)
