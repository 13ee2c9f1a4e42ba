"""The list at the side: channels, the app, and what the app sent to whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from scheduler.pages import slack_to_html
from scheduler.sandbox.minting import micros_of
from scheduler.sandbox.page.names import called, channel_name, member_name
from scheduler.sandbox.page.times import Times
from scheduler.sandbox.page.viewer import Viewer, channels_of, is_person
from scheduler.sandbox.received import Call
from scheduler.sandbox.state import Channel, Message
from scheduler.sandbox.world import World

_SENT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A channel as one line."""

    id: str
    name: str
    url: str
    is_here: bool
    is_private: bool
    is_joined: bool
    is_unread: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message that the app sent: to whom, when, how it begins, and where it can be read."""

    to: str
    when: str
    words: str
    url: str


class Reading:
    """What each member has read. What was there before the page counts as read."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, str], int] = {}
        self.since = 0

    def read(self, member: str, channel: Channel) -> None:
        self._read[member, channel.id] = _newest(channel)

    def is_unread(self, member: str, channel: Channel) -> bool:
        return _newest(channel) > self._read.get((member, channel.id), self.since)


def rooms(world: World, viewer: Viewer, reading: Reading) -> list[Room]:
    """All that this member can see, in the workspace's order."""
    return [
        Room(
            id=channel.id,
            name=channel_name(world, channel),
            url=viewer.at(channel.id),
            is_here=viewer.place == channel.id,
            is_private=channel.is_private,
            is_joined=channel.is_im or viewer.member in channel.members,
            is_unread=viewer.member in channel.members and reading.is_unread(viewer.member, channel),
        )
        for channel in channels_of(world, viewer.member)
    ]


def sent(world: World, calls: list[Call], viewer: Viewer, times: Times) -> list[Sent]:
    """The last ones, newest first; a message that was changed since is told as it stands now."""
    return list(islice(_sent(world, calls, viewer, times), _SENT))


def _sent(world: World, calls: list[Call], viewer: Viewer, times: Times) -> Iterator[Sent]:
    for call in reversed(calls):
        if call.method == "chat.postMessage" and call.took_effect and call.answer:
            channel = world.channels.get(str(call.answer["channel"]))
            message = channel.messages.get(str(call.answer["ts"])) if channel else None
            if channel and message and not channel.is_private:
                yield _line(world, channel, message, viewer, times)


def _line(world: World, channel: Channel, message: Message, viewer: Viewer, times: Times) -> Sent:
    is_direct = channel.with_user is not None and is_person(world.members[channel.with_user])
    reader = channel.with_user if is_direct and channel.with_user else viewer.member
    place = viewer.url(member=reader, place=channel.id, thread="", before="")
    words = slack_to_html(message.text, called(world, viewer)).striptags()
    name = member_name(world, channel.with_user) if channel.with_user else f"#{channel.name}"
    when = times.brief(times.of(message.ts), world.now())
    return Sent(to=name, when=when, words=words[:60], url=f"{place}#m-{message.ts}")


def _newest(channel: Channel) -> int:
    newest = max(channel.messages, default="")
    return max(channel.timeline[-1] if channel.timeline else 0, micros_of(newest) if newest else 0)
