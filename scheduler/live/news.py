"""Acts on what Slack tells about channels and about the app itself, as far as the service has to act."""

from collections.abc import Callable, Mapping
from functools import partial

import structlog

from scheduler.actions.context import Context
from scheduler.actions.folding import fold
from scheduler.clock import Clock
from scheduler.live.catchup import must_read
from scheduler.live.writer import Writer
from scheduler.ports import Work
from scheduler.settings import NewChannels
from scheduler.slack.client import Answered, Web
from scheduler.slack.events import Malformed, Notice
from scheduler.slack.events import channels as channel_objects
from scheduler.slack.events.notices import ChannelAppeared, ChannelArchived, SomebodyCame

_log = structlog.get_logger()


#: Tells the admins of a channel that nobody watches.
Tell = Callable[[Work, Context, str], None]


class ChannelNews:
    """What is done about new and archived channels, and those that the app comes into."""

    def __init__(
        self,
        web: Web,
        writer: Writer,
        clock: Clock,
        context: Callable[[], Context],
        tell: Tell,
        *,
        app: str,
        came_in: Callable[[], None],
    ) -> None:
        """`app`: who we are among the members. `came_in` is called once a channel is to be read back."""
        self._web = web
        self._writer = writer
        self._clock = clock
        self._context = context
        self._tell = tell
        self._app = app
        self._came_in = came_in

    async def act(self, notice: Notice) -> None:
        match notice:
            case ChannelAppeared(channel):
                await self._appeared(channel)
            case ChannelArchived(channel):
                await self._look_at(channel)
            case SomebodyCame(channel, member) if member == self._app:
                await self._look_at(channel)  # of a private one nothing was known before
                await self._read_later(channel)

    async def _appeared(self, channel: str) -> None:
        """Nobody watches it until the app is in it. Slack tells late, too: we may have come in since."""
        if await self._look_at(channel):
            return
        if self._context().settings.service.new_channels is NewChannels.JOIN:
            answer = await self._web.call("conversations.join", channel=channel)
            if isinstance(answer, Answered):
                _log.info("channel_joined", channel=channel)
                await self._read_later(channel)
                return
            _log.warning("channel_not_joined", channel=channel, code=getattr(answer, "code", ""))
        await self._writer.do(lambda work: self._tell(work, self._context(), channel))

    async def _read_later(self, channel: str) -> None:
        await self._writer.do(lambda work: must_read(work, channel))
        self._came_in()

    async def _look_at(self, channel: str) -> bool:
        """The event may tell no name: the channel is asked for. Gives whether the app is in it."""
        answer = await self._web.call("conversations.info", channel=channel)
        found = answer.data.get("channel") if isinstance(answer, Answered) else None
        if isinstance(found, Mapping):
            await self._writer.do(partial(self._describe, found))
            return found.get("is_member") is True
        return False

    def _describe(self, found: Mapping[str, object], work: Work) -> None:
        now = self._clock.now()
        try:
            fact = channel_objects.described(work.team, found, now)
        except Malformed:
            return
        fold(fact, work, self._context(), now=now)
