"""The stand-in as one object, for tests and for the demo.

async with Sandbox(clock=SteppingClock(start)) as sandbox:
    client = AsyncWebClient(token=sandbox.tokens.bot, base_url=sandbox.base_url)
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Self

from scheduler.clock import Clock
from scheduler.sandbox.bell import Bell
from scheduler.sandbox.breaking import Breaking
from scheduler.sandbox.events import Events
from scheduler.sandbox.faults import Faults
from scheduler.sandbox.gestures.channels import Channels
from scheduler.sandbox.gestures.groups import Groups
from scheduler.sandbox.gestures.people import People
from scheduler.sandbox.gestures.talk import Talk
from scheduler.sandbox.interactions.pressing import Interactions
from scheduler.sandbox.limits import Limits
from scheduler.sandbox.page import Page
from scheduler.sandbox.received import Call
from scheduler.sandbox.refusals import Json
from scheduler.sandbox.server import Server
from scheduler.sandbox.socketmode.delivery import Delivery
from scheduler.sandbox.socketmode.sockets import Sockets
from scheduler.sandbox.state import Member, Message
from scheduler.sandbox.webapi import WebApi
from scheduler.sandbox.world import World


class Sandbox:
    """A workspace with one app in it. Use it from the event loop's own thread only."""

    def __init__(
        self, *, clock: Clock, team: str = "T0SANDBOX", domain: str = "sandbox", port: int = 0
    ) -> None:
        self.bell = Bell()
        self.world = World(clock=clock, team=team, domain=domain, bell=self.bell)
        self.tokens, self.faults, self.limits = self.world.tokens, Faults(), Limits()
        self.delivery = Delivery(self.world)
        self.sockets = Sockets(self.delivery)
        self.events = Events(self.world, self.delivery, self.faults)
        self.world.tell = self.events.tell
        self.people, self.channels, self.groups = People(self.world), Channels(self.world), Groups(self.world)
        talk = self.talk = Talk(self.world, self.faults)
        self.post, self.edit, self.delete = talk.post, talk.edit, talk.delete
        self.react, self.unreact = talk.react, talk.unreact
        self.interactions = Interactions(self.world, self.delivery)
        self.breaking = Breaking(self.world, self.limits)
        self.web_api = WebApi(self.world, self.faults, self.limits, self.breaking)
        self.page = Page(self)
        self._server = Server(self, port=port)
        self._install()

    async def __aenter__(self) -> Self:
        await self._server.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.delivery.requests.stop()
        await self._server.stop()

    @property
    def base_url(self) -> str:
        """For the SDK's `base_url`; ends in a slash."""
        return f"{self.world.http_base}/api/"

    @property
    def app(self) -> str:
        """The app's own member id."""
        return self.world.bot_user

    @property
    def received(self) -> list[Call]:
        """Every call so far, in order."""
        return self.web_api.received

    def calls(self, method: str) -> list[Call]:
        return [call for call in self.received if call.method == method]

    def messages(self, channel: str) -> list[Message]:
        """Everything in a channel, replies too, oldest first. A member's id gives the app's DM with them."""
        found = self.world.channels.get(channel) or self.world.channels.get(f"D{channel}")
        return [found.messages[ts] for ts in sorted(found.messages)] if found else []

    @contextmanager
    def past(self, instant: datetime) -> Iterator[None]:
        """Inside, gestures happen at `instant` and are told to nobody: what was there before the app."""
        with self.world.past(instant):
            yield

    async def until(self, holds: Callable[[], object], *, seconds: float = 10.0) -> None:
        """Waits until `holds()` is true, looking again after whatever happens here. Raises NothingHappened.

        `seconds` are real, and only limit how long a failing test takes.
        """
        await self.bell.until(holds, seconds=seconds)

    def restrict_history(self) -> None:
        """From now on history and replies give 15 objects once a minute, as to apps that are sold to many."""
        self.limits.per_minute |= {"conversations.history": 1, "conversations.replies": 1}
        self.world.most_per_history_page = 15

    def _install(self) -> None:
        world = self.world
        app: Json = {"name": "ambassador", "real_name": "ambassador", "is_bot": True, "bot_id": world.bot_id}
        slackbot: Json = {"name": "slackbot", "real_name": "Slackbot"}
        for identity, about in ((world.bot_user, app), ("USLACKBOT", slackbot)):
            world.members[identity] = Member(id=identity, updated=world.seconds(), **about)
