"""The body of a request, the signature over it, and what the app answered to it."""

import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlencode

from scheduler.sandbox.refusals import Json
from scheduler.sandbox.socketmode.envelope import Envelope, Kind

JSON, FORM = "application/json", "application/x-www-form-urlencoded"


def body_of(envelope: Envelope) -> tuple[str, bytes]:
    """Its type, and itself: events are JSON, everything else is a form."""
    if envelope.kind is Kind.EVENT:
        return JSON, written(envelope.payload)
    fields = envelope.payload
    if envelope.kind is Kind.INTERACTIVE:
        fields = {"payload": json.dumps(envelope.payload, ensure_ascii=False)}
    return FORM, urlencode(fields).encode()


def written(told: Json) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode(errors="replace")


def signed(secret: str, content_type: str, body: bytes, *, now: datetime) -> Mapping[str, str]:
    """The headers that every request carries; `now` is real, as whoever checks it is in real time."""
    timestamp = str(int(now.timestamp()))
    base = b"v0:" + timestamp.encode() + b":" + body
    return {
        "Content-Type": content_type,
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": "v0=" + hmac.new(secret.encode(), base, sha256).hexdigest(),
    }


def again(envelope: Envelope) -> Mapping[str, str]:
    """What a repeated request says besides."""
    if envelope.attempts < 2:
        return {}
    return {"X-Slack-Retry-Num": str(envelope.attempts - 1), "X-Slack-Retry-Reason": envelope.reason}


def answered(body: bytes) -> Json | None:
    """The payload of the answer: JSON, or plain words, which answer a command."""
    text = body.decode(errors="replace").strip()
    if not text:
        return None
    try:
        told = json.loads(text)
    except ValueError:
        return {"text": text}
    return told if isinstance(told, dict) else {"text": text}
