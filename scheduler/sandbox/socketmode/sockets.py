"""Where the app's WebSockets arrive, and what can be done to them from outside."""

import asyncio
import json

from aiohttp import web

from scheduler.sandbox.refusals import Json
from scheduler.sandbox.socketmode.connection import Connection
from scheduler.sandbox.socketmode.delivery import Delivery

_MOST = 10


class Sockets:
    """Opens connections against one-time tickets; refuses, refreshes, drops or silences them when told to."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery, self._world = delivery, delivery.world
        self._opened = 0
        self._refusals: list[int] = []
        self.refused = 0
        self._ended = asyncio.Event()

    def refuse(self, status: int = 408, *, times: int = 1) -> None:
        """The next upgrades get this HTTP status, and their tickets are used up."""
        self._refusals += [status] * times

    def hang(self, *, times: int = 1) -> None:
        """The next upgrades are accepted by TCP and never answered."""
        self._refusals += [0] * times

    def warn(self) -> None:
        """`disconnect: warning` on every connection; they stay open for a while."""
        for connection in self._delivery.connections:
            connection.disconnect("warning", leaving=False)

    def refresh(self, number: int | None = None) -> None:
        """`disconnect: refresh_requested` on one connection or on all; nothing new goes there."""
        for connection in self._chosen(number):
            connection.disconnect("refresh_requested", leaving=True)

    def disable(self) -> None:
        """Socket Mode is switched off: `link_disabled` everywhere, and no new connection."""
        self._world.tickets.socket_mode_enabled = False
        for connection in self._delivery.connections:
            connection.disconnect("link_disabled", leaving=True)

    def enable(self) -> None:
        self._world.tickets.socket_mode_enabled = True

    def close(self, number: int | None = None) -> None:
        for connection in self._chosen(number):
            connection.close()

    def drop(self, number: int | None = None) -> None:
        for connection in self._chosen(number):
            connection.drop()

    def silence(self, number: int | None = None) -> None:
        for connection in self._chosen(number):
            connection.silence()

    def stop(self) -> None:
        self._ended.set()
        self._delivery.stop()

    async def arrive(self, request: web.Request) -> web.StreamResponse:
        """The handler of the upgrade."""
        redeemed = self._world.tickets.redeem(request.query.get("ticket", ""))
        if self._refusals:
            return await self._refused(self._refusals.pop(0))
        if not redeemed:
            return web.Response(status=404, text="unknown ticket")
        self._opened += 1
        connection = Connection(self._opened, self._world.bell, self._delivery.acknowledge)
        if len(self._delivery.connections) >= _MOST:
            connection.disconnect("too_many_websockets", leaving=True)
            connection.close()
            await connection.serve(request)
        else:
            await self._serve(connection, request)
        return connection.socket

    async def _serve(self, connection: Connection, request: web.Request) -> None:
        connection.send(json.dumps(self._hello(connection)))
        self._delivery.added(connection)
        self._world.bell.ring()
        try:
            await connection.serve(request)
        finally:
            self._delivery.removed(connection)

    async def _refused(self, status: int) -> web.StreamResponse:
        self.refused += 1
        self._world.bell.ring()
        if status:
            return web.Response(status=status, text="refused")
        await self._ended.wait()
        return web.Response(status=503)

    def _hello(self, connection: Connection) -> Json:
        host = f"applink-{connection.number}"
        debug = {"host": host, "build_number": 1, "approximate_connection_time": 3600}
        return {
            "type": "hello",
            "num_connections": len(self._delivery.connections) + 1,
            "debug_info": debug,
            "connection_info": {"app_id": self._world.app_id},
        }

    def _chosen(self, number: int | None) -> list[Connection]:
        return [found for found in self._delivery.connections if number in {None, found.number}]
