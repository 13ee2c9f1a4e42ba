"""Tells a monitor outside every few minutes that all is well. When this stops, the monitor calls somebody.

The address is a secret: who knows it can keep the monitor silent. It stands in no line of the log.
"""

import asyncio
from collections.abc import Mapping
from urllib.parse import urlsplit

import aiohttp
import structlog

from scheduler.errors import EnvironmentRefused, Told
from scheduler.live.asking import FindStatus, ask
from scheduler.live.status import ready
from scheduler.slack.client import proxy_for

NAME = "AMBASSADOR_HEARTBEAT_URL"
#: Seconds of real time.
EVERY = 300
_PATIENCE = 10

_log = structlog.get_logger()


def heartbeat_url(environ: Mapping[str, str]) -> str | None:
    """The monitor's address, None when there is none. Raises EnvironmentRefused."""
    url = environ.get(NAME, "").strip()
    if not url:
        return None
    if not _is_address(url):
        raise EnvironmentRefused([Told("tokens.bad_heartbeat", {"name": NAME})])
    return url


class Heartbeat:
    """Beats while the service is ready. A beat that fails is told in the log once, until one arrives."""

    def __init__(self, url: str, session: aiohttp.ClientSession, find_status: FindStatus) -> None:
        self._url = url
        self._session = session
        self._find_status = find_status
        self._failure = ""

    async def run(self, *, every: float = EVERY) -> None:
        """Until cancelled."""
        while True:
            await self.beat()
            await asyncio.sleep(every)

    async def beat(self) -> None:
        """One beat, when all is well. Raises nothing that the monitor or the network may do."""
        status = await ask(self._find_status)
        if status is None or ready(status):
            return
        failure = await self._send()
        if failure and failure != self._failure:
            _log.warning("heartbeat_failed", code=failure)
        elif self._failure and not failure:
            _log.info("heartbeat_arrives_again")
        self._failure = failure

    async def _send(self) -> str:
        """Why it did not arrive; nothing when it did."""
        patience = aiohttp.ClientTimeout(total=_PATIENCE)
        try:
            async with self._session.get(self._url, proxy=proxy_for(self._url), timeout=patience) as answer:
                return "" if answer.ok else f"http_{answer.status}"
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return type(error).__name__


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises when it is none
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
