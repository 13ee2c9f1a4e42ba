"""A config that names no ambassador: the service asks nobody who did not ask for it."""

from dataclasses import replace
from pathlib import Path

from scheduler.model.messages import MessageKind
from scheduler.settings import Settings
from tests.acceptance.live_world import live_world
from tests.integration.live.processes import TEAM_ROOM, channel
from tests.integration.sandbox.connecting import live


def nobody(settings: Settings) -> Settings:
    return replace(settings, ambassadors=replace(settings.ambassadors, people=(), group=None))


@live
async def test_alerts_go_to_the_ambassadors_channel_and_to_nobody_who_only_answered_much(tmp_path: Path):
    async with live_world(tmp_path, nobody) as world:
        await world.step("2026-08-03 09:00")
        answered = world.ask()
        await world.step("2026-08-03 09:10")
        world.sandbox.post(world.ambassadors[0], world.questions, "ここです", thread_ts=answered)
        await world.step("2026-08-04 09:00")
        world.ask("はじめて使います。締切はいつでしょうか")
        await world.step("2026-08-04 11:00")

        alerts = world.rows(MessageKind.ALERT)
        assert [(each.recipient, each.ambassador) for each in alerts] == [
            (channel(world.sandbox, TEAM_ROOM), None)
        ]
