"""The workspace: who and what is there, what time it is, and whom to tell when something happens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from scheduler.clock import Clock
from scheduler.sandbox.bell import Bell
from scheduler.sandbox.minting import Minting, seconds_at
from scheduler.sandbox.refusals import Json, Refused
from scheduler.sandbox.socketmode.tickets import Tickets
from scheduler.sandbox.state import Channel, Ephemeral, Member, Message, UserGroup, View
from scheduler.sandbox.tokens import Tokens
from scheduler.sandbox.triggers import Triggers


class World:
    """State without judgement. `tell` is called with each event that the app is to hear."""

    def __init__(self, *, clock: Clock, team: str, domain: str, bell: Bell) -> None:
        self.clock, self.team, self.domain, self.bell = clock, team, domain, bell
        self.minting, self.tokens, self.tickets = Minting(clock.now()), Tokens(), Tickets()
        self.triggers = Triggers()
        self.members: dict[str, Member] = {}
        self.channels: dict[str, Channel] = {}
        self.groups: dict[str, UserGroup] = {}
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.ephemerals: list[Ephemeral] = []
        self.tell: Callable[[Json], None] = _to_nobody
        self.app_id, self.bot_id, self.bot_user = "A0SANDBOX", "B0SANDBOX", "U0SANDBOX"
        self.http_base = self.socket_base = ""
        self.messages_tab_enabled = True
        self.limit_required = False
        self.most_per_history_page = 999
        self.late: timedelta | None = None
        self._past: datetime | None = None

    def now(self) -> datetime:
        return self._past or self.clock.now()

    def seconds(self) -> int:
        return seconds_at(self.now())

    @contextmanager
    def past(self, instant: datetime) -> Iterator[None]:
        """Inside, it is `instant`, and the app hears nothing: what was there before it was installed."""
        before, self._past = self._past, instant
        try:
            yield
        finally:
            self._past = before

    def say(self, event: Json) -> None:
        """Tells the app, unless it was not there yet."""
        if self._past is None:
            self.tell(event)
        self.bell.ring()

    def member(self, member: str, error: str = "user_not_found") -> Member:
        if member not in self.members:
            raise Refused(error)
        return self.members[member]

    def channel(self, channel: str) -> Channel:
        """Raises Refused(channel_not_found), also for a private channel that the app is not in."""
        found = self.channels.get(channel)
        if found is None or (found.is_private and not self.hears(found)):
            raise Refused("channel_not_found")
        return found

    def message(self, channel: Channel, ts: str, error: str = "message_not_found") -> Message:
        found = channel.messages.get(ts)
        if found is None or not self.is_visible(found):
            raise Refused(error)
        return found

    def is_visible(self, message: Message) -> bool:
        return message.visible_at is None or message.visible_at <= self.now()

    def hears(self, channel: Channel) -> bool:
        """Slack tells an app what happens only where the app is."""
        return self.bot_user in channel.members


def _to_nobody(event: Json) -> None:
    """Until somebody takes it."""
