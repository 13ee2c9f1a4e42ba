"""Slack's lists, read and taken in: members, channels, the user group of ambassadors."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from scheduler.actions.context import Context
from scheduler.clock import Clock
from scheduler.live.retold import Retold
from scheduler.live.writer import Writer
from scheduler.model.facts import ChannelDescribed, GroupListed, JoinSource, MemberTraced
from scheduler.model.marks import MEMBERS_SYNCED
from scheduler.ports import Work
from scheduler.slack.events import Malformed
from scheduler.slack.events import channels as channel_objects
from scheduler.slack.events import groups as group_objects
from scheduler.slack.events import people as member_objects
from scheduler.slack.events.fields import Fields, maybe_seconds
from scheduler.slack.paced import ReadRefused
from scheduler.slack.reader import Page, Reader

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A channel in Slack's list. `joinable_since`: when it was made, if it is public and we are not in it."""

    channel: str
    is_ours: bool
    joinable_since: datetime | None


class Lists:
    """What changed since they were last read is folded."""

    def __init__(
        self, writer: Writer, reader: Reader, clock: Clock, context: Callable[[], Context], retold: Retold
    ) -> None:
        self._writer = writer
        self._reader = reader
        self._clock = clock
        self._context = context
        self._retold = retold

    async def read_members(self, team: str, *, first: bool) -> None:
        """Who is new between two complete lists joined in between; of the first, nobody knows since when."""
        now = self._clock.now()
        source = JoinSource.FIRST_SEEN if first else JoinSource.SYNC_WINDOW
        async for page in self._reader.members():
            facts = [*_readable(page, lambda user: member_objects.described(team, user, now))]
            known = await self._writer.do(partial(_known, [fact.member for fact in facts]))
            new = [
                MemberTraced(team=team, member=fact.member, at=now, source=source)
                for fact in facts
                if fact.member not in known
            ]
            await self._retold.fold([*facts, *new])
        await self._writer.do(lambda work: work.marks.put(MEMBERS_SYNCED, now.isoformat()))

    async def read_channels(self, team: str) -> list[Listed]:
        """Takes in what they are called, and which are archived."""
        listed = list[Listed]()
        async for told in self._channels(team):
            await self._retold.fold([fact for fact, _ in told])
            listed += [each for _, each in told]
        return listed

    async def see_channels(self, team: str) -> list[str]:
        """Those that we are in; nothing is written down."""
        return [each.channel async for told in self._channels(team) for _, each in told if each.is_ours]

    async def _channels(self, team: str) -> AsyncIterator[list[tuple[ChannelDescribed, Listed]]]:
        now = self._clock.now()
        async for page in self._reader.channels():
            yield [*_readable(page, lambda each: _channel(team, each, now))]

    async def see_group(self, team: str) -> GroupListed | None:
        """The user group that the config names, as it is now; nothing is written down."""
        name, now = self._context().settings.ambassadors.group, self._clock.now()
        found = await self._reader.group(name) if name else None
        return group_objects.listed(team, found, now) if found else None

    async def read_group(self, team: str) -> GroupListed | str | None:
        """Takes in who is in it. When it cannot be read, what is known of it stays: gives the reason."""
        try:
            group = await self.see_group(team)
        except ReadRefused as refusal:
            if not refusal.is_final and refusal.code != "missing_scope":
                raise
            return refusal.code
        except Malformed:
            return "malformed"
        if group:
            await self._retold.fold([group])
        return group


def _channel(team: str, told: Fields, now: datetime) -> tuple[ChannelDescribed, Listed]:
    fact = channel_objects.described(team, told, now)
    is_in, is_public = told.get("is_member") is True, told.get("is_private") is not True
    is_joinable = is_public and not (is_in or fact.is_archived)
    listed = Listed(
        channel=fact.channel,
        is_ours=is_in and not fact.is_archived,
        joinable_since=maybe_seconds(told, "created") if is_joinable else None,
    )
    return fact, listed


def _readable(page: Page, read: Callable[[Fields], T]) -> Iterator[T]:
    """What can be read of a page; what is malformed is left out."""
    for each in page:
        try:
            yield read(each)
        except Malformed:
            continue


def _known(members: Sequence[str], work: Work) -> frozenset[str]:
    """Those of whom it is known since when they are here, or were seen."""
    return frozenset(member for member in members if work.members.get(member).joined_at)
