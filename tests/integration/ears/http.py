"""The place where Slack's requests arrive, for real, and requests to it: good ones, and torn ones."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from scheduler.clock import SteppingClock, elapsed
from scheduler.settings import Address
from scheduler.slack.ears.addressee import Addressee
from scheduler.slack.ears.bounds import BOUNDS, Bounds
from scheduler.slack.ears.http import PATH, HttpEar
from scheduler.slack.ears.signature import signed

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = datetime(2026, 4, 14, 1, 0, tzinfo=UTC)
TIMESTAMP = "1776128400"
EVENT = {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": "Ev1", "event": {}}
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
Told = tuple[str, Mapping[str, Any]]
Receive = Callable[[str, Mapping[str, Any]], Awaitable[Mapping[str, Any] | None]]


@dataclass
class Heard:
    """Takes everything in."""

    told: list[Told] = field(default_factory=list)
    answer: Mapping[str, Any] | None = None

    async def receive(self, kind: str, payload: Mapping[str, Any]) -> Mapping[str, Any] | None:
        self.told.append((kind, payload))
        return self.answer


@asynccontextmanager
async def hearing(
    receive: Receive,
    bounds: Bounds = BOUNDS,
    *,
    missed: Callable[[float], None] = lambda _: None,
    elapsed: Callable[[], float] = elapsed,
) -> AsyncIterator[HttpEar]:
    ear = HttpEar(
        Address(host="127.0.0.1", port=0), SECRET, Addressee(team="T1", app="A1"), receive,
        missed=missed, clock=SteppingClock(NOW), elapsed=elapsed, bounds=bounds,
    )  # fmt: skip
    await ear.open()
    listening = asyncio.create_task(ear.listen())
    try:
        yield ear
    finally:
        ear.end()
        await listening


def event(**changes: object) -> bytes:
    return json.dumps({**EVENT, **changes}).encode()


def pressed(**changes: object) -> bytes:
    told = {"type": "block_actions", "team": {"id": "T1"}, "api_app_id": "A1", **changes}
    return urlencode({"payload": json.dumps(told)}).encode()


def request(
    body: bytes,
    *,
    content_type: str | None = JSON,
    method: str = "POST",
    path: str = PATH,
    timestamp: str | bytes | None = TIMESTAMP,
    signature: str | bytes | None = "",
    more: tuple[tuple[str, str | bytes], ...] = (),
    length: bool = True,
) -> bytes:
    """The bytes of one. An empty `signature` stands for the right one, None for none at all."""
    right = signed(SECRET, body, timestamp=TIMESTAMP) if signature == "" else signature
    headers: list[tuple[str, str | bytes | None]] = [
        ("Host", "x"), ("Content-Type", content_type), ("X-Slack-Request-Timestamp", timestamp),
        ("X-Slack-Signature", right), ("Content-Length", str(len(body)) if length else None), *more,
    ]  # fmt: skip
    lines = [f"{method} {path} HTTP/1.1".encode()]
    for name, value in headers:
        if value is not None:
            lines.append(name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()))
    return b"\r\n".join([*lines, b"", body])


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: str


async def send(port: int, sent: bytes) -> Answer:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    return await answer(reader, writer)


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Answer:
    """Whatever is answered until the connection ends."""
    whole = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    head, _, body = whole.partition(b"\r\n\r\n")
    first, *rest = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
    return Answer(int(first.split()[1]), headers, body.decode())
