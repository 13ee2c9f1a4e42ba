"""The stand-in driven over HTTP, from another process: `POST /control/post {"member": …}`.

The names and arguments are those of `Sandbox` in Python; the answer is `{"ok": true, "result": …}`.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from aiohttp import web

from scheduler.clock import SteppingClock
from scheduler.sandbox.deeds import Deed, gestures, troubles
from scheduler.sandbox.refusals import Json, Refused
from scheduler.sandbox.text import Markup

if TYPE_CHECKING:
    from scheduler.sandbox.sandbox import Sandbox


class Control:
    """One table of what can be done, and one of what can be seen."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._deeds: dict[str, Deed] = {"step_to": self._step_to, "past": self._past}
        self._deeds |= {**gestures(sandbox), **troubles(sandbox)}

    async def do(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        try:
            arguments = await request.json() if request.can_read_body else {}
            result = await self._done(name, arguments)
        except (Refused, KeyError, TypeError, ValueError) as error:
            code = error.code if isinstance(error, Refused) else f"{type(error).__name__}: {error}"
            return web.json_response({"ok": False, "error": code}, status=400)
        return web.json_response({"ok": True, "result": _shown(result)})

    async def show(self, request: web.Request) -> web.Response:
        name, sandbox = request.match_info["name"], self._sandbox
        seen: Mapping[str, Callable[[], object]] = {
            "received": lambda: sandbox.received,
            "acknowledged": lambda: sandbox.delivery.acknowledged,
            "unacknowledged": lambda: sandbox.delivery.unacknowledged,
            "requests": lambda: sandbox.delivery.requests.posted,
            "connections": lambda: [found.number for found in sandbox.delivery.connections],
            "messages": lambda: sandbox.messages(request.query.get("channel", "")),
            "ephemerals": lambda: sandbox.world.ephemerals,
            "home": lambda: sandbox.world.homes.get(request.query.get("member", "")),
            "views": lambda: list(sandbox.world.views.values()),
            "clock": sandbox.world.now,
        }
        if name not in seen:
            return web.json_response({"ok": False, "error": "unknown_name"}, status=404)
        return web.json_response({"ok": True, "result": _shown(seen[name]())})

    async def _done(self, name: str, arguments: Json) -> object:
        if name not in self._deeds:
            raise Refused("unknown_name")
        result = self._deeds[name](**_read(arguments))
        return await result if inspect.isawaitable(result) else result

    def _step_to(self, instant: str) -> datetime:
        clock = self._sandbox.world.clock
        if not isinstance(clock, SteppingClock):
            raise Refused("clock_does_not_step")
        return clock.step_to(datetime.fromisoformat(instant))

    def _past(self, instant: str, name: str, arguments: Json) -> object:
        """Another gesture, as it happened before the app was there."""
        with self._sandbox.past(datetime.fromisoformat(instant)):
            return self._deeds[name](**_read(arguments))


def _read(arguments: Json) -> Json:
    """`markup` instead of `text` is text that is in Slack's markup already."""
    if "markup" in arguments:
        return {**{k: v for k, v in arguments.items() if k != "markup"}, "text": Markup(arguments["markup"])}
    return arguments


def _shown(found: object) -> object:
    if is_dataclass(found) and not isinstance(found, type):
        return _shown(asdict(found))
    if isinstance(found, Mapping):
        return {str(key): _shown(value) for key, value in found.items()}
    if isinstance(found, list | tuple):
        return [_shown(item) for item in found]
    return found.isoformat() if isinstance(found, datetime) else found
