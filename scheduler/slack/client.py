"""The one way to call Slack's Web API: no retries of the SDK's own, and in shadow mode no writing at all.

The SDK's default client posts twice when a connection drops, and ignores NO_PROXY; both are put right here.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from scheduler.model.deliveries import Delivery, NotSent, Refused, Unknown
from scheduler.slack.errors import judge_answer
from scheduler.slack.lastlook import MayNotWrite

#: Seconds. A call that takes longer has an unknown outcome; well below a message's lease.
PATIENCE = 30
#: These take JSON. Most methods that read do not, and then see no argument at all; a form is read by all.
_WITH_JSON = ("chat.", "views.")
_WRITING = ("chat.", "views.", "conversations.join", "conversations.open")
_SOON = timedelta(seconds=10)
#: Who surely holds the lease by then goes on with it.
_A_MOMENT = timedelta(seconds=1)
_UNREADABLE = Unknown("unreadable")
#: No proxy finds the way back to these.
_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Answered:
    """Slack did what it was asked to."""

    data: Mapping[str, Any]
    headers: Mapping[str, str]


class Web:
    """Calls Slack with one token. In shadow mode whatever would be seen in Slack is refused, here alone."""

    def __init__(
        self, token: str, *, base_url: str, session: aiohttp.ClientSession, shadow: bool = False
    ) -> None:
        self.client = AsyncWebClient(
            token=token, base_url=base_url, session=session, timeout=PATIENCE, retry_handlers=[]
        )
        # The SDK takes HTTPS_PROXY from the environment and knows no NO_PROXY.
        self.client.proxy = proxy_for(base_url)
        self._shadow = shadow

    async def call(self, method: str, **arguments: object) -> Answered | Delivery:
        """Slack's answer, or what its failure means. Raises nothing that Slack or the network may do."""
        if self._shadow and method.startswith(_WRITING):
            return Refused("shadow_mode")
        try:
            response = await asyncio.wait_for(self._sent(method, arguments), timeout=PATIENCE)
        except SlackApiError as error:
            return _judge(error)
        except (
            aiohttp.ClientConnectorError
        ):  # refused, or no such host: the one failure that surely sent nothing
            return NotSent("not_connected", _SOON)
        except MayNotWrite:
            return NotSent("not_held", _A_MOMENT)
        except TimeoutError:
            return Unknown("timeout")
        except Exception as error:  # noqa: BLE001 - whatever the SDK makes of an answer, Slack may have acted
            return Unknown(type(error).__name__)
        data = response.data if isinstance(response.data, dict) else {}
        return judge_answer(response.status_code, response.headers, data) or Answered(data, response.headers)

    async def _sent(self, method: str, arguments: Mapping[str, object]) -> AsyncSlackResponse:
        if method.startswith(_WITH_JSON):
            return await self.client.api_call(method, json=dict(arguments))
        return await self.client.api_call(method, data=_form(arguments))


def next_cursor(data: Mapping[str, Any]) -> str:
    """Where the next page begins; empty after the last one."""
    more = data.get("response_metadata")
    cursor = more.get("next_cursor") if isinstance(more, Mapping) else None
    return cursor if isinstance(cursor, str) else ""


def proxy_for(url: str) -> str | None:
    """The proxy that the environment names for this address, NO_PROXY honoured; this machine needs none."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host in _THIS_MACHINE or proxy_bypass(host):
        return None
    return getproxies().get("https" if parts.scheme in ("https", "wss") else "http")


def _form(arguments: Mapping[str, object]) -> dict[str, str]:
    """Slack's true and false are 1 and 0."""
    return {
        name: str(int(value) if isinstance(value, bool) else value)
        for name, value in arguments.items()
        if value is not None
    }


def _judge(error: SlackApiError) -> Delivery:
    response = error.response
    if isinstance(response, aiohttp.ClientResponse):  # JSON was promised, and it is none
        return judge_answer(response.status, response.headers, None) or _UNREADABLE
    return judge_answer(response.status_code, response.headers, response.data or None) or _UNREADABLE
