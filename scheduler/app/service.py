"""The live service put together: Slack's events into the inbox, rounds of work, messages out to Slack.

It lives by the clock that it is given, the real one or a stepped one. Sockets live by real time.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from scheduler.actions.context import Context
from scheduler.app.access import Access
from scheduler.app.arrival import Identity, require_channels, require_group, require_history, see_channels
from scheduler.app.assembling import Parts, assemble
from scheduler.app.current import Current
from scheduler.app.hearing import ear_for
from scheduler.app.loading import Loaded
from scheduler.app.missed import Missed
from scheduler.app.onlookers import NOBODY, Onlookers
from scheduler.app.premises import Premises
from scheduler.clock import Clock
from scheduler.live.catchup import CaughtUp
from scheduler.live.holding import TERMS, Terms
from scheduler.live.inbox import Emptied
from scheduler.live.intake import Intake
from scheduler.live.lease import Keeper
from scheduler.ports import Work
from scheduler.settings import Settings
from scheduler.slack.ears.ear import Ear, Kind
from scheduler.slack.events import Notice
from scheduler.slack.events.notices import EventsLost
from scheduler.slack.patience import Patience

T = TypeVar("T")


class Service:
    """One workspace's service.

    `begin`, then `make_round` as often as there may be work, then `end`. Who lives by the real clock begins
    with `arrive`, and lets what was `missed`, the two halves of a round and the ear go their own ways.
    """

    def __init__(
        self,
        loaded: Loaded,
        access: Access,
        *,
        clock: Clock,
        wait_until: Callable[[datetime], Awaitable[None]],
        onlookers: Onlookers = NOBODY,
        patience: Patience,
        terms: Terms = TERMS,
    ) -> None:
        self.loaded = loaded
        self._access = access
        self._clock = clock
        self._wait_until = wait_until
        self._onlookers = onlookers
        self._patience = patience
        self._premises = Premises(loaded.settings, access, terms)
        self.writer = self._premises.writer
        #: What Slack told that is to be acted on. It is gone with the process: a catch-up finds out the same.
        self.notices: deque[Notice] = deque()
        self._parts: Parts | None = None
        self.ear: Ear | None = None
        self.identity: Identity | None = None

    async def begin(self) -> CaughtUp:
        """Arrives, and catches up; nothing is sent. Raises SlackRefused or DatabaseRefused."""
        await self.arrive()
        return await self.missed.catch_up()

    async def arrive(self) -> None:
        """Checks everything, and listens; nothing is sent.

        Raises SlackRefused, DatabaseRefused or AddressTaken.
        """
        settings = self.loaded.settings
        self.web, self.identity = await self._premises.reach_slack()
        await self._premises.open_store(self.identity.team)
        await self._assemble()
        await self.writer.do(lambda work: require_history(work, settings))
        lists = self._arrived.catch_up.lists
        self.channels = await see_channels(lists, self.team, writes=self.keeper.is_held)
        await self.writer.do(partial(self._require_channels, settings))
        self.in_group = await require_group(settings, lists.see_group(self.team))
        self.missed.is_catching_up = self.keeper.is_held
        await self._listen()

    async def make_round(self) -> None:
        """Returns once nothing is left to do at this moment."""
        await self.take_in(plans=not self.missed.is_catching_up)
        if not self.missed.is_catching_up:
            await self.bring_out()

    async def take_in(self, *, plans: bool) -> None:
        """Folds what came, and plans what is due; nothing while what was missed is still to be read."""
        await self._arrived.rounds.take_in()
        if plans:
            await self._arrived.rounds.plan()

    async def act(self, notice: Notice) -> bool:
        """Whether we are in a channel that is to be read. Raises ReadRefused when Slack refuses the app."""
        return await self._arrived.news.act(notice)

    async def bring_out(self) -> None:
        """Brings out what was planned."""
        await self._arrived.rounds.bring_out()

    async def next_due(self) -> datetime | None:
        """When something is due next, as far as it is known now."""
        return await self.writer.do(lambda work: work.next_due())

    async def ask(self, question: Callable[[Work], T]) -> T:
        """In a transaction of its own."""
        return await self.writer.do(question)

    @property
    def keeper(self) -> Keeper:
        return self._premises.keeper

    @property
    def team(self) -> str:
        return self._known.team

    @property
    def context(self) -> Context:
        return self._current.context

    @property
    def intake(self) -> Intake:
        return self._arrived.intake

    def reload(self, loaded: Loaded) -> None:
        """From the next round on, other settings and messages count."""
        self.loaded = loaded
        self._current.replace(loaded)

    def stop(self) -> None:
        """From now on nothing new is sent; what is on its way is finished."""
        if self._parts:
            self._parts.outward.stop()

    async def end(self) -> None:
        """Finishes what is on its way, and closes everything."""
        self.stop()
        await self._premises.leave()

    @property
    def _known(self) -> Identity:
        if self.identity is None:
            raise RuntimeError("the service has not arrived")
        return self.identity

    @property
    def _arrived(self) -> Parts:
        if self._parts is None:
            raise RuntimeError("the service has not arrived")
        return self._parts

    async def _assemble(self) -> None:
        self._current = Current(self.loaded, self.writer.channel_id)
        self._parts = assemble(
            self.web,
            await self._premises.way_out(),
            self.writer,
            self.keeper,
            self._current,
            clock=self._clock,
            app=self._known.user,
            wait_until=self._wait_until,
            onlookers=replace(self._onlookers, heard=self._heard),
        )
        catch_up, pacer = self._parts.catch_up, self._parts.pacer
        self.missed = Missed(catch_up, pacer, self.keeper, team=self.team, clock=self._clock)

    def _heard(self, emptied: Emptied) -> None:
        """Right after the commit, whatever may fail next."""
        for notice in emptied.notices:
            if isinstance(notice, EventsLost):
                self.missed.gap = True
            else:
                self.notices.append(notice)
        self._onlookers.heard(emptied)

    def _require_channels(self, settings: Settings, work: Work) -> None:
        """Who stands by while the first holder still reads what channels there are need not know them yet."""
        if self.keeper.is_held or work.channels.names():
            require_channels(work, settings, self.channels)

    async def _listen(self) -> None:
        self.ear = ear = ear_for(
            self.loaded.settings.service,
            self._access,
            self.web,
            self._known,
            self._receive,
            missed=self._hear_nothing,
            patience=self._patience,
        )
        self.listening = await self._premises.listen(ear)

    def _hear_nothing(self, seconds: float) -> None:
        """For so long nobody heard anything: what happened meanwhile must be read back."""
        self.missed.gap = True
        self._onlookers.came()

    async def _receive(self, kind: str, payload: Mapping[str, Any]) -> None:
        """Events are kept before they are acknowledged. Buttons and commands have no meaning yet."""
        if kind == Kind.EVENT:
            await self.intake.keep(payload)
