"""Reads what stands in Slack: members, channels, what was written. Paced, page by page; changes nothing."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from scheduler.clock import Clock
from scheduler.model.deliveries import NotSent, Refused
from scheduler.slack.client import Answered, Web, next_cursor
from scheduler.slack.pacer import Call, Pacer

Page = tuple[Mapping[str, Any], ...]

_MEMBERS = 1000  #: Slack asks for at most that many at once, and wants a limit in any case.
_CHANNELS = 1000
_MESSAGES = 200
#: Apps that are sold to many get so few messages a call, and one call a minute.
_RESTRICTED = 15
_TRIES = 5
_SOON = timedelta(seconds=5)


class ReadRefused(Exception):
    """Slack does not let us read this; `code` is its own word for why.

    `is_final`: asking again would give the same. `app_is_broken`: nor may anything else be read now. Neither:
    nobody answered.
    """

    def __init__(self, code: str, *, is_final: bool = False, app_is_broken: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.is_final = is_final
        self.app_is_broken = app_is_broken


class Reader:
    """Reads one workspace. `is_restricted` once Slack was seen to give only 15 messages a call."""

    def __init__(
        self, web: Web, pacer: Pacer, clock: Clock, wait_until: Callable[[datetime], Awaitable[None]]
    ) -> None:
        self._web = web
        self._pacer = pacer
        self._clock = clock
        self._wait_until = wait_until
        self.is_restricted = False

    def members(self) -> AsyncIterator[Page]:
        return self._pages("users.list", "members", limit=_MEMBERS, include_locale=True)

    async def channels(self) -> AsyncIterator[Page]:
        """The public ones, and the private ones that we are in, where the app may know of those."""
        try:
            async for page in self._channels("public_channel,private_channel"):
                yield page
        except ReadRefused as refusal:
            if refusal.code != "missing_scope":
                raise
            async for page in self._channels("public_channel"):
                yield page

    def _channels(self, types: str) -> AsyncIterator[Page]:
        return self._pages("conversations.list", "channels", limit=_CHANNELS, types=types)

    async def group(self, group: str) -> Mapping[str, Any] | None:
        """The user group, with its members; None when there is none of that id. Raises ReadRefused."""
        data = await self._get("usergroups.list", include_users=True, include_disabled=True)
        found = data.get("usergroups")
        groups = (each for each in (found if isinstance(found, list) else ()) if isinstance(each, Mapping))
        return next((each for each in groups if each.get("id") == group), None)

    def history(self, channel: str, *, oldest: str, latest: str | None = None) -> AsyncIterator[Page]:
        """What was written in a channel since `oldest` (a ts), and before `latest`; the latest first."""
        until = {"latest": latest} if latest else {}
        return self._pages(
            "conversations.history", "messages", channel=channel, oldest=oldest, limit=_MESSAGES, **until
        )

    def replies(self, channel: str, ts: str, *, oldest: str = "0") -> AsyncIterator[Page]:
        """The post and its replies since `oldest`, the oldest first."""
        return self._pages(
            "conversations.replies", "messages", channel=channel, ts=ts, oldest=oldest, limit=_MESSAGES
        )

    async def _pages(self, method: str, name: str, **arguments: object) -> AsyncIterator[Page]:
        cursor = ""
        while True:
            data = await self._get(method, **arguments, **({"cursor": cursor} if cursor else {}))
            found = data.get(name)
            page = (
                tuple(each for each in found if isinstance(each, Mapping)) if isinstance(found, list) else ()
            )
            cursor = next_cursor(data)
            if arguments.get("limit") == _MESSAGES and cursor and len(page) <= _RESTRICTED:
                self.is_restricted = True
            yield page
            if not cursor:
                return

    async def _get(self, method: str, **arguments: object) -> Mapping[str, Any]:
        """Waits and tries again while Slack asks for it, or does not answer. Raises ReadRefused."""
        code = "no_answer"
        for attempt in range(_TRIES):
            answer = await self._paced(method, **arguments)
            if isinstance(answer, Answered):
                return answer.data
            if isinstance(answer, Refused):
                broken = answer.app_is_broken
                raise ReadRefused(answer.code, is_final=not broken, app_is_broken=broken)
            code = getattr(answer, "code", code)
            wait = answer.retry_after if isinstance(answer, NotSent) else _SOON * 2**attempt
            self._pacer.stop(method, until=self._clock.now() + wait)
        raise ReadRefused(code)

    async def _paced(self, method: str, **arguments: object) -> object:
        call = Call(method=method)
        while (earliest := self._pacer.earliest(call, now=self._clock.now())) > self._clock.now():
            await self._wait_until(earliest)
        self._pacer.made(call, now=self._clock.now())
        return await self._web.call(method, **arguments)
