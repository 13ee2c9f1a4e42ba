"""Looks for a message of ours in Slack by its mark: did it go out, although we never heard so?

History tells a mark only when it is asked for all metadata.
Source: https://docs.slack.dev/messaging/message-metadata/
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from scheduler.clock import Clock
from scheduler.model.deliveries import Delivery, NotSent, Unknown
from scheduler.model.lookups import Absent, Found, Lookup, NotKnown
from scheduler.model.messages import MessageKind, OutgoingMessage
from scheduler.slack.client import Answered, Web, next_cursor
from scheduler.slack.pacer import Call, Pacer

#: Slack's clock and ours may differ a little.
_MARGIN = timedelta(seconds=60)
_PAGE = 200
_PAGES = 5
#: Where Slack does not answer, nobody looks for the next message at once: each look could hang as well.
_SOON = timedelta(seconds=10)


class SlackFinder:
    """Implements `live.reconciling.Finder`. Keeps to the pace of all callers, and never waits for it."""

    def __init__(self, web: Web, pacer: Pacer, clock: Clock) -> None:
        self._web = web
        self._pacer = pacer
        self._clock = clock

    async def find(self, message: OutgoingMessage, *, since: datetime | None) -> Lookup:
        """Looks into the conversation that it went to, from shortly before the attempt on, or before `since`.

        An edit is not looked for: it carries no mark of its own, and does no harm when it is made again.
        """
        if message.kind is MessageKind.CARD or not message.nonce or not message.sent_at:
            return Absent()
        channel = await self._conversation(message.recipient)
        if isinstance(channel, NotKnown):
            return channel
        return await self._search(channel, message, min(filter(None, (message.sent_at, since))))

    async def _conversation(self, recipient: str) -> str | NotKnown:
        """A member's id stands for the talk with them, which has an id of its own."""
        if not recipient.startswith(("U", "W")):
            return recipient
        answer = await self._call("conversations.open", users=recipient)
        if not isinstance(answer, Answered):
            return _not_known(answer)
        channel = answer.data.get("channel")
        found = channel.get("id") if isinstance(channel, Mapping) else None
        return found if isinstance(found, str) else NotKnown("unreadable")

    async def _search(self, channel: str, message: OutgoingMessage, since: datetime) -> Lookup:
        cursor = ""
        for _ in range(_PAGES):
            answer = await self._page(channel, since, cursor)
            if not isinstance(answer, Answered):
                return _not_known(answer)
            if ts := _marked(answer.data.get("messages"), message.nonce):
                return Found(channel, ts)
            cursor = next_cursor(answer.data)
            if not cursor:
                return Absent()
        return NotKnown("too_many_pages")

    async def _page(self, channel: str, since: datetime, cursor: str) -> Answered | Delivery:
        oldest = max(since.timestamp() - _MARGIN.total_seconds(), 0)
        return await self._call(
            "conversations.history",
            channel=channel,
            oldest=f"{oldest:.6f}",
            include_all_metadata=True,
            limit=_PAGE,
            **({"cursor": cursor} if cursor else {}),
        )

    async def _call(self, method: str, **arguments: object) -> Answered | Delivery:
        call, now = Call(method=method), self._clock.now()
        earliest = self._pacer.earliest(call, now=now)
        if earliest > now:
            return NotSent("paced", earliest - now)
        self._pacer.made(call, now=now)
        answer = await self._web.call(method, **arguments)
        if isinstance(answer, NotSent | Unknown):
            self._pacer.stop(method, until=now + _wait(answer))
        return answer


def _marked(messages: object, nonce: str | None) -> str | None:
    """The ts of the message that carries the mark."""
    for each in messages if isinstance(messages, list) else ():
        metadata = each.get("metadata") if isinstance(each, Mapping) else None
        payload = metadata.get("event_payload") if isinstance(metadata, Mapping) else None
        if isinstance(payload, Mapping) and payload.get("id") == nonce and isinstance(each.get("ts"), str):
            found: str = each["ts"]
            return found
    return None


def _not_known(answer: Delivery) -> NotKnown:
    return NotKnown(str(getattr(answer, "code", "unreadable")), _wait(answer))


def _wait(answer: Delivery) -> timedelta:
    return answer.retry_after if isinstance(answer, NotSent) else _SOON
