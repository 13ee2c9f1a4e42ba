"""Public channels that nobody watches, since the app is not in them: it joins, or the admins are told."""

from collections.abc import Callable

import structlog

from scheduler.actions.context import Context
from scheduler.live.writer import Writer
from scheduler.model.marks import HEARD
from scheduler.ports import Work
from scheduler.settings import NewChannels
from scheduler.slack.paced import Paced, ReadRefused

#: Tells the admins of a channel that nobody watches; of each once.
Tell = Callable[[Work, Context, str], None]

_log = structlog.get_logger()


class Unwatched:
    """What the config wants to be done about them."""

    def __init__(self, slack: Paced, writer: Writer, context: Callable[[], Context], tell: Tell) -> None:
        self._slack = slack
        self._writer = writer
        self._context = context
        self._tell = tell

    async def meet(self, channel: str) -> bool:
        """Whether the app joined it, and has still to read it. Doing it again changes nothing.

        Raises ReadRefused when Slack refuses the app.
        """
        context = self._context()
        if context.settings.service.new_channels is NewChannels.JOIN and await self._join(channel):
            await self._writer.do(lambda work: must_read(work, channel))
            return True
        _log.info("channel_unwatched", channel=channel)
        await self._writer.do(lambda work: self._tell(work, context, channel))
        return False

    async def _join(self, channel: str) -> bool:
        try:
            await self._slack.call("conversations.join", channel=channel)
        except ReadRefused as refusal:
            if refusal.app_is_broken:
                raise
            _log.warning("channel_not_joined", channel=channel, code=refusal.code)
            return False
        _log.info("channel_joined", channel=channel)
        return True


def must_read(work: Work, channel: str) -> None:
    """What is written in this channel before we are in it, or before we are in it again, nobody hears."""
    work.marks.put(HEARD + channel, "")
