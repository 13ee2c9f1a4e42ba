"""Asking once more whether something may be written to Slack, when nothing is left to wait for.

Until a connection is there, seconds may pass, or the whole process may be stopped for a while.
"""

from collections.abc import Callable

import aiohttp
from aiohttp.client_reqrep import ClientRequest, ClientResponse
from aiohttp.connector import Connection


class MayNotWrite(Exception):
    """Somebody else may be at work. Nothing went out."""


def session_that_asks(may_write: Callable[[], bool]) -> aiohttp.ClientSession:
    """A session that asks before every request; one that may not be written raises MayNotWrite."""

    class Asking(ClientRequest):
        async def send(self, conn: Connection) -> ClientResponse:
            if not may_write():
                raise MayNotWrite
            return await super().send(conn)

    return aiohttp.ClientSession(request_class=Asking)
