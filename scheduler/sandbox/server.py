"""The HTTP server: on 127.0.0.1 only, on a port that is free unless one is asked for."""

from typing import TYPE_CHECKING

from aiohttp import web

from scheduler.sandbox.control import Control
from scheduler.sandbox.interactions.answering import respond
from scheduler.sandbox.page.doors import guarded
from scheduler.sandbox.received import Call
from scheduler.sandbox.refusals import Refused

if TYPE_CHECKING:
    from scheduler.sandbox.sandbox import Sandbox

_HERE = "127.0.0.1"


class Server:
    """Starts and stops; nothing else is kept here."""

    def __init__(self, sandbox: "Sandbox", *, port: int) -> None:
        self._sandbox, self._port = sandbox, port
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Raises OSError when the port cannot be had; 0 is any that is free."""
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, _HERE, self._port).start()
        port = self._runner.addresses[0][1]
        world = self._sandbox.world
        world.http_base, world.socket_base = f"http://{_HERE}:{port}", f"ws://{_HERE}:{port}"

    async def stop(self) -> None:
        self._sandbox.page.stop()
        self._sandbox.breaking.stop()
        self._sandbox.sockets.stop()
        if self._runner:
            await self._runner.cleanup()

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=2**24)
        control = Control(self._sandbox)
        application.router.add_route("*", "/api/{method}", self._sandbox.web_api.arrive)
        application.router.add_get("/link/", self._sandbox.sockets.arrive)
        application.router.add_post("/response/{key}", self._respond)
        application.router.add_get("/control/{name}", guarded(control.show, for_programs=True))
        application.router.add_post("/control/{name}", guarded(control.do, for_programs=True))
        application.router.add_routes(self._sandbox.page.routes())
        return application

    async def _respond(self, request: web.Request) -> web.Response:
        """A `response_url`."""
        world, told = self._sandbox.world, await request.json()
        call = Call(method="response_url", arguments=told, at=world.now())
        self._sandbox.received.append(call)
        try:
            respond(world, world.triggers.respond(request.match_info["key"], world.now()), told)
        except Refused as refused:
            call.outcome = refused.code
            return web.json_response(refused.answer(), status=404)
        finally:
            world.bell.ring()
        call.outcome, call.took_effect = "ok", True
        return web.json_response({"ok": True})
