"""Who gets in where Slack's requests arrive: what is Slack's own, of a bearable size, in time."""

import asyncio

import aiohttp
import structlog
from aiohttp import web

from scheduler.clock import Clock
from scheduler.slack.ears.bounds import Bounds
from scheduler.slack.ears.reading import FORM, JSON, is_certificate_check
from scheduler.slack.ears.signature import Verdict, judge

_log = structlog.get_logger()


class Gate:
    """`clock` is the real one: the age of a request is real."""

    def __init__(self, secret: str, clock: Clock, bounds: Bounds) -> None:
        self._secret = secret
        self._clock = clock
        self._bounds = bounds
        self._told: Verdict | None = None

    async def admit(self, request: web.Request) -> bytes | web.Response:
        """The body of what is Slack's; or the answer to everything else. Raises web.HTTPException."""
        if request.content_type not in {JSON, FORM} or "Content-Encoding" in request.headers:
            return web.Response(status=415)
        if (request.content_length or 0) > self._bounds.largest:
            return web.Response(status=413)
        try:
            body = await asyncio.wait_for(request.read(), self._bounds.body_within)
        except TimeoutError:
            return web.Response(status=408)
        except (aiohttp.ClientError, web.RequestPayloadError, OSError):  # torn, or not the parts it says
            return web.Response(status=400)
        if is_certificate_check(request.content_type, body):
            return web.Response()
        return body if self._is_genuine(request, body) else web.Response(status=401)

    def _is_genuine(self, request: web.Request, body: bytes) -> bool:
        verdict = self._judge(request, body)
        if verdict not in {Verdict.GENUINE, self._told}:
            _log.warning("request_refused", code=verdict.value)
        self._told = verdict
        return verdict is Verdict.GENUINE

    def _judge(self, request: web.Request, body: bytes) -> Verdict:
        """A header that comes twice is no header of Slack's."""
        timestamps = request.headers.getall("X-Slack-Request-Timestamp", [])
        signatures = request.headers.getall("X-Slack-Signature", [])
        if (len(timestamps), len(signatures)) != (1, 1):
            return Verdict.FOREIGN
        now = self._clock.now().timestamp()
        return judge(self._secret, body, timestamp=timestamps[0], signature=signatures[0], now=now)
