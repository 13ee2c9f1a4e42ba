"""Which messages of a channel or of a thread are shown: never more than 200 of them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.sandbox.minting import micros_of, ts_of
from scheduler.sandbox.page.viewer import Viewer
from scheduler.sandbox.state import Channel, Ephemeral, Message
from scheduler.sandbox.world import World

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Oldest first. `older` is the `ts` to look further back from, None at the beginning."""

    messages: Sequence[Message]
    older: str | None


def in_channel(world: World, channel: Channel, before: str) -> Stretch:
    """The last messages, or the last ones before a `ts`."""
    end = bisect_left(channel.timeline, _micros(before)) if before else len(channel.timeline)
    first = max(0, end - MOST)
    found = [channel.messages[ts_of(micros)] for micros in channel.timeline[first:end]]
    shown = [message for message in found if world.is_visible(message)]
    return Stretch(messages=shown, older=found[0].ts if first and found else None)


def in_thread(world: World, channel: Channel, root: Message) -> Stretch:
    """The root, and the last of its replies."""
    replies = [channel.messages[ts] for ts in root.replies[-MOST:]]
    return Stretch(messages=[root, *(found for found in replies if world.is_visible(found))], older=None)


def root_of(channel: Channel, ts: str) -> Message | None:
    """The root of the thread that this `ts` stands in."""
    found = channel.messages.get(ts)
    return channel.messages.get(found.thread_ts or found.ts, found) if found else None


def for_you_alone(world: World, viewer: Viewer, *, since: str, thread: str) -> Iterator[Ephemeral]:
    """What only this member sees here."""
    for one in world.ephemerals:
        is_mine = one.user == viewer.member and one.channel == viewer.place
        if is_mine and (one.thread_ts or "") == thread and one.ts >= since:
            yield one


def _micros(ts: str) -> int:
    try:
        return micros_of(ts)
    except ValueError:
        return 0
