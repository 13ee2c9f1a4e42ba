"""Plays a stand-in with many people in it, by the real clock.

`python -m benchmarks.live.crowd MEMBERS CHANNELS`. Slack's own limits hold, unless a third argument says
`unlimited`.
"""

import asyncio
import sys
from datetime import timedelta

from benchmarks.live.standin import obey
from scheduler.clock import SystemClock
from scheduler.sandbox import Sandbox

#: The service writes to these.
_OURS = ("運営-アンバサダー", "雑談", "なんでも相談")


class Crowd:
    """`people`, `channels` and `posts` are commands."""

    def __init__(self, sandbox: Sandbox, clock: SystemClock, *, members: int, channels: int) -> None:
        self._sandbox = sandbox
        names = [*_OURS, *(f"channel-{number}" for number in range(len(_OURS), channels))]
        with sandbox.past(clock.now() - timedelta(days=400)):
            self._people = [sandbox.people.join(f"member {number}") for number in range(members)]
            self._channels = [sandbox.channels.create(name, with_app=True) for name in names]

    async def people(self) -> list[str]:
        return self._people

    async def channels(self) -> list[str]:
        return self._channels

    async def posts(self) -> list[tuple[str, float]]:
        """To whom messages came, and when (seconds since 1970)."""
        calls = self._sandbox.calls("chat.postMessage")
        return [(call.arguments["channel"], call.at.timestamp()) for call in calls if call.took_effect]


async def _main(members: str, channels: str, *more: str) -> None:
    clock = SystemClock()
    async with Sandbox(clock=clock) as sandbox:
        if "unlimited" in more:
            sandbox.limits.off()
        crowd = Crowd(sandbox, clock, members=int(members), channels=int(channels))
        await obey(sandbox, {name: getattr(crowd, name) for name in ("people", "channels", "posts")})


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
