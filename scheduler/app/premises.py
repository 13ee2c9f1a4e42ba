"""What the service opens when it arrives and closes when it ends: Slack, the database, the lease, the ear."""

import asyncio
from contextlib import AsyncExitStack, suppress
from typing import cast

import aiohttp
import structlog

from scheduler.app.access import Access
from scheduler.app.arrival import Identity, introduce
from scheduler.app.duty import keep_on, keeper_for
from scheduler.app.locking import only_service_on
from scheduler.app.opening import open_own
from scheduler.live.holding import Terms
from scheduler.live.lease import Keeper, SoleKeeper
from scheduler.live.writer import Writer
from scheduler.settings import Mode, Settings
from scheduler.slack.client import Web
from scheduler.slack.ears.ear import Ear
from scheduler.slack.lastlook import session_that_asks
from scheduler.store.engine import SqlStore

_log = structlog.get_logger()


class Premises:
    """Opened one after the other, and left in the opposite order. `settings` are those of the start."""

    def __init__(self, settings: Settings, access: Access, terms: Terms) -> None:
        self._settings = settings
        self._access = access
        self._terms = terms
        self.writer = Writer()
        self.keeper: Keeper = SoleKeeper(self.writer)
        self._keeping: asyncio.Task[None] | None = None
        self._open = AsyncExitStack()

    async def reach_slack(self) -> tuple[Web, Identity]:
        """Shows Slack our tokens. Raises SlackRefused."""
        session = await self._open.enter_async_context(aiohttp.ClientSession())
        bot = self._web(self._access.bot, session)
        app = self._web(self._access.app, session) if self._access.app else None
        return bot, await introduce(bot, app)

    async def open_store(self, team: str) -> None:
        """And asks for the lease. Raises DatabaseRefused."""
        url = self._settings.database
        self._open.enter_context(only_service_on(url))
        await self.writer.open(lambda: _opened(url, team))
        self._open.push_async_callback(self.writer.close, lambda store: cast("SqlStore", store).close())
        self.keeper = keeper_for(url, self.writer, self._terms)
        await self.keeper.keep()
        self._keeping = asyncio.create_task(keep_on(self.keeper))

    async def way_out(self) -> Web:
        """What sends nothing unless this process surely holds the lease."""
        asking = await self._open.enter_async_context(session_that_asks(self.keeper.surely_holds))
        return self._web(self._access.bot, asking)

    async def listen(self, ear: Ear) -> asyncio.Task[None]:
        """The task in which it listens. Raises AddressTaken."""
        await ear.open()
        listening = asyncio.create_task(ear.listen())
        self._open.push_async_callback(_cancelled, listening)
        self._open.callback(ear.end)
        return listening

    async def leave(self) -> None:
        """Another process can go on at once."""
        if self._keeping:
            await _cancelled(self._keeping)
        with suppress(Exception):  # the lease ends by itself soon
            await self.keeper.give_up()
        await self._open.aclose()

    def _web(self, token: str, session: aiohttp.ClientSession) -> Web:
        shadow = self._settings.mode is Mode.SHADOW
        return Web(token, base_url=self._access.api, session=session, shadow=shadow)


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _opened(url: str, team: str) -> SqlStore:
    store = open_own(url, team)
    if done := store.upgraded:
        file = str(done.backup) if done.backup else None
        _log.warning("database_upgraded", code=done.revision, file=file)
    return store
