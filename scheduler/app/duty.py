"""Whether this process is on duty: on a database that several may share, the one that holds the lease is."""

import asyncio
import os
import socket

import structlog
from sqlalchemy import make_url

from scheduler.live.holding import LeaseKeeper, Terms
from scheduler.live.lease import Keeper, SoleKeeper
from scheduler.live.writer import Writer

#: Seconds of real time between two looks at the lease.
_LOOK_EVERY = 0.5
_LONGEST_HOST = 40

_log = structlog.get_logger()


def keeper_for(url: str, writer: Writer, terms: Terms) -> Keeper:
    """An SQLite file is one process's own, by its lock: nobody else can have the lease."""
    if make_url(url).get_backend_name() == "sqlite":
        return SoleKeeper(writer)
    return LeaseKeeper(writer, _our_name(), terms=terms)


async def keep_on(keeper: Keeper) -> None:
    """Until cancelled. While the database fails, the lease is not renewed, and ends."""
    is_failing = False
    while True:
        try:
            await keeper.keep()
            is_failing = False
        except Exception as error:  # noqa: BLE001 - whatever it is, the next look may go well
            if not is_failing:
                _log.error("lease_not_kept", exc_info=error)
            is_failing = True
        await asyncio.sleep(_LOOK_EVERY)


def _our_name() -> str:
    """Tells people which machine and process it is, and us that it is no other one."""
    return f"{socket.gethostname()[:_LONGEST_HOST]}-{os.getpid()}-{os.urandom(3).hex()}"
