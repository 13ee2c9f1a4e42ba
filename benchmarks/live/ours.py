"""The real service, as `ambassador run` has it, with the settings that a measurement asks for."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from benchmarks.live.standin import Address
from scheduler.app.access import Access
from scheduler.app.loading import load
from scheduler.app.onlookers import NOBODY, Onlookers
from scheduler.app.service import Service
from scheduler.clock import Clock, SteppingClock
from scheduler.model.facts import JoinSource, MemberTraced
from scheduler.model.marks import SEEDED
from scheduler.settings import Mode, Settings
from scheduler.slack.patience import Patience
from scheduler.store.engine import open_store

TEAM = "T0SANDBOX"
_LONG = timedelta(days=400)


@asynccontextmanager
async def listening(
    address: Address,
    database: str,
    clock: Clock,
    *,
    known: Sequence[str] = (),
    onlookers: Onlookers = NOBODY,
) -> AsyncIterator[Service]:
    """A service that has caught up, and listens."""
    service = assembled(address, database, clock, known=known, onlookers=onlookers)
    try:
        await service.begin()
        yield service
    finally:
        await service.end()


def assembled(
    address: Address,
    database: str,
    clock: Clock,
    *,
    known: Sequence[str] = (),
    change: Callable[[Settings], Settings] = lambda settings: settings,
    onlookers: Onlookers = NOBODY,
) -> Service:
    """A service that has not begun. `known`: members who have been here, and wrote, for long."""
    _seed(database, known, now=clock.now())
    loaded = load(None)
    return Service(
        replace(loaded, settings=change(replace(loaded.settings, mode=Mode.LIVE, database=database))),
        Access(api=address.api, bot=address.bot, app=address.app),
        clock=clock,
        wait_until=partial(_step, clock),
        onlookers=onlookers,
        patience=Patience(),
    )


def _seed(database: str, known: Iterable[str], *, now: datetime) -> None:
    """What an import of the history would have told."""
    store, at = open_store(database, TEAM), now - _LONG
    with store.begin() as work:
        work.marks.put(SEEDED, "bench")
        for member in known:
            work.members.trace(MemberTraced(team=TEAM, member=member, at=at, source=JoinSource.FIRST_SEEN))
            work.members.posted(member, f"{at.timestamp():.6f}")
    store.close()


async def _step(clock: Clock, instant: datetime) -> None:
    """Reading is paced by the service's clock; a stepped one waits for nothing."""
    if isinstance(clock, SteppingClock):
        clock.step_to(instant)
    else:
        await asyncio.sleep((instant - clock.now()).total_seconds())
