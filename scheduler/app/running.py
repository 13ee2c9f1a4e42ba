"""The service's life by the real clock: what wakes which part of it, what failures lead to, and how it ends.

The parts do not wait for each other: events are taken in while Slack lets a message hang, and while an outage
is read back.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import IntEnum
from pathlib import Path

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.actions.context import Context
from scheduler.actions.noticing import tell_refused
from scheduler.app.reloading import ReloadRefused, load_again
from scheduler.app.seen import Seen
from scheduler.app.service import Service
from scheduler.app.telling import tell_of_channel, tell_of_refused_config
from scheduler.clock import Clock
from scheduler.live.loops import Loop
from scheduler.live.news import ChannelNews
from scheduler.live.status import Status
from scheduler.model.marks import ALIVE
from scheduler.ports import Work
from scheduler.slack.client import Answered
from scheduler.slack.connection import ConnectionLost
from scheduler.slack.events import Notice
from scheduler.slack.events.notices import AccessLost, EventsLost
from scheduler.slack.reader import ReadRefused
from scheduler.timetable import attach

_TICK = timedelta(seconds=1)
#: How far back a restart has to read at least, once all was well.
_ALIVE_EVERY = timedelta(seconds=30)
#: When no tick came for so long, the process or the machine slept.
_SLEPT = timedelta(seconds=60)
#: How often Slack is asked whether it takes our token again.
_ASK_AGAIN = timedelta(minutes=5)
#: Seconds of real time; together below the ten that a stop may take.
_FINISH_WITHIN = 5
_CANCEL_WITHIN = 0.5
_CLOSE_WITHIN = 3.5

_log = structlog.get_logger()


class Exit(IntEnum):
    """The process's exit code."""

    STOPPED = 0
    LOST = 1


class Running:
    """Lives from `live` on until it is told to stop, or the connection is lost for good."""

    def __init__(self, clock: Clock, *, config: Path | None = None) -> None:
        self._clock = clock
        self._config = config
        self.seen = Seen(clock)
        self._notices: deque[Notice] = deque()
        self.stopping = asyncio.Event()
        self._ticked_at: datetime | None = None
        self._marked_at: datetime | None = None
        self._asked_at: datetime | None = None
        self._take_in = Loop("take_in", self._do_take_in)
        self._bring_out = Loop("bring_out", self._do_bring_out)
        self._act = Loop("act", self._do_act)
        self._catch_up = Loop("catch_up", self._do_catch_up, longest_wait=300)
        self._keep_mark = Loop("keep_mark", self._do_keep_mark)
        self._ask_slack = Loop("ask_slack", self._do_ask_slack)
        self._reload = Loop("reload", self._do_reload)

    def came(self) -> None:
        """Something new stands in the inbox, or something was missed."""
        self._take_in.wake()

    def stop(self) -> None:
        self.stopping.set()

    def reload(self) -> None:
        self._reload.wake()

    async def live(self, service: Service) -> Exit:
        """Until it ends. The service has arrived; this closes it."""
        self._service = service
        self._news = ChannelNews(
            service.web, service.writer, self._clock, lambda: service.context, self._tell_of_channel
        )
        ticker = AsyncIOScheduler()
        attach(ticker, _in_this_loop(self._tick), every=_TICK)
        ticker.start()
        tasks = {each: asyncio.create_task(each.run()) for each in self._loops()}
        self._catch_up.wake()
        try:
            return await self._until_the_end()
        finally:
            ticker.shutdown(wait=False)
            await self._end(tasks)

    def _loops(self) -> tuple[Loop, ...]:
        quick = (self._act, self._keep_mark, self._ask_slack, self._reload)
        return (self._take_in, self._bring_out, self._catch_up, *quick)

    async def _until_the_end(self) -> Exit:
        stopping = asyncio.create_task(self.stopping.wait())
        listening = self._service.listening
        try:
            await asyncio.wait((stopping, listening), return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
        if self.stopping.is_set():
            return Exit.STOPPED
        error = listening.exception()
        _log.error("connection_lost", exc_info=None if isinstance(error, ConnectionLost) else error)
        return Exit.LOST

    async def _end(self, tasks: dict[Loop, asyncio.Task[None]]) -> None:
        """What is on its way is finished, then everything is closed; neither may take long."""
        self._service.stop()
        for loop, task in tasks.items():
            loop.stop()  # asyncio.wait_for may swallow a cancellation
            if loop is not self._bring_out:
                task.cancel()
        await asyncio.wait((tasks[self._bring_out],), timeout=_FINISH_WITHIN)
        tasks[self._bring_out].cancel()
        await asyncio.wait(tasks.values(), timeout=_CANCEL_WITHIN)
        try:
            await asyncio.wait_for(self._service.end(), _CLOSE_WITHIN)
        except TimeoutError:
            _log.warning("closed_hard")

    def _tick(self) -> None:
        """Once a second."""
        now = self._clock.now()
        if self._ticked_at and now - self._ticked_at > _SLEPT:
            self._service.gap = True
        self._ticked_at = now
        self._take_in.wake()
        if self._service.gap and not self._service.is_catching_up and not self.seen.refused_code:
            self._catch_up.wake()
        if self._is_time(self._marked_at, _ALIVE_EVERY, now):
            self._marked_at = now
            self._keep_mark.wake()
        if not self.seen.refused_code:
            self._asked_at = now
        elif self._is_time(self._asked_at, _ASK_AGAIN, now):
            self._asked_at = now
            self._ask_slack.wake()

    @staticmethod
    def _is_time(last: datetime | None, every: timedelta, now: datetime) -> bool:
        return last is None or abs(now - last) >= every

    async def _do_take_in(self) -> None:
        self._notices.extend(await self._service.take_in(plans=not self._is_behind()))
        if self._notices:
            self._act.wake()
        if not self._is_behind():
            self._bring_out.wake()

    async def _do_bring_out(self) -> None:
        """Not while Slack refuses the app: what was planned waits."""
        if not self._is_behind() and not self.seen.refused_code:
            await self._service.bring_out()

    def _is_behind(self) -> bool:
        """Something that was missed is still to be read: an answered post may look unanswered."""
        service = self._service
        return service.is_catching_up or (service.gap and not self.seen.refused_code)

    async def _do_act(self) -> None:
        while self._notices:
            match self._notices[0]:
                case AccessLost(uninstalled):
                    await self._lose_access("app_uninstalled" if uninstalled else "token_revoked")
                case EventsLost():
                    self._service.gap = True
                case notice:
                    await self._news.act(notice)
            self._notices.popleft()

    async def _do_catch_up(self) -> None:
        began_at = self._clock.now()
        _log.info("catching_up")
        try:
            done = await self._service.catch_up()
        except ReadRefused as refusal:
            self._service.gap = True
            if not refusal.app_is_broken:
                raise
            await self._lose_access(refusal.code)
            self._service.give_up_catching_up()
            return
        for channel, code in done.unread.items():
            _log.warning("channel_not_read", channel=channel, code=code)
        seconds = round((self._clock.now() - began_at).total_seconds(), 1)
        _log.info("caught_up", count=done.facts, seconds=seconds)
        if done.restricted:
            _log.warning("history_restricted")
        self._take_in.wake()

    async def _do_keep_mark(self) -> None:
        """Up to now everything was heard: a restart reads on from here."""
        service, connection = self._service, self._service.connection
        if service.is_catching_up or service.gap or connection is None or not connection.is_well:
            return
        now = self._clock.now()
        await service.ask(lambda work: _mark_alive(work, now))

    async def _do_ask_slack(self) -> None:
        if isinstance(await self._service.web.call("auth.test"), Answered):
            self.seen.taken_again()
            self._service.gap = True

    async def _do_reload(self) -> None:
        """All of the files, or nothing."""
        try:
            loaded = await asyncio.to_thread(load_again, self._config, self._service.loaded)
        except ReloadRefused as refused:
            await self._tell_refused(refused)
            return
        self._service.reload(loaded)
        _log.info("reloaded", key=loaded.settings.config_hash)

    async def _tell_refused(self, refused: ReloadRefused) -> None:
        for code, where in refused.told:
            _log.error("reload_refused", code=code, file=where)
        context, now = self._service.context, self._clock.now()
        await self._service.ask(lambda work: tell_of_refused_config(work, context, refused, now=now))

    async def _lose_access(self, code: str) -> None:
        """The admins are told as soon as Slack lets us."""
        self.seen.refused(code)
        context, now = self._service.context, self._clock.now()
        await self._service.ask(lambda work: tell_refused(work, context, code, now=now))

    def _tell_of_channel(self, work: Work, context: Context, channel: str) -> None:
        _log.info("new_channel", channel=channel)
        tell_of_channel(work, context, channel, now=self._clock.now())

    async def status(self) -> Status:
        """For whoever asks. Raises what the database raises."""
        loops = (self._take_in, self._bring_out, self._keep_mark)
        return await self.seen.status(self._service, fails_to_write=any(each.is_failing for each in loops))


def _in_this_loop(tick: Callable[[], None]) -> Callable[[], None]:
    """APScheduler calls what it calls in another thread."""
    loop = asyncio.get_running_loop()

    def call() -> None:
        loop.call_soon_threadsafe(tick)

    return call


def _mark_alive(work: Work, now: datetime) -> None:
    if work.inbox.waiting_since() is None:
        work.marks.put(ALIVE, now.isoformat())
