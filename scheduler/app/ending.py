"""How the running service ends: what is on its way is finished, then everything is closed, both soon."""

import asyncio
import os
from threading import Timer

import structlog

from scheduler.app.loops import Loops
from scheduler.app.service import Service
from scheduler.live.loops import Loop

#: Seconds of real time; together below the ten that a stop may take.
_FINISH_WITHIN = 5
_CANCEL_WITHIN = 0.5
_CLOSE_WITHIN = 3.5
#: What hangs by then, such as a database that does not answer, is left where it is.
AT_LAST = 9.5
#: What a shell expects of a process that was told to end at once.
AT_ONCE = 130

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


def end_at_last() -> None:
    """The process will be gone soon, whatever hangs."""
    last = Timer(AT_LAST, os._exit, (AT_ONCE,))
    last.daemon = True
    last.start()
