"""Payloads of Slack's go into the inbox; only then may they be acknowledged. Nothing is looked into here.

Payloads that come while a commit is under way share the next one.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from scheduler.clock import Clock
from scheduler.live.writer import Writer
from scheduler.model.envelopes import Envelope
from scheduler.ports import Work

#: Envelopes that share one commit at most.
_MOST = 256


class Intake:
    """`keep` returns once a payload is durable; `came` is called after commits that brought something new.

    `kept` is told of every payload that is durable, and whether it is new.
    """

    def __init__(
        self,
        writer: Writer,
        clock: Clock,
        came: Callable[[], None],
        kept: Callable[[Envelope, bool], None] = lambda _, __: None,
    ) -> None:
        self._writer = writer
        self._clock = clock
        self._came = came
        self._kept = kept
        self._waiting: list[tuple[Envelope, asyncio.Future[None]]] = []
        self._commits: asyncio.Task[None] | None = None
        #: The last commit failed: what came was not acknowledged.
        self.is_failing = False

    async def keep(self, payload: Mapping[str, Any]) -> None:
        """Raises what the commit raises: the payload is then not kept, and must not be acknowledged."""
        kept = asyncio.get_running_loop().create_future()
        self._waiting.append((envelope_of(payload, received_at=self._clock.now()), kept))
        if self._commits is None or self._commits.done():
            self._commits = asyncio.create_task(self._commit_all())
        await kept

    async def _commit_all(self) -> None:
        while self._waiting:
            some, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
            envelopes = [envelope for envelope, _ in some]
            try:
                new = await self._writer.do(_put(envelopes))
            except Exception as error:  # noqa: BLE001 - whoever waits for this commit is told why it failed
                self.is_failing = True
                _tell(some, error)
                continue
            self.is_failing = False
            _tell(some, None)
            for envelope, is_new in zip(envelopes, new, strict=True):
                self._kept(envelope, is_new)
            if any(new):
                self._came()


def envelope_of(payload: Mapping[str, Any], *, received_at: datetime) -> Envelope:
    """A payload as it is kept. One without an event id is named by its content."""
    text = _written(payload)
    event = payload.get("event")
    event = event if isinstance(event, Mapping) else {}
    return Envelope(
        key=_name(payload.get("event_id"), 200) or sha256(text.encode()).hexdigest(),
        kind=_name(event.get("type"), 80) or _name(payload.get("type"), 80) or "unknown",
        received_at=received_at,
        payload=text,
        gesture=_name(event.get("client_msg_id"), 200),
    )


def _written(payload: Mapping[str, Any]) -> str:
    """As JSON; half a sign, which JSON may name and no database keeps, becomes a question mark."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="replace").decode()


def _name(told: object, longest: int) -> str | None:
    """What Slack names something by; None when it is no name."""
    if not isinstance(told, str) or not told.isascii() or not told.isprintable():
        return None
    return told if 0 < len(told) <= longest else None


def _put(envelopes: list[Envelope]) -> Callable[[Work], list[bool]]:
    return lambda work: [work.inbox.put(each) for each in envelopes]


def _tell(some: list[tuple[Envelope, asyncio.Future[None]]], error: Exception | None) -> None:
    for _, kept in some:
        if kept.done():  # whoever waited has gone away
            continue
        if error:
            kept.set_exception(error)
        else:
            kept.set_result(None)
