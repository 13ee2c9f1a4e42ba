"""Payloads of Slack's go into the inbox; only then may they be acknowledged. Nothing is looked into here.

Payloads that come while a commit is under way share the next one, which already stands in line.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from hashlib import sha256
from threading import Lock
from typing import Any

from pydantic_core import to_json

from scheduler.clock import Clock
from scheduler.live.recent import Recent
from scheduler.live.writer import Writer
from scheduler.model.envelopes import Envelope
from scheduler.ports import Work

#: Envelopes that share one commit at most.
_MOST = 256
#: A payload as it is kept and as it was heard, and who waits until it is durable.
_Waiting = tuple[Envelope, Mapping[str, Any], asyncio.Future[None]]
_in_short = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


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
        #: What came last, for whoever folds it.
        self.recent = Recent()
        self._waiting: list[_Waiting] = []
        #: A commit was handed in, and has not taken up yet what waits.
        self._is_asked = False
        self._taking = Lock()
        self._commits: set[asyncio.Task[None]] = set()
        #: The last commit failed: what came was not acknowledged.
        self.is_failing = False

    async def keep(self, payload: Mapping[str, Any]) -> None:
        """Raises what the commit raises: the payload is then not kept, and must not be acknowledged."""
        kept = asyncio.get_running_loop().create_future()
        envelope = envelope_of(payload, received_at=self._clock.now())
        self._waiting.append((envelope, payload, kept))
        self._ask()
        await kept

    def _ask(self) -> None:
        """The next commit stands in line behind the present one, so that the writer goes on at once."""
        if self._is_asked or not self._waiting:
            return
        self._is_asked = True
        commit = asyncio.create_task(self._commit())
        self._commits.add(commit)
        commit.add_done_callback(self._commits.discard)

    async def _commit(self) -> None:
        some: list[_Waiting] = []
        try:
            new = await self._writer.do(partial(self._put, some))
        except Exception as error:  # noqa: BLE001 - whoever waits for this commit is told why it failed
            self.is_failing = True
            _tell(some or self._take(), error)
        else:
            self.is_failing = False
            _tell(some, None)
            self._told(some, new)
        self._ask()

    def _put(self, some: list[_Waiting], work: Work) -> tuple[bool, ...]:
        """In the writer's thread: takes up what came until its turn."""
        some += self._take()
        new = work.inbox.put([envelope for envelope, _, _ in some])
        for (envelope, payload, _), is_new in zip(some, new, strict=True):
            if is_new:
                self.recent.keep(envelope.key, payload)
        return new

    def _take(self) -> list[_Waiting]:
        """In either thread. What comes from now on asks for another commit."""
        with self._taking:
            self._is_asked = False
            some = self._waiting[:_MOST]
            del self._waiting[: len(some)]
        return some

    def _told(self, some: list[_Waiting], new: tuple[bool, ...]) -> None:
        for (envelope, _, _), is_new in zip(some, new, strict=True):
            self._kept(envelope, is_new)
        if any(new):
            self._came()


def envelope_of(payload: Mapping[str, Any], *, received_at: datetime) -> Envelope:
    """A payload as it is kept. One without an event id is named by its content."""
    text = _written(payload)
    event = payload.get("event")
    event = event if isinstance(event, dict) else {}
    return Envelope(
        key=_name(payload.get("event_id"), 200) or sha256(text.encode()).hexdigest(),
        kind=_name(event.get("type"), 80) or _name(payload.get("type"), 80) or "unknown",
        received_at=received_at,
        payload=text,
        gesture=_name(event.get("client_msg_id"), 200),
    )


def _written(payload: Mapping[str, Any]) -> str:
    """As JSON, without Slack's token; half a sign, which JSON may name and no database keeps, becomes "?"."""
    told = {name: told for name, told in payload.items() if name != "token"}
    try:
        return to_json(told).decode()
    except ValueError:  # half a sign, or nested very deeply: that takes the slower way
        return _in_short(told).encode(errors="replace").decode()


def _name(told: object, longest: int) -> str | None:
    """What Slack names something by; None when it is no name."""
    if not isinstance(told, str) or not told.isascii() or not told.isprintable():
        return None
    return told if 0 < len(told) <= longest else None


def _tell(some: list[_Waiting], error: Exception | None) -> None:
    for _, _, kept in some:
        if kept.done():  # whoever waited has gone away
            continue
        if error:
            kept.set_exception(error)
        else:
            kept.set_result(None)
