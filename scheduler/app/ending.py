"""How the running service ends: what is on its way is finished, then everything is closed, both soon."""

import asyncio

import structlog

from scheduler.app.loops import Loops
from scheduler.app.service import Service
from scheduler.live.loops import Loop

#: Seconds of real time; together below the ten that a stop may take.
_FINISH_WITHIN = 5
_CANCEL_WITHIN = 0.5
_CLOSE_WITHIN = 3.5

_log = structlog.get_logger()


async def end(service: Service, loops: Loops, tasks: dict[Loop, asyncio.Task[None]]) -> None:
    """`tasks` are those in which the loops turn."""
    service.stop()
    for loop, task in tasks.items():
        loop.stop()  # asyncio.wait_for may swallow a cancellation
        if loop is not loops.bring_out:
            task.cancel()
    await asyncio.wait((tasks[loops.bring_out],), timeout=_FINISH_WITHIN)
    tasks[loops.bring_out].cancel()
    await asyncio.wait(tasks.values(), timeout=_CANCEL_WITHIN)
    try:
        await asyncio.wait_for(service.end(), _CLOSE_WITHIN)
    except TimeoutError:
        _log.warning("closed_hard")
