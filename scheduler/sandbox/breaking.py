"""How an answer is broken on the wire."""

import asyncio
import socket
import struct
from datetime import timedelta

from aiohttp import web

from scheduler.sandbox.faults import Fault, How
from scheduler.sandbox.limits import Limits
from scheduler.sandbox.world import World

_PAGE = "<!DOCTYPE html><html><body><h1>{status}</h1><p>Please log in to the proxy.</p></body></html>"
_LINGER_NOT = struct.pack("ii", 1, 0)
_ANSWER = b'{"ok": true, "channel": "C0000000001", "ts": "1700000000.000000"}'


class Breaking:
    """Does one fault to one request."""

    def __init__(self, world: World, limits: Limits) -> None:
        self._world, self._limits = world, limits
        self._ended = asyncio.Event()

    def stop(self) -> None:
        """Lets go of everybody who was left hanging."""
        self._ended.set()

    async def fail(self, request: web.Request, fault: Fault, body: bytes) -> web.StreamResponse:
        """`body` is what would have been answered; it is empty when nothing was done."""
        if fault.how is How.HANG:
            await self._ended.wait()
        elif fault.how is How.RESET:
            _reset(request)
        elif fault.how is How.CUT:
            return await _cut(request, body or _ANSWER)
        return self._answer(request, fault, body or _ANSWER)

    def _answer(self, request: web.Request, fault: Fault, body: bytes) -> web.Response:
        if fault.how is How.RATELIMITED:
            self._limits.close(
                request.match_info["method"], self._world.now() + timedelta(seconds=fault.retry_after)
            )
            headers = {"Retry-After": str(fault.retry_after)}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        if fault.how is How.HTML:
            page = _PAGE.format(status=fault.status)
            return web.Response(status=fault.status, text=page, content_type="text/html")
        if fault.how is How.TRUNCATED:
            return web.Response(body=body[: len(body) // 2], content_type="application/json")
        return web.json_response({"ok": False, "error": fault.code})


def _reset(request: web.Request) -> None:
    """Ends the connection with RST, not with FIN."""
    transport = request.transport
    if transport is None:
        return
    line = transport.get_extra_info("socket")
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
    transport.abort()


async def _cut(request: web.Request, body: bytes) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if request.transport:
        request.transport.close()
    return response
