"""A channel that we write to is gone while the service runs: the admins hear of it once."""

from pathlib import Path

import pytest

from scheduler.live.status import Trouble, TroubleKind, ready
from tests.integration.live.living import Living, living
from tests.integration.live.processes import ADMINS, TEAM_ROOM, ask, channel, connected, written
from tests.integration.sandbox.connecting import live


async def troubles(life: Living) -> list[Trouble]:
    return list(ready(await life.running.status()))


@live
async def test_an_archived_channel_is_told_once_and_the_service_is_well_again_when_it_is_back(tmp_path: Path):
    async with living(tmp_path) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        room, counts = channel(sandbox, TEAM_ROOM), life.running.seen.counts
        sandbox.channels.archive(room)
        ask(sandbox, "U0000000001", "申請書はどこですか")
        await life.until(lambda: counts.messages["alert", "refused"] == 1)
        ask(sandbox, "U0000000002", "様式はどこですか")
        await life.until(lambda: counts.messages["alert", "refused"] == 2)
        await life.until(lambda: written(sandbox, ADMINS))
        meanwhile = await troubles(life)
        sandbox.channels.unarchive(room)
        ask(sandbox, sandbox.people.join("Sora"), "窓口はどこですか")
        await life.until(lambda: not life.running.seen.closed)
        afterwards = await troubles(life)

    assert meanwhile == [Trouble(kind=TroubleKind.CHANNEL_CLOSED, code="is_archived")]
    assert afterwards == []
    (told,) = written(sandbox, ADMINS)
    assert f"#{TEAM_ROOM}" in told
    assert "is_archived" in told


@live
async def test_when_it_is_the_admins_own_the_status_says_so_and_nothing_storms(tmp_path: Path):
    async with living(tmp_path) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        sandbox.channels.leave(channel(sandbox, ADMINS), sandbox.app)
        sandbox.channels.create("新しい相談")
        await life.until(lambda: life.running.seen.closed)
        meanwhile = await troubles(life)

    assert meanwhile == [Trouble(kind=TroubleKind.CHANNEL_CLOSED, code="not_in_channel")]
    assert len(sandbox.calls("chat.postMessage")) == 1


@pytest.mark.parametrize("archived", [True, False], ids=["archived", "the app was removed"])
@live
async def test_once_it_is_back_all_is_well_though_nothing_is_to_be_written_there(
    tmp_path: Path, *, archived: bool
):
    async with living(tmp_path) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        room = channel(sandbox, TEAM_ROOM)
        if archived:
            sandbox.channels.archive(room)
        else:
            sandbox.channels.leave(room, sandbox.app)
        ask(sandbox, "U0000000001", "申請書はどこですか")
        await life.until(lambda: life.running.seen.closed)
        if archived:
            sandbox.channels.unarchive(room)
        else:
            sandbox.channels.enter(room, sandbox.app)
        await life.until(lambda: not life.running.seen.closed)

    assert written(sandbox, TEAM_ROOM) == []
