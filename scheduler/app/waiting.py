"""Letting real time pass."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from scheduler.clock import Clock


def waiting(clock: Clock) -> Callable[[datetime], Awaitable[None]]:
    """What waits until an instant; one that is over is not waited for."""

    async def wait_until(at: datetime) -> None:
        await asyncio.sleep(max((at - clock.now()).total_seconds(), 0))

    return wait_until
