"""conversations.history and conversations.replies.

Source: https://docs.slack.dev/reference/methods/conversations.history
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from scheduler.sandbox.arguments import Arguments
from scheduler.sandbox.methods.scopes import conversation
from scheduler.sandbox.minting import micros_of, ts_of
from scheduler.sandbox.paging import opened, page_of, sealed
from scheduler.sandbox.refusals import Json, Refused
from scheduler.sandbox.shapes.messages import in_history
from scheduler.sandbox.state import Channel, Message
from scheduler.sandbox.world import World

_END = 10**18


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """From `oldest` to `latest`, in microseconds, both included."""

    oldest: int
    latest: int


def history(world: World, arguments: Arguments) -> Json:
    """Newest first; replies stand under their root, not here."""
    channel = _readable(world, arguments)
    span, limit = _span(arguments), arguments.limit(100, most=world.most_per_history_page)
    if arguments.text("cursor"):
        span = _Span(oldest=span.oldest, latest=int(opened("next_ts", arguments.text("cursor"))))
    found = list(islice(_newest_first(world, channel, span), limit + 1))
    told = [_told(world, channel, message, arguments) for message in found[:limit]]
    answer: Json = {"messages": told, "has_more": len(found) > limit, "pin_count": 0}
    if arguments.text("latest"):
        answer["latest"] = arguments.text("latest")
    if arguments.text("oldest"):
        answer["oldest"] = arguments.text("oldest")
    if len(found) > limit:
        answer["response_metadata"] = {"next_cursor": sealed("next_ts", micros_of(found[limit].ts))}
    return answer


def replies(world: World, arguments: Arguments) -> Json:
    """The root first, on every page, then its replies, oldest first."""
    channel = _readable(world, arguments)
    asked = world.message(channel, arguments.text("ts"), "thread_not_found")
    root = world.message(channel, asked.thread_ts or asked.ts, "thread_not_found")
    span = _span(arguments)
    answers = [
        ts
        for ts in root.replies
        if world.is_visible(channel.messages[ts]) and span.oldest <= micros_of(ts) <= span.latest
    ]
    limit = arguments.limit(1000, most=world.most_per_history_page)
    page = page_of("next_ts", answers, cursor=arguments.text("cursor"), limit=limit)
    messages = [root, *(channel.messages[ts] for ts in page.keys)]
    told = [_told(world, channel, message, arguments) for message in messages]
    answer: Json = {"messages": told, "has_more": bool(page.next_cursor)}
    return answer | ({"response_metadata": {"next_cursor": page.next_cursor}} if page.next_cursor else {})


def _readable(world: World, arguments: Arguments) -> Channel:
    channel = conversation(world, arguments, to="history")
    if not world.hears(channel):
        raise Refused("not_in_channel")
    return channel


def _told(world: World, channel: Channel, message: Message, arguments: Arguments) -> Json:
    return in_history(world, channel, message, all_metadata=arguments.flag("include_all_metadata"))


def _newest_first(world: World, channel: Channel, span: _Span) -> Iterator[Message]:
    line = channel.timeline
    first, end = bisect_left(line, span.oldest), bisect_right(line, span.latest)
    for place in range(end - 1, first - 1, -1):
        message = channel.messages[ts_of(line[place])]
        if world.is_visible(message):
            yield message


def _span(arguments: Arguments) -> _Span:
    """Both ends are left out unless `inclusive` is true."""
    edge = 0 if arguments.flag("inclusive") else 1
    oldest, latest = arguments.text("oldest"), arguments.text("latest")
    return _Span(
        oldest=_micros(oldest, "invalid_ts_oldest") + edge if oldest else 0,
        latest=_micros(latest, "invalid_ts_latest") - edge if latest else _END,
    )


def _micros(ts: str, error: str) -> int:
    try:
        return micros_of(ts)
    except ValueError:
        raise Refused(error) from None
