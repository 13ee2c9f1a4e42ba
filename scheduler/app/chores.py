"""What the service does again and again by the real clock, and what its failures lead to.

When each is done stands in ticking and in loops.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from scheduler.actions.noticing import tell_refused
from scheduler.app.seen import Seen
from scheduler.app.service import Service
from scheduler.clock import Clock
from scheduler.live.catchup import CaughtUp
from scheduler.model.facts import GroupListed
from scheduler.model.marks import ALIVE
from scheduler.ports import Work
from scheduler.slack.client import Answered
from scheduler.slack.events import Notice
from scheduler.slack.events.notices import AccessLost, ChannelArchived, SomebodyCame
from scheduler.slack.paced import ReadRefused

_log = structlog.get_logger()


class Chores:
    """One method for each loop. The service has arrived."""

    def __init__(self, service: Service, seen: Seen, clock: Clock) -> None:
        self._service = service
        self._missed = service.missed
        self._seen = seen
        self._clock = clock
        #: We came into channels, and what stood there before is still to be read.
        self.has_come_in = False
        self._app = service.identity.user if service.identity else ""

    @property
    def is_behind(self) -> bool:
        """Something that was missed is still to be read: an answered post may look unanswered."""
        is_reading = self._missed.is_catching_up and not self._missed.gives_way
        return is_reading or (self._missed.gap and not self._seen.refused_code)

    @property
    def has_notices(self) -> bool:
        return bool(self._service.notices)

    async def take_in(self) -> None:
        await self._service.take_in(plans=not self.is_behind)

    async def bring_out(self) -> None:
        """Not while Slack refuses the app: what was planned waits."""
        if not self.is_behind and not self._seen.refused_code:
            await self._service.bring_out()

    async def act(self) -> None:
        """On what Slack told of channels and of the app."""
        notices = self._service.notices
        while notices:
            try:
                await self._act(notices[0])
            except ReadRefused as refusal:  # once that is mended, all is read back
                await self._lose_access(refusal.code)
            notices.popleft()

    async def _act(self, notice: Notice) -> None:
        match notice:
            case AccessLost(uninstalled):
                await self._lose_access("app_uninstalled" if uninstalled else "token_revoked")
            case _:
                if await self._service.act(notice):
                    self.has_come_in = True
                self._note_opening(notice)

    async def catch_up(self) -> None:
        """After an attempt that failed, all over again; where nothing was missed, only new channels."""
        missed = self._missed
        if missed.gap and await missed.has_heard_all():
            _log.info("nothing_missed")
        self.has_come_in = False
        is_missing = missed.gap or missed.is_catching_up
        await self._read_back(missed.catch_up if is_missing else missed.read_new_channels)

    async def _read_back(self, read: Callable[[], Awaitable[CaughtUp]]) -> None:
        began_at = self._clock.now()
        _log.info("catching_up")
        try:
            done = await read()
        except ReadRefused as refusal:
            if not refusal.app_is_broken:
                raise
            self._missed.gap = True
            await self._lose_access(refusal.code)
            self._missed.is_catching_up = False  # it goes on with what is known
            return
        for channel, code in done.unread.items():
            _log.warning("channel_not_read", channel=channel, code=code)
        _log_group(done)
        seconds = round((self._clock.now() - began_at).total_seconds(), 1)
        _log.info("caught_up", count=done.facts, seconds=seconds)
        if done.restricted:
            _log.warning("history_restricted")

    async def keep_mark(self) -> None:
        """Up to here everything was heard, and acted on: a restart reads on from here.

        While Slack refuses the app it tells nothing, however well the connection is.
        """
        service, ear = self._service, self._service.ear
        uncertain_for = ear.uncertain_for if ear else None
        is_missing = self._missed.is_catching_up or self._missed.gap or service.notices
        if is_missing or self._seen.refused_code or uncertain_for is None:
            return
        heard_until = self._clock.now() - timedelta(seconds=uncertain_for)
        await service.keeper.writer.do(lambda work: _mark_alive(work, heard_until))

    async def ask_slack(self) -> None:
        """Whether it takes the app again."""
        if isinstance(await self._service.web.call("auth.test"), Answered):
            self._seen.taken_again()
            self._missed.gap = True

    async def _lose_access(self, code: str) -> None:
        """The admins are told as soon as Slack lets us."""
        self._seen.refused(code)
        context, now = self._service.context, self._clock.now()
        await self._service.ask(lambda work: tell_refused(work, context, code, now=now))

    def _note_opening(self, notice: Notice) -> None:
        """A channel that took nothing may take something again: the next attempt tells."""
        match notice:
            case SomebodyCame(channel, self._app) | ChannelArchived(channel, archived=False):
                self._seen.closed.pop(channel, None)


def _log_group(done: CaughtUp) -> None:
    """Ambassadors that nobody can find any more are worth a line."""
    match done.group:
        case str(code):
            _log.warning("group_not_read", code=code)
        case GroupListed(members=()):
            _log.warning("group_empty")
        case GroupListed(members=members):
            _log.info("group_read", count=len(members))


def _mark_alive(work: Work, heard_until: datetime) -> None:
    if work.inbox.waiting_since() is None:
        work.marks.put(ALIVE, heard_until.isoformat())
