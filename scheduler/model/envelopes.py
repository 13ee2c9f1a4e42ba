"""What arrives from outside, as it came, before anybody looked into it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One payload of Slack's, as JSON text. `key` is its name for ever: Slack's event id.

    `gesture` is the client's own id of what a person did: one gesture may arrive as two messages.
    """

    key: str
    kind: str
    received_at: datetime
    payload: str
    gesture: str | None = None
