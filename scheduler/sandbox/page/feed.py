"""Tells a page, by server-sent events, whatever changes on its screen.

An event's id is the mark of the whole screen, so a page that comes back says with it what it shows: when
that is still so nothing is sent, else everything, of which it takes what differs. Nothing can be missed.
"""

import asyncio
import json
from collections.abc import Callable

from aiohttp import web

from scheduler.sandbox.bell import Bell, NothingHappened
from scheduler.sandbox.page.doors import HEADERS
from scheduler.sandbox.page.screen import Screen

#: Real seconds: a page that went away unheard is noticed by then.
_BREATH = 15.0
#: Real seconds in which everything that happens is told as one.
_GATHER = 0.05


async def feed(request: web.Request, bell: Bell, look: Callable[[], Screen | None]) -> web.StreamResponse:
    """Until the page goes away, or `look` gives None: then the stand-in ends."""
    response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
    await response.prepare(request)
    seen = request.headers.get("Last-Event-ID") or request.query.get("seen", "")
    before, rings = None, bell.rings
    screen = look()
    if screen and screen.mark == seen:
        before = screen
    try:
        await response.write(b"retry: 1000\n\n")
        while screen:
            if before is None or screen.mark != before.mark:
                await response.write(_event(screen, before))
            before = screen
            await _something(response, bell, rings)
            rings, screen = bell.rings, look()
    except ConnectionResetError:
        pass  # the page was closed
    return response


def _event(screen: Screen, before: Screen | None) -> bytes:
    told = json.dumps(screen.changes(before), ensure_ascii=False)
    return f"id: {screen.mark}\ndata: {told}\n\n".encode()


async def _something(response: web.StreamResponse, bell: Bell, rings: int) -> None:
    """Returns when something happened since, and what happens together with it has, too."""
    while True:
        try:
            await bell.until(lambda: bell.rings != rings, seconds=_BREATH)
        except NothingHappened:
            await response.write(b": still here\n\n")
        else:
            await asyncio.sleep(_GATHER)
            return
