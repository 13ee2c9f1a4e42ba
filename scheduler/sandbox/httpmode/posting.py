"""One signed request to an address, and what its answer means to Slack."""

from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from scheduler.clock import SystemClock
from scheduler.sandbox.httpmode.bodies import signed
from scheduler.sandbox.tokens import Tokens

#: Seconds of real time in which the app has to answer.
PATIENCE = 3.0
_FINE = range(200, 300)


@dataclass(frozen=True, slots=True)
class Answer:
    """`reason` is Slack's word for a failure, empty when all is well; without `status` none came in time."""

    status: int | None
    body: bytes = b""
    reason: str = ""
    may_repeat: bool = True


class Posting:
    """Opens its connections as they are needed, until `stop`."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        #: Whatever the app answers gets lost on its way.
        self.loses_answers = False
        self._session: aiohttp.ClientSession | None = None

    async def post(self, url: str, content_type: str, body: bytes, more: Mapping[str, str]) -> Answer:
        """`more` are further headers. Redirections are not followed."""
        headers = signed(self._tokens.signing_secret, content_type, body, now=SystemClock().now())
        self._session = self._session or aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        try:
            async with self._session.post(
                url, data=body, headers={**headers, **more}, allow_redirects=False
            ) as response:
                answer = _judged(response, await response.read())
        except TimeoutError:
            return Answer(None, reason="http_timeout")
        except (aiohttp.ClientError, OSError, ValueError):
            return Answer(None, reason="connection_failed")
        return Answer(None, reason="connection_failed") if self.loses_answers else answer

    async def stop(self) -> None:
        if self._session:
            await self._session.close()


def _judged(response: aiohttp.ClientResponse, body: bytes) -> Answer:
    if response.status in _FINE:
        return Answer(response.status, body)
    may_repeat = response.headers.get("X-Slack-No-Retry") != "1"
    return Answer(response.status, body, "http_error", may_repeat)
