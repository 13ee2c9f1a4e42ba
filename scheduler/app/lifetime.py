"""The process of `ambassador run`: the service with all that is around it, from first check to last word."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import structlog

from scheduler import __version__
from scheduler.app.access import Access
from scheduler.app.ending import AT_ONCE, end_at_last
from scheduler.app.loading import Loaded
from scheduler.app.running import Exit, Running
from scheduler.app.service import Service
from scheduler.app.waiting import waiting
from scheduler.clock import Clock, SystemClock
from scheduler.live.health import Health
from scheduler.live.heartbeat import Heartbeat
from scheduler.live.interpreter import at_work
from scheduler.live.signals import on_signals
from scheduler.model.cases import ChannelKind
from scheduler.slack.patience import Patience

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What the service found in Slack. `watched` are the names of the channels whose posts it reads.

    `in_group`: how many are in the user group that the config names; None when it names none.
    """

    team: str
    url: str
    channels: int
    watched: tuple[str, ...]
    stands_by: bool
    in_group: int | None


async def live(
    loaded: Loaded,
    access: Access,
    *,
    config: Path | None,
    heartbeat: str | None,
    announce: Callable[[Arrived], None],
) -> Exit:
    """Until it ends. Raises SlackRefused, DatabaseRefused and AddressTaken before anything was sent."""
    clock = SystemClock()
    running = Running(clock, config=config)
    service = _service(loaded, access, running, clock)
    undo = on_signals(asyncio.get_running_loop(), _stopping(running), running.reload)
    try:
        if not await _arrive(service, running):
            return Exit.STOPPED
        async with _told(service, running, heartbeat):
            announce(await _arrived(service))
            with at_work():
                return await running.live(service)
    finally:
        end_at_last()
        await service.end()
        _log.info("ended")
        undo()


def _service(loaded: Loaded, access: Access, running: Running, clock: Clock) -> Service:
    return Service(
        loaded,
        access,
        clock=clock,
        wait_until=waiting(clock),
        onlookers=running.onlookers,
        patience=Patience(),
    )


def _stopping(running: Running) -> Callable[[], None]:
    """The first signal ends it in good order, a second one at once."""

    def stop() -> None:
        if running.stopping.is_set():
            os._exit(AT_ONCE)
        _log.info("stopping")
        end_at_last()
        running.stop()

    return stop


async def _arrive(service: Service, running: Running) -> bool:
    """False when it was told to stop before."""
    arriving = asyncio.create_task(service.arrive())
    stopping = asyncio.create_task(running.stopping.wait())
    await asyncio.wait((arriving, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if arriving.done():
        await arriving
        return True
    arriving.cancel()
    with suppress(asyncio.CancelledError):
        await arriving
    return False


@asynccontextmanager
async def _told(service: Service, running: Running, heartbeat: str | None) -> AsyncIterator[None]:
    """While it lives, whoever asks is told how it is, and the monitor outside as well."""
    settings = service.loaded.settings
    async with aiohttp.ClientSession() as session:
        health = settings.service.health and Health(
            settings.service.health, running.status, language=settings.workspace.locale
        )
        beating = heartbeat and asyncio.create_task(Heartbeat(heartbeat, session, running.status).run())
        try:
            if health:
                await health.start()
            yield
        finally:
            if beating:
                beating.cancel()
                await asyncio.gather(beating, return_exceptions=True)
            if health:
                await health.stop()


async def _arrived(service: Service) -> Arrived:
    settings, identity = service.loaded.settings, service.identity
    names = await service.ask(lambda work: [work.channels.name_of(each) or each for each in service.channels])
    watched = [name for name in names if settings.rule_for(name).kind is not ChannelKind.OFF]
    address = str(settings.service.health) if settings.service.health else None
    _log.info("began", team=service.team, count=len(watched), address=address, version=__version__)
    return Arrived(
        team=service.team,
        url=identity.url if identity else "",
        channels=len(names),
        watched=tuple(sorted(watched)),
        stands_by=not service.keeper.is_held,
        in_group=service.in_group,
    )
