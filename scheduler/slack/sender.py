"""Posts one message, or edits one that stands in Slack.

A post carries an opaque mark, so that it can be found again when the outcome is unknown; an edit leaves it.
Whoever can read a message can read its metadata: the mark says nothing that the message does not.
"""

from collections.abc import Mapping
from datetime import datetime

from scheduler.clock import Clock
from scheduler.model.deliveries import Delivered, Delivery, NotSent, Refused, Unknown
from scheduler.model.messages import MessageKind, OutgoingMessage, Rendered
from scheduler.slack.client import Answered, Web
from scheduler.slack.pacer import Call, Pacer

#: The `event_type` of our messages' metadata.
MARK = "ambassador_message"
_POST, _EDIT = "chat.postMessage", "chat.update"


class SlackSender:
    """Implements `live.ports.AsyncSender`."""

    def __init__(self, web: Web, pacer: Pacer, clock: Clock) -> None:
        self._web = web
        self._pacer = pacer
        self._clock = clock

    async def send(self, message: OutgoingMessage, rendered: Rendered) -> Delivery:
        if message.kind is not MessageKind.CARD:
            return await self._call(_POST, message, _posted(message, rendered))
        if not message.posted_ts:  # the alert went out in shadow mode: it stands nowhere
            return Refused("message_not_found")
        return await self._call(_EDIT, message, _edited(message, rendered))

    async def _call(self, method: str, message: OutgoingMessage, arguments: Mapping[str, object]) -> Delivery:
        call = Call(
            method=method,
            channel=str(arguments["channel"]),
            urgent=message.kind is MessageKind.ALERT,
            name=message.dedup_key,
        )
        now = self._clock.now()
        earliest = self._pacer.earliest(call, now=now)
        if earliest > now:
            self._pacer.waits(call, until=earliest, now=now)
            return NotSent("paced", earliest - now)
        self._pacer.made(call, now=now)
        return self._judge(method, await self._web.call(method, **arguments), now)

    def _judge(self, method: str, answer: Answered | Delivery, now: datetime) -> Delivery:
        if isinstance(answer, Answered):
            channel, ts = answer.data.get("channel"), answer.data.get("ts")
            return (
                Delivered(channel, ts)
                if isinstance(channel, str) and isinstance(ts, str)
                else Unknown("no_ts")
            )
        if isinstance(answer, NotSent) and answer.is_asked_for:
            self._pacer.stop(method, until=now + answer.retry_after)
        return answer


class ShadowSender:
    """Sends nothing, and says that it did: shadow mode counts budgets and caps as the live mode would."""

    async def send(self, message: OutgoingMessage, rendered: Rendered) -> Delivery:
        return Delivered(message.recipient, "")


def _posted(message: OutgoingMessage, rendered: Rendered) -> Mapping[str, object]:
    return {
        "channel": message.recipient,
        **_words(rendered),
        "metadata": {"event_type": MARK, "event_payload": {"id": message.nonce}},
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _edited(message: OutgoingMessage, rendered: Rendered) -> Mapping[str, object]:
    """What stood there goes with all its blocks."""
    return {"channel": message.posted_channel, "ts": message.posted_ts, **_words(rendered)}


def _words(rendered: Rendered) -> Mapping[str, object]:
    """Nothing in a text becomes a mention or a link by itself."""
    blocks = list(rendered.blocks) or None
    return {"text": rendered.text, "blocks": blocks, "parse": "none", "link_names": False}
