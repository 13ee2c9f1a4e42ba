"""Acts on what Slack tells about channels and about the app itself, as far as the service has to act."""

from collections.abc import Callable, Mapping
from functools import partial

from scheduler.actions.context import Context
from scheduler.actions.folding import fold
from scheduler.clock import Clock
from scheduler.live.unwatched import Unwatched, must_read
from scheduler.live.writer import Writer
from scheduler.ports import Work
from scheduler.slack.events import Malformed, Notice
from scheduler.slack.events import channels as channel_objects
from scheduler.slack.events.notices import ChannelAppeared, ChannelArchived, SomebodyCame, SomebodyLeft
from scheduler.slack.paced import ReadRefused
from scheduler.slack.reader import Reader


class ChannelNews:
    """What is done about new and archived channels, and those that the app comes into or has to leave.

    All of it can be lost when the process ends just then: a catch-up finds the same out from Slack's lists.
    """

    def __init__(
        self,
        reader: Reader,
        writer: Writer,
        clock: Clock,
        context: Callable[[], Context],
        unwatched: Unwatched,
        *,
        app: str,
    ) -> None:
        """`app`: who we are among the members."""
        self._reader = reader
        self._writer = writer
        self._clock = clock
        self._context = context
        self._unwatched = unwatched
        self._app = app

    async def act(self, notice: Notice) -> bool:
        """Whether we are in a channel that is to be read. Raises ReadRefused when Slack refuses the app."""
        match notice:
            case ChannelAppeared(channel):
                return await self._appeared(channel)
            case ChannelArchived(channel):
                await self._look_at(channel)
            case SomebodyCame(channel, self._app):
                await self._look_at(channel)  # of a private one nothing was known before
                await self._writer.do(lambda work: must_read(work, channel))
                return True
            case SomebodyLeft(channel, self._app):
                await self._writer.do(lambda work: must_read(work, channel))
        return False

    async def _appeared(self, channel: str) -> bool:
        """Slack tells late, too: we may have come in since, or it may be gone."""
        found = await self._look_at(channel)
        is_past = found.get("is_member") is True or found.get("is_archived") is True
        return not is_past and await self._unwatched.meet(channel)

    async def _look_at(self, channel: str) -> Mapping[str, object]:
        """The event may tell no name: the channel is asked for. Gives what may be known of it, or nothing.

        Where nobody answers, the next list of channels tells.
        """
        try:
            found = await self._reader.channel(channel)
        except ReadRefused as refusal:
            if refusal.app_is_broken:
                raise
            return {}
        await self._writer.do(partial(self._describe, found))
        return found

    def _describe(self, found: Mapping[str, object], work: Work) -> None:
        now = self._clock.now()
        try:
            fact = channel_objects.described(work.team, found, now)
        except Malformed:
            return
        fold(fact, work, self._context(), now=now)
