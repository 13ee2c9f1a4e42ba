"""Messages in time order → facts. Of all that grows with history, it keeps only who was seen before."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter

from scheduler.model.facts import (
    ChannelDescribed,
    Fact,
    JoinSource,
    MemberDescribed,
    MemberTraced,
    MessagePosted,
    Precision,
    StampAdded,
)
from scheduler.simulate.export.findings import Finding, Findings
from scheduler.simulate.export.lists import Channel, People, Person
from scheduler.simulate.export.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """What the lists of an export say."""

    team: str
    channels: Mapping[str, Channel]  #: by folder
    people: People


class Teller:
    """Tells each message as facts: before it the channels and members that were not met yet."""

    def __init__(self, community: Community, findings: Findings) -> None:
        self._team = community.team
        self._people = community.people
        self._findings = findings
        channels = {channel.id: channel for channel in community.channels.values()}
        self._names = {channel.id: channel.name for channel in channels.values()}
        dated = (channel for channel in channels.values() if channel.created_at)
        self._not_yet_created = deque(sorted(dated, key=attrgetter("created_at", "id")))
        self._met_channels: set[str] = set()
        self._met_members: set[str] = set()
        self._last_at: datetime | None = None

    def told(self, message: Message) -> Iterator[Fact]:
        """The facts of a message, and of what was new until then."""
        at = message.at
        self._last_at = max(at, self._last_at or at)
        yield from self._channels_until(message)
        yield from self._channel(message.channel, at)
        if message.author is not None:
            yield from self._member(message.author, message, at, JoinSource.EARLIEST_TRACE)
        if not message.is_trace:
            yield self._posted(message, at)

    def remaining_channels(self) -> Iterator[Fact]:
        """The channels in which nothing was written, and that were not created before the last message."""
        if self._last_at is None:
            return
        later = {channel.id for channel in self._not_yet_created}
        for channel_id in sorted(self._names.keys() - later):
            yield from self._channel(channel_id, self._last_at)
        for channel in self._not_yet_created:
            yield from self._channel(channel.id, datetime.fromtimestamp(channel.created_at, UTC))

    def stamps(self, message: Message) -> Iterator[Fact]:
        """A message's stamps, no later than the last message: an export does not say when they came."""
        if self._last_at is None or not message.stamps:
            return
        for stamp, member in message.stamps:
            yield from self._member(member, message, self._last_at, JoinSource.FIRST_SEEN)
            yield self._stamp(message, member, stamp, self._last_at)
        self._findings.count(Finding.UNDATED_STAMP, message.file, message.ts, times=len(message.stamps))

    def _channels_until(self, message: Message) -> Iterator[Fact]:
        waiting = self._not_yet_created
        while waiting and waiting[0].created_at * 1_000_000 <= message.micros:
            channel = waiting.popleft()
            yield from self._channel(channel.id, datetime.fromtimestamp(channel.created_at, UTC))

    def _channel(self, channel: str, at: datetime) -> Iterator[Fact]:
        if channel not in self._met_channels:
            self._met_channels.add(channel)
            # whether it is archived is known only as of today, like who is deactivated
            yield ChannelDescribed(team=self._team, channel=channel, at=at, name=self._names[channel])

    def _member(self, member: str, message: Message, at: datetime, source: JoinSource) -> Iterator[Fact]:
        if member in self._met_members:
            return
        self._met_members.add(member)
        yield MemberTraced(team=self._team, member=member, at=at, source=source)
        person = self._person(member, message)
        if person is not None:
            yield MemberDescribed(
                team=self._team,
                member=member,
                at=at,
                name=person.name,
                is_bot=person.is_bot,
                is_guest=person.is_guest,
                locale=person.locale,
            )

    def _person(self, member: str, message: Message) -> Person | None:
        listed = self._people.by_id.get(member)
        if listed is None and self._people.is_known:
            self._findings.count(Finding.UNLISTED_MEMBER, message.file, member)
        return listed or (message.profile if member == message.author else None)

    def _posted(self, message: Message, at: datetime) -> MessagePosted:
        author = self._people.by_id.get(message.author) if message.author else None
        return MessagePosted(
            team=self._team,
            channel=message.channel,
            ts=message.ts,
            at=at,
            author=message.author,
            text=message.text,
            shape=message.shape,
            thread_ts=message.thread_ts,
            is_bot=message.is_bot or (author is not None and author.is_bot),
        )

    def _stamp(self, message: Message, member: str, stamp: str, at: datetime) -> StampAdded:
        return StampAdded(
            team=self._team,
            channel=message.channel,
            ts=message.ts,
            at=at,
            member=member,
            stamp=stamp,
            precision=Precision.NO_LATER_THAN,
        )
