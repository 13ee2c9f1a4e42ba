"""One request of Slack's, from its headers to our answer. Whatever is wrong with it is answered, not raised.

Slack repeats what is answered with an error: at once, after a minute, after five. What cannot get better by
that says so in its answer.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from aiohttp import web

from scheduler.slack.ears.addressee import Addressee
from scheduler.slack.ears.bounds import Bounds
from scheduler.slack.ears.ear import Receive
from scheduler.slack.ears.gate import Gate
from scheduler.slack.ears.reading import Challenge, Said, Unreadable, read
from scheduler.slack.ears.silence import Silence

_NUMBER = re.compile(r"[0-9]{1,3}")
_NOT_AGAIN = {"X-Slack-No-Retry": "1"}
_AGAIN = {"Retry-After": "1"}

_log = structlog.get_logger()


class Answering:
    """Takes in what the gate admits. `heard_at` is when the last such request came, in elapsed seconds.

    `missed` is told for how many seconds Slack could not reach us, once that shows.
    """

    def __init__(
        self,
        gate: Gate,
        addressee: Addressee,
        receive: Receive,
        *,
        missed: Callable[[float], None],
        elapsed: Callable[[], float],
        bounds: Bounds,
    ) -> None:
        """`elapsed` are seconds that nobody sets."""
        self._gate = gate
        self._addressee = addressee
        self._receive = receive
        self._missed = missed
        self._elapsed = elapsed
        self._bounds = bounds
        self.silence = Silence(now=elapsed())
        self.heard_at: float | None = None

    async def answer(self, request: web.Request) -> web.Response:
        body = await self._gate.admit(request)
        if isinstance(body, web.Response):
            return body
        self.heard_at = self._elapsed()
        answer = await self._answer(request.content_type, body)
        if answer.status == 200:
            self._note_kept(request.headers.get("X-Slack-Retry-Num", ""))
        return answer

    async def _answer(self, content_type: str, body: bytes) -> web.Response:
        try:
            said = read(content_type, body)
        except Unreadable:
            return web.Response(status=400, headers=_NOT_AGAIN)
        if isinstance(said, Challenge):
            return web.json_response({"challenge": said.text})
        if not self._addressee.is_meant(said.payload):
            return web.Response(status=403, headers=_NOT_AGAIN)
        return await self._take_in(said)

    def _note_kept(self, repetition: str) -> None:
        number = int(repetition) if _NUMBER.fullmatch(repetition) else 0
        outage = self.silence.ended(repetition=number, now=self._elapsed())
        if outage is not None:
            self._missed(outage)

    async def _take_in(self, said: Said) -> web.Response:
        try:
            answer = await asyncio.wait_for(self._receive(said.kind, said.payload), self._bounds.kept_within)
        except Exception as error:  # noqa: BLE001 - whatever it was, it is not kept: Slack is to repeat it
            _log.warning("not_taken_in", kind=said.kind.value, error=type(error).__name__)
            return web.Response(status=503, headers=_AGAIN)
        return web.json_response(dict(answer)) if answer else web.Response()


@web.middleware
async def one_request_each(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Every connection ends with its answer, refusals included: so the number of them bounds the work."""
    try:
        response = await handler(request)
    except web.HTTPException as refusal:
        response = web.Response(status=refusal.status, headers=_allowed(refusal.headers))
    response.force_close()
    return response


def _allowed(headers: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(headers[name]) for name in ("Allow",) if name in headers}
