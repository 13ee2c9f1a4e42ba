"""The disk fills up under the running service: what is not kept is not acknowledged, and then it goes on."""

from pathlib import Path

from scheduler.live.status import TroubleKind, ready
from tests.disks import fill_up, small_disk_at
from tests.integration.live.living import Living, living
from tests.integration.live.processes import TEAM_ROOM, ask, connected, written
from tests.integration.sandbox.connecting import live

MEMBER = "U0000000001"
#: Room for the database and what is written beside it.
ROOM = 6_000_000


async def in_trouble(life: Living) -> bool:
    """As `/readyz` says."""
    return TroubleKind.DATABASE in {each.kind for each in ready(await life.running.status())}


@live
async def test_nothing_is_acknowledged_without_room_and_with_room_it_goes_on(tmp_path: Path):
    with small_disk_at(tmp_path / "disk", size=ROOM) as disk:
        async with living(disk) as life:
            sandbox = life.sandbox
            await life.until(lambda: connected(sandbox))
            before = await in_trouble(life)
            full = fill_up(disk)
            ask(sandbox, MEMBER, "申請書はどこですか" * 500)
            await life.until(lambda: life.service.intake.is_failing)
            during = await in_trouble(life)
            unacknowledged = sandbox.delivery.unacknowledged
            full.unlink()
            await life.until(lambda: written(sandbox, TEAM_ROOM), seconds=40)
            await life.until(lambda: not life.service.intake.is_failing)
            after = await in_trouble(life)

    assert (before, during, unacknowledged, after) == (False, True, 1, False)
