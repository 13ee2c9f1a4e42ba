"""Puts a backfill together: Slack's own history into the service's database, nobody else at it.

Nothing is sent. How far back each channel was read is remembered with every page: the next run goes on from
there, and one that asks for more days reads only what is further back.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from scheduler.actions.context import Context
from scheduler.actions.forgetting import forget_old
from scheduler.actions.importing import live_cases, seeded, settle_some, take_in
from scheduler.app.access import Access
from scheduler.app.arrival import introduce
from scheduler.app.importing import CHUNK, context_of
from scheduler.app.locking import only_service_on
from scheduler.app.opening import open_own
from scheduler.clock import Clock
from scheduler.model.cases import CaseKey
from scheduler.model.facts import Fact, JoinSource, MemberTraced
from scheduler.model.marks import ALIVE, HEARD, MEMBERS_SYNCED
from scheduler.ports import ImportProgress, Work
from scheduler.settings import Settings
from scheduler.slack.client import Web
from scheduler.slack.events import Malformed
from scheduler.slack.events import channels as channel_objects
from scheduler.slack.events import people as member_objects
from scheduler.slack.paced import Paced, ReadRefused
from scheduler.slack.pacer import Pacer
from scheduler.slack.past import facts_of
from scheduler.slack.reader import Page, Reader
from scheduler.store.engine import SqlStore

#: Before a channel: the ts down to which it was read.
_READ_DOWN_TO = "backfilled:"
#: When the first run began: what was written since then was read of some channels, and of others not.
_BEGAN = "backfill_began"
#: The name of this history among those that were taken in.
SOURCE = "slack"


@dataclass(slots=True, kw_only=True)
class Filled:
    """How far a backfill came. `unread`: channels that cannot be read, and Slack's word for why."""

    channels: int = 0
    channels_read: int = 0
    messages: int = 0
    members: int = 0
    is_restricted: bool = False
    unread: dict[str, str] = field(default_factory=dict)


class Backfill:
    """One run. `notice` hears of every page that is kept."""

    def __init__(
        self,
        store: SqlStore,
        reader: Reader,
        context: Context,
        clock: Clock,
        notice: Callable[[Filled], None],
    ) -> None:
        self._store = store
        self._reader = reader
        self._context = context
        self._clock = clock
        self._notice = notice
        self._done = Filled()
        #: Between what was known before and what is read, something is left for the service to read.
        self._leaves_hole = False
        with store.begin() as work:
            self._live: frozenset[CaseKey] = live_cases(work)

    async def run(self, *, days: int | None) -> Filled:
        """Everything, or the last so many days. Raises ReadRefused when nothing can be read any more."""
        began_at = self._clock.now()
        oldest = f"{(began_at - timedelta(days=days)).timestamp():.6f}" if days else "0"
        with self._store.begin() as work:
            work.marks.put(_BEGAN, work.marks.get(_BEGAN) or began_at.isoformat())
            self._leaves_hole = _is_known_only_before(work, oldest)
        await self._members(began_at)
        for channel in await self._channels(began_at):
            try:
                await self._channel(channel, oldest)
            except ReadRefused as refusal:
                if not refusal.is_final:
                    raise
                self._done.unread[channel] = refusal.code
            self._done.channels_read += 1
            self._notice(self._done)
        self._end()
        return self._done

    async def _members(self, now: datetime) -> None:
        """Nobody's joining is known from a list."""
        team = self._store.team
        async for page in self._reader.members():
            described = [*_readable(page, lambda user: member_objects.described(team, user, now))]
            seen = JoinSource.FIRST_SEEN
            traces = [MemberTraced(team=team, member=each.member, at=now, source=seen) for each in described]
            self._take(*described, *traces)
            self._done.members += len(described)
        with self._store.begin() as work:
            work.marks.put(MEMBERS_SYNCED, now.isoformat())

    async def _channels(self, now: datetime) -> list[str]:
        """Those that the app is in."""
        ours: list[str] = []
        async for page in self._reader.channels():
            told = _readable(page, lambda each: channel_objects.described(self._store.team, each, now))
            self._take(*told)
            ours += [str(each["id"]) for each in page if each.get("is_member") is True]
        self._done.channels = len(ours)
        return ours

    async def _channel(self, channel: str, oldest: str) -> None:
        mark, began_at = _READ_DOWN_TO + channel, self._clock.now()
        with self._store.begin() as work:
            latest = work.marks.get(mark)
        if latest is not None and float(latest) <= float(oldest):
            return
        async for page in self._reader.history(channel, oldest=oldest, latest=latest):
            for post in page:
                if post.get("reply_count"):
                    await self._thread(channel, str(post.get("ts")))
            read_down_to = str(page[-1].get("ts", "")) if page else oldest
            self._keep(channel, page, mark, read_down_to)
        with self._store.begin() as work:
            work.marks.put(mark, oldest)
            if latest is None and not self._leaves_hole:
                work.marks.put(HEARD + channel, began_at.isoformat())

    async def _thread(self, channel: str, ts: str) -> None:
        """One that cannot be read, since it was deleted meanwhile, has no replies to take in."""
        try:
            async for page in self._reader.replies(channel, ts):
                self._keep(channel, page)
        except ReadRefused as refusal:
            if not refusal.is_final:
                raise

    def _keep(self, channel: str, page: Page, mark: str = "", read_down_to: str = "") -> None:
        facts = facts_of(self._store.team, channel, page, told_at=self._clock.now())
        self._take(*facts)
        if read_down_to:
            with self._store.begin() as work:
                work.marks.put(mark, read_down_to)
        self._done.messages += len(page)
        self._done.is_restricted = self._reader.is_restricted
        self._notice(self._done)

    def _take(self, *facts: Fact) -> None:
        """In the order of time, so that each is folded at its own."""
        in_order = sorted(facts, key=lambda fact: fact.at)
        for start in range(0, len(in_order), CHUNK):
            progress = ImportProgress(source=SOURCE)
            with self._store.begin() as work:
                take_in(work, self._context, in_order[start : start + CHUNK], progress, live=self._live)

    def _end(self) -> None:
        """Cases of the past are settled, and what nobody may keep any more is forgotten."""
        now, is_more = self._clock.now(), True
        while is_more:
            with self._store.begin() as work:
                is_more = settle_some(work, self._context, now=now, most=CHUNK)
        with self._store.begin() as work:
            forget_old(work, self._context, now=now)
            work.imports.give_up()
            began_at = datetime.fromisoformat(work.marks.all()[_BEGAN])
            seeded(work, SOURCE, heard_until=None if self._leaves_hole else began_at)


@asynccontextmanager
async def opened(
    settings: Settings,
    access: Access,
    *,
    clock: Clock,
    wait_until: Callable[[datetime], Awaitable[None]],
    notice: Callable[[Filled], None],
) -> AsyncIterator[tuple[Backfill, SqlStore]]:
    """Slack and the database, for us alone. Raises SlackRefused or DatabaseRefused."""
    async with aiohttp.ClientSession() as session:
        web = Web(access.bot, base_url=access.api, session=session, shadow=True)
        app = Web(access.app, base_url=access.api, session=session) if access.app else None
        identity = await introduce(web, app)
        with only_service_on(settings.database):
            store = open_own(settings.database, identity.team)
            try:
                store.hold_alone()
                reader = Reader(Paced(web, Pacer(), clock, wait_until))
                yield Backfill(store, reader, context_of(settings), clock, notice), store
            finally:
                store.close()


def _is_known_only_before(work: Work, oldest: str) -> bool:
    """Whether what was heard, or taken in, ends before that ts."""
    heard_until = work.marks.get(ALIVE)
    return heard_until is not None and datetime.fromisoformat(heard_until).timestamp() < float(oldest)


def _readable(page: Page, read: Callable[[Mapping[str, Any]], Any]) -> Iterator[Any]:
    """What is malformed is left out."""
    for each in page:
        try:
            yield read(each)
        except Malformed:
            continue
