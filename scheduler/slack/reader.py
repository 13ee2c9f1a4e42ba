"""Reads what stands in Slack: members, channels, what was written. Paced, page by page; changes nothing."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from scheduler.slack.client import next_cursor
from scheduler.slack.paced import Paced, ReadRefused

Page = tuple[Mapping[str, Any], ...]

_MEMBERS = 1000  #: Slack asks for at most that many at once, and wants a limit in any case.
_CHANNELS = 1000
_MESSAGES = 200
#: Apps that are sold to many get so few messages a call, and one call a minute.
_RESTRICTED = 15


class Reader:
    """Reads one workspace. `is_restricted` once Slack was seen to give only 15 messages a call."""

    def __init__(self, slack: Paced) -> None:
        self._slack = slack
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

    async def channel(self, channel: str) -> Mapping[str, Any]:
        """Raises ReadRefused."""
        data = await self._slack.call("conversations.info", channel=channel)
        found = data.get("channel")
        return found if isinstance(found, Mapping) else {}

    async def group(self, group: str) -> Mapping[str, Any] | None:
        """The user group, with its members; None when there is none of that id. Raises ReadRefused."""
        data = await self._slack.call("usergroups.list", include_users=True, include_disabled=True)
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
            data = await self._slack.call(method, **arguments, **({"cursor": cursor} if cursor else {}))
            found = data.get(name)
            page = (
                tuple(each for each in found if isinstance(each, Mapping)) if isinstance(found, list) else ()
            )
            before, cursor = cursor, next_cursor(data)
            if arguments.get("limit") == _MESSAGES and cursor and len(page) <= _RESTRICTED:
                self.is_restricted = True
            yield page
            if cursor in {"", before}:  # the same one again would lead to this page for ever
                return
