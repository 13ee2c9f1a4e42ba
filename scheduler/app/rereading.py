"""Config, messages and phrases read anew while the service runs, as SIGHUP asks for."""

import asyncio
from pathlib import Path

import structlog

from scheduler.app.reloading import ReloadRefused, load_again, require_known_channels
from scheduler.app.seen import Seen
from scheduler.app.service import Service
from scheduler.app.telling import tell_of_refused_config
from scheduler.clock import Clock

_log = structlog.get_logger()


class Rereading:
    """`config` is where the config stands; None: where it is looked for."""

    def __init__(self, service: Service, seen: Seen, clock: Clock, *, config: Path | None) -> None:
        self._service = service
        self._seen = seen
        self._clock = clock
        self._config = config

    async def reload(self) -> None:
        """All of the files, or nothing."""
        try:
            loaded = await asyncio.to_thread(load_again, self._config, self._service.loaded)
            await self._service.ask(lambda work: require_known_channels(work, loaded))
        except ReloadRefused as refused:
            await self._tell_refused(refused)
            return
        self._service.reload(loaded)
        self._seen.closed.clear()
        _log.info("reloaded", key=loaded.settings.config_hash)

    async def _tell_refused(self, refused: ReloadRefused) -> None:
        for code, where in refused.told:
            _log.error("reload_refused", code=code, file=where)
        context, now = self._service.context, self._clock.now()
        await self._service.ask(lambda work: tell_of_refused_config(work, context, refused, now=now))
