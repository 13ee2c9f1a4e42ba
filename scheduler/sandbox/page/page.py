"""The page as one object: its routes, what it keeps for its visitors, and what whoever serves it may set."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from importlib.resources import files
from typing import TYPE_CHECKING

from aiohttp import web

from scheduler.clock import SteppingClock
from scheduler.sandbox.minting import micros_at
from scheduler.sandbox.page.deeds import DEEDS, do
from scheduler.sandbox.page.doors import HEADERS, guarded
from scheduler.sandbox.page.feed import feed
from scheduler.sandbox.page.filled import Filled
from scheduler.sandbox.page.forms import FORMS
from scheduler.sandbox.page.guide import Guide
from scheduler.sandbox.page.looking import look
from scheduler.sandbox.page.outcome import Outcome
from scheduler.sandbox.page.rail import Reading
from scheduler.sandbox.page.screen import Screen
from scheduler.sandbox.page.viewer import HOME, First, Viewer, viewer_of
from scheduler.sandbox.page.whole import whole
from scheduler.sandbox.state import Channel

if TYPE_CHECKING:
    from scheduler.sandbox.sandbox import Sandbox

_SCRIPTS = ("page.js", "feed.js", "forms.js", "windows.js", "drawer.js", "words.js")
_FILES = {"page.css": "text/css", "icon.svg": "image/svg+xml", **dict.fromkeys(_SCRIPTS, "text/javascript")}
#: Pages that are told what happens, at once: for each of them everything is drawn anew.
MOST_LISTENERS = 50
Step = Callable[[datetime], Awaitable[object] | object]


class Page:
    """`step` lets the clock step; None while it goes by itself. `first` is where a visitor begins."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self.sandbox, self.world = sandbox, sandbox.world
        self.reading, self.first = Reading(), First()
        self.guide: Guide | None = None
        clock = sandbox.world.clock
        self.step: Step | None = clock.step_to if isinstance(clock, SteppingClock) else None
        self._listeners, self._is_over = 0, False

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get("/", guarded(self._show)),
            web.get("/page/feed", guarded(self._feed)),
            web.get("/page/form/{name}", guarded(self._form)),
            web.get("/page/{file}", guarded(self._file)),
            web.post("/page/do/{name}", guarded(self._do)),
        ]

    def begin(self) -> None:
        """From here on, what is new is unread."""
        self.reading.since = micros_at(self.world.now()) - 1

    def stop(self) -> None:
        """Lets go of everybody who listens."""
        self._is_over = True
        self.sandbox.bell.ring()

    async def _show(self, request: web.Request) -> web.Response:
        viewer = self._viewer(request)
        self._open(viewer)
        return self._html(whole(self, viewer, self._look(viewer) or look(self, viewer)))

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        viewer = self._viewer(request)
        if self._listeners >= MOST_LISTENERS:
            raise web.HTTPServiceUnavailable(headers=HEADERS)
        self._listeners += 1
        try:
            return await feed(request, self.sandbox.bell, lambda: self._look(viewer))
        finally:
            self._listeners -= 1

    async def _form(self, request: web.Request) -> web.Response:
        viewer = self._viewer(request)
        try:
            return self._html(FORMS[request.match_info["name"]](self, viewer, request.query))
        except KeyError:
            raise web.HTTPNotFound(headers=HEADERS) from None

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info["file"]
        if name not in _FILES:
            raise web.HTTPNotFound(headers=HEADERS)
        text = files(__package__).joinpath("static", name).read_text(encoding="utf-8")
        return web.Response(text=text, content_type=_FILES[name], headers=HEADERS)

    async def _do(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in DEEDS:
            raise web.HTTPNotFound(headers=HEADERS)
        sent = await request.post()
        filled = Filled({each: sent.getall(each) for each in sent})
        viewer = viewer_of(self.world, filled.query(), request.headers.get("Accept-Language", ""), self.first)
        outcome = await do(self, name, viewer, filled)
        return self._answer(request, viewer, outcome)

    def _answer(self, request: web.Request, viewer: Viewer, outcome: Outcome) -> web.Response:
        """For our script, what came of it; for a browser without scripts, the page again."""
        if request.headers.get("Accept") == "application/json":
            text = json.dumps(asdict(outcome), ensure_ascii=False)
            return web.Response(text=text, content_type="application/json", headers=HEADERS)
        raise web.HTTPSeeOther(outcome.go or viewer.url(), headers=HEADERS)

    def _viewer(self, request: web.Request) -> Viewer:
        accepted = request.headers.get("Accept-Language", "")
        return viewer_of(self.world, request.query, accepted, self.first)

    def _look(self, viewer: Viewer) -> Screen | None:
        """None when the stand-in ends."""
        channel = self.world.channels.get(viewer.place)
        if channel:
            self.reading.read(viewer.member, channel)
        return None if self._is_over else look(self, viewer)

    def _open(self, viewer: Viewer) -> None:
        """Who comes to the app's Home or messages opens them: the app hears of it."""
        channel: Channel | None = self.world.channels.get(viewer.place)
        is_app = viewer.place == HOME or (channel is not None and channel.is_im)
        if is_app and viewer.member:
            self.sandbox.interactions.open_home(
                viewer.member, tab="home" if viewer.place == HOME else "messages"
            )

    def _html(self, text: str) -> web.Response:
        return web.Response(text=text, content_type="text/html", headers=HEADERS)
