"""What happens when the connection to Slack fails. Numbers are those of the fault scenarios."""

import asyncio
from dataclasses import replace
from pathlib import Path

from scheduler.app.running import Exit
from scheduler.sandbox import Sandbox
from tests.integration.live.living import LITTLE, STEADY, Living, living
from tests.integration.live.processes import TEAM_ROOM, ask, connected, written
from tests.integration.sandbox.connecting import live

MEMBER = "U0000000001"


def alerts(sandbox: Sandbox) -> list[str]:
    return written(sandbox, TEAM_ROOM)


@live
async def test_14_a_refresh_of_both_connections_loses_no_event(tmp_path: Path):
    async with living(tmp_path) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        sandbox.sockets.refresh()
        ask(sandbox, MEMBER, "申請書はどこですか")
        await life.until(lambda: alerts(sandbox) and connected(sandbox))
        await sandbox.delivery.settled()

    assert (len(alerts(sandbox)), sandbox.delivery.lost) == (1, [])


@live
async def test_14_the_two_connections_begin_some_time_apart_so_that_they_are_not_renewed_together(
    tmp_path: Path,
):
    apart = 0.7
    async with living(tmp_path, patience=replace(STEADY, apart=apart)) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        _, first, second = sandbox.calls("apps.connections.open")

    assert (second.at - first.at).total_seconds() >= apart


@live
async def test_15_a_used_up_ticket_leads_to_a_new_client_and_the_gap_is_read_back(tmp_path: Path):
    async with living(tmp_path, patience=LITTLE) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        sandbox.sockets.refuse(408, times=6)
        sandbox.sockets.drop()
        await life.until(lambda: sandbox.sockets.refused == 6)
        sandbox.delivery.waiting.clear()
        lose(life, "申請書はどこですか")
        await life.until(lambda: alerts(sandbox) and connected(sandbox))

    assert len(alerts(sandbox)) == 1


@live
async def test_16_a_black_hole_is_noticed_replaced_and_the_gap_is_read_back(tmp_path: Path):
    async with living(tmp_path, patience=LITTLE) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        sandbox.sockets.hang(times=2)
        sandbox.sockets.silence()
        lose(life, "申請書はどこですか")
        await life.until(lambda: alerts(sandbox) and sandbox.sockets.refused == 2)

    assert len(alerts(sandbox)) == 1


@live
async def test_17_without_any_connection_for_long_it_ends_with_code_1(tmp_path: Path):
    async with living(tmp_path, patience=replace(LITTLE, give_up_after=1.5)) as life:
        await life.until(lambda: connected(life.sandbox))
        life.sandbox.sockets.disable()
        code = await asyncio.wait_for(life.life, 20)

    assert code is Exit.LOST


@live
async def test_17_without_socket_mode_nobody_storms_slack_and_the_status_says_so(tmp_path: Path):
    async with living(tmp_path, patience=LITTLE) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        sandbox.sockets.disable()
        await life.until(lambda: len(sandbox.calls("apps.connections.open")) > 12)
        opened = sandbox.calls("apps.connections.open")[-8:]
        status = await life.running.status()

    spent = (opened[-1].at - opened[0].at).total_seconds()
    assert spent > 3 * LITTLE.ping_every
    assert (status.seconds_since_sign or 0) > 0.2


def lose(life: Living, question: str) -> None:
    """Asked while nobody listens, and never told by an event: it only stands in the channel's history."""
    life.sandbox.delivery.hold()
    ask(life.sandbox, MEMBER, question)
    life.sandbox.delivery.waiting.clear()
    life.sandbox.delivery.release()
