"""What goes over the socket."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.sandbox.refusals import Json


class Kind(StrEnum):
    """The types of envelopes. Only events come again when nobody acknowledges them."""

    EVENT = "events_api"
    INTERACTIVE = "interactive"
    COMMAND = "slash_commands"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """An envelope that the app acknowledged, with the payload of the acknowledgement, if any."""

    envelope_id: str
    kind: Kind
    event_id: str | None
    attempts: int
    payload: Json | None = None


@dataclass(slots=True, kw_only=True)
class Envelope:
    """One delivery. `offered_at` is on the stand-in's clock; `attempts` counts how often it was sent.

    `answered` is there when somebody waits for the acknowledgement; None in it means that none came.
    """

    id: str
    kind: Kind
    payload: Json
    offered_at: datetime
    attempts: int = 0
    reason: str = ""
    answered: asyncio.Future[Acknowledged | None] | None = None

    def text(self) -> str:
        told: Json = {"envelope_id": self.id, "payload": self.payload, "type": self.kind.value}
        told["accepts_response_payload"] = self.kind is not Kind.EVENT
        if self.kind is Kind.EVENT:
            told |= {"retry_attempt": max(self.attempts - 1, 0), "retry_reason": self.reason}
        return json.dumps(told, ensure_ascii=False)

    def settle(self, payload: Json | None) -> Acknowledged:
        heard = Acknowledged(
            envelope_id=self.id,
            kind=self.kind,
            event_id=self.payload.get("event_id"),
            attempts=self.attempts,
            payload=payload,
        )
        self._tell(heard)
        return heard

    def give_up(self) -> None:
        self._tell(None)

    def _tell(self, heard: Acknowledged | None) -> None:
        if self.answered and not self.answered.done():
            self.answered.set_result(heard)
