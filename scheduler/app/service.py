"""The live service put together: Slack's events into the inbox, rounds of work, messages out to Slack.

It lives by the clock that it is given, the real one or a stepped one. Sockets live by real time.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, cast

import aiohttp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from scheduler.actions.context import Context
from scheduler.actions.directory import directory_of
from scheduler.app.arrival import Identity, introduce, require_channels, require_history
from scheduler.app.loading import Loaded
from scheduler.app.locking import only_service_on
from scheduler.app.telling import tell_of_catch_up
from scheduler.clock import Clock
from scheduler.errors import SlackUnreachable
from scheduler.live.catchup import CatchUp, CaughtUp
from scheduler.live.inbox import Emptied
from scheduler.live.intake import Intake
from scheduler.live.outward import Outward
from scheduler.live.reconciling import Reconciling
from scheduler.live.rounds import Rounds
from scheduler.live.writer import Writer
from scheduler.model.deliveries import Delivery
from scheduler.model.envelopes import Envelope
from scheduler.model.messages import OutgoingMessage
from scheduler.pipeline.crew import Crew
from scheduler.policy.opentime import OpenTime
from scheduler.ports import Work
from scheduler.settings import Mode
from scheduler.slack.client import Web
from scheduler.slack.connection import Connection, Patience
from scheduler.slack.events import Notice
from scheduler.slack.lookup import SlackFinder
from scheduler.slack.pacer import Pacer
from scheduler.slack.reader import Reader, ReadRefused
from scheduler.slack.sender import ShadowSender, SlackSender
from scheduler.store.engine import SqlStore, open_store
from scheduler.timetable import Job, live_jobs

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Where Slack is, and the tokens that let us in; they are never shown."""

    api: str
    bot: str
    app: str

    def __repr__(self) -> str:
        return f"Access(api={self.api!r})"


class Service:
    """One workspace's service.

    `begin`, then `make_round` as often as there may be work, then `end`. Who lives by the real clock begins
    with `arrive`, and lets `catch_up`, the two halves of a round and the connection go their own ways.
    """

    def __init__(
        self,
        loaded: Loaded,
        access: Access,
        *,
        clock: Clock,
        wait_until: Callable[[datetime], Awaitable[None]],
        came: Callable[[], None] = lambda: None,
        heard: Callable[[Emptied], None] = lambda _: None,
        attempted: Callable[[OutgoingMessage, Delivery], None] = lambda _, __: None,
        kept: Callable[[Envelope, bool], None] = lambda _, __: None,
        patience: Patience,
    ) -> None:
        self.loaded = loaded
        self._access = access
        self._clock = clock
        self._wait_until = wait_until
        self._came = came
        self._heard = heard
        self._attempted = attempted
        self._kept = kept
        self._patience = patience
        self.writer = Writer()
        self._open = AsyncExitStack()
        #: Something was missed, and no catch-up has begun since.
        self.gap = False
        self.is_catching_up = False
        self._outward: Outward | None = None
        self.connection: Connection | None = None
        self.identity: Identity | None = None

    async def begin(self) -> CaughtUp:
        """Arrives, and catches up; nothing is sent. Raises SlackRefused or DatabaseRefused."""
        await self.arrive()
        return await self.catch_up()

    async def arrive(self) -> None:
        """Checks everything, and listens; nothing is sent. Raises SlackRefused or DatabaseRefused."""
        settings = self.loaded.settings
        session = await self._open.enter_async_context(aiohttp.ClientSession())
        shadow = settings.mode is Mode.SHADOW
        self._web = Web(self._access.bot, base_url=self._access.api, session=session, shadow=shadow)
        app = Web(self._access.app, base_url=self._access.api, session=session)
        self.identity = await introduce(self._web, app)
        await self._open_store(self.identity.team)
        self._assemble()
        await self.writer.do(lambda work: require_history(work, settings))
        self.channels = await self._see_channels()
        await self.writer.do(lambda work: require_channels(work, settings))
        self.is_catching_up = True
        await self._listen()

    async def catch_up(self) -> CaughtUp:
        """Reads back what was missed; until that is done nothing is planned, and nothing sent.

        Raises ReadRefused when Slack cannot be read: what was missed is then still missing.
        """
        self.is_catching_up, self.gap = True, False
        done = await self._catch_up.run(self.team)
        self.is_catching_up = False
        return done

    def give_up_catching_up(self) -> None:
        """Goes on with what is known: nothing can be read any more."""
        self.is_catching_up = False

    async def make_round(self) -> list[Notice]:
        """Returns once nothing is left to do at this moment."""
        notices = await self.take_in(plans=not self.is_catching_up)
        if not self.is_catching_up:
            await self.bring_out()
        return notices

    async def take_in(self, *, plans: bool) -> list[Notice]:
        """Folds what came, and plans what is due; nothing while what was missed is still to be read."""
        notices = await self._rounds.take_in()
        if plans:
            await self._rounds.plan()
        return notices

    async def bring_out(self) -> None:
        """Brings out what was planned."""
        await self._rounds.bring_out()

    async def next_due(self) -> datetime | None:
        """When something is due next, as far as it is known now."""
        return await self.writer.do(lambda work: work.next_due())

    async def ask(self, question: Callable[[Work], T]) -> T:
        """In a transaction of its own."""
        return await self.writer.do(question)

    @property
    def team(self) -> str:
        if self.identity is None:
            raise RuntimeError("the service has not arrived")
        return self.identity.team

    @property
    def web(self) -> Web:
        return self._web

    @property
    def context(self) -> Context:
        return self._crew.context

    def reload(self, loaded: Loaded) -> None:
        """From the next round on, other settings and messages count."""
        self.loaded = loaded
        self._crew = self._make_crew()
        self._jobs = self._make_jobs()

    def stop(self) -> None:
        """From now on nothing new is sent; what is on its way is finished."""
        if self._outward:
            self._outward.stop()

    async def end(self) -> None:
        """Finishes what is on its way, and closes everything."""
        self.stop()
        await self._open.aclose()

    async def _open_store(self, team: str) -> None:
        url = self.loaded.settings.database
        self._open.enter_context(only_service_on(url))
        await self.writer.open(lambda: open_store(url, team))
        self._open.push_async_callback(self.writer.close, lambda store: cast("SqlStore", store).close())

    def _assemble(self) -> None:
        self._pacer = Pacer()
        shadow = self.loaded.settings.mode is Mode.SHADOW
        sender = ShadowSender() if shadow else SlackSender(self._web, self._pacer, self._clock)
        outward = self._outward = Outward(self.writer, sender, self._clock, attempted=self._attempted)
        self._crew = self._make_crew()
        self._jobs = self._make_jobs()
        finder = SlackFinder(self._web, self._pacer, self._clock)
        reader = Reader(self._web, self._pacer, self._clock, self._wait_until)
        self._catch_up = CatchUp(
            self.writer, reader, self._clock, lambda: self._crew.context, ended=tell_of_catch_up
        )
        self.intake = Intake(self.writer, self._clock, self._came, kept=self._kept)
        self._rounds = Rounds(
            writer=self.writer,
            outward=outward,
            reconciling=Reconciling(self.writer, finder, self._clock),
            clock=self._clock,
            crew=lambda: self._crew,
            jobs=lambda: self._jobs,
            heard=self._heard,
        )

    async def _see_channels(self) -> list[str]:
        """Those that the app is in. Raises SlackUnreachable."""
        try:
            return await self._catch_up.read_channels(self.team, CaughtUp())
        except ReadRefused as refusal:
            raise SlackUnreachable("slack.unreachable", code=refusal.code) from None

    def _make_crew(self) -> Crew:
        settings = self.loaded.settings
        context = Context(
            settings=settings, open_time=OpenTime(settings.calendar), directory=directory_of(settings)
        )
        renderer = self.loaded.messages.bind(
            workspace_url=settings.workspace.url, channel_id=self.writer.channel_id
        )
        return Crew(context=context, renderer=renderer, new_id=_random_mark)

    def _make_jobs(self) -> tuple[Job, ...]:
        context = self._crew.context
        return live_jobs(context.settings, context.open_time)

    async def _listen(self) -> None:
        self.connection = Connection(
            self._socket, self._receive, missed=self._missed, patience=self._patience
        )
        listening = asyncio.create_task(self.connection.run())
        self._open.push_async_callback(_cancelled, listening)
        self._open.callback(self.connection.end)
        self.listening = listening

    def _missed(self, seconds: float) -> None:
        """For so long nobody heard anything: what happened meanwhile must be read back."""
        self.gap = True
        self._came()

    def _socket(self) -> SocketModeClient:
        client = SocketModeClient(
            app_token=self._access.app, web_client=self._web.client, ping_interval=self._patience.ping_every
        )
        client.proxy = self._web.client.proxy
        return client

    async def _receive(self, request: SocketModeRequest) -> None:
        """Events are kept before they are acknowledged. Buttons and commands have no meaning yet."""
        if request.type == "events_api":
            await self.intake.keep(request.payload)


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _random_mark() -> str:
    return os.urandom(12).hex()
