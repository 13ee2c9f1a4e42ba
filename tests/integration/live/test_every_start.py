"""Each start reads back what may have been missed, the very first one and the one after `kill -9` as well."""

import signal
from pathlib import Path

from tests.integration.live.processes import Process, process
from tests.integration.sandbox.connecting import live

READING = ("conversations.history", "users.list")


async def read_at_the_start(service: Process, *, times: int) -> list[tuple[str, str]]:
    """What was read until it was caught up: (method, channel)."""
    before = len(service.sandbox.received)
    await service.start()
    await service.until_logged("caught_up", times=times)
    calls = service.sandbox.received[before:]
    return sorted(
        (call.method, str(call.arguments.get("channel", ""))) for call in calls if call.method in READING
    )


@live
async def test_members_and_every_channel_are_read_at_each_start(tmp_path: Path):
    async with process(tmp_path, mode="shadow", seeded=False) as service:
        sandbox = service.sandbox
        channels = sorted(key for key, each in sandbox.world.channels.items() if sandbox.app in each.members)
        first = await read_at_the_start(service, times=1)
        await service.kill()
        second = await read_at_the_start(service, times=2)
        service.send(signal.SIGTERM)
        await service.ended()

    assert first == [*(("conversations.history", channel) for channel in channels), ("users.list", "")]
    assert second == first
