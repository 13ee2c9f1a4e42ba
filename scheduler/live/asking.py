"""Asks the service how it is doing, and takes no answer for an answer."""

import asyncio
from collections.abc import Awaitable, Callable

from scheduler.live.status import Status

#: Seconds that finding out the status may take: it asks the database's one thread, which may be stuck.
PATIENCE = 5

FindStatus = Callable[[], Awaitable[Status]]


async def ask(find_status: FindStatus, *, patience: float = PATIENCE) -> Status | None:
    """None when it cannot be found out, or not in time."""
    try:
        return await asyncio.wait_for(find_status(), patience)
    except Exception:  # noqa: BLE001 - whatever keeps the service from answering is an answer
        return None
