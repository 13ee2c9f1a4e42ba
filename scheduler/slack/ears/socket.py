"""Hears Slack over Socket Mode: connections that we open, so that nothing has to reach us from outside."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from scheduler.slack.client import Web
from scheduler.slack.connection import Connection
from scheduler.slack.ears.addressee import Addressee
from scheduler.slack.ears.ear import Receive
from scheduler.slack.patience import Patience


class SocketEar:
    """`missed` is told for how many seconds nothing was heard, once something is heard again.

    What is told to another workspace's installation of the app is acknowledged, and is none of ours.
    """

    def __init__(
        self,
        web: Web,
        token: str,
        addressee: Addressee,
        receive: Receive,
        *,
        missed: Callable[[float], None],
        patience: Patience,
    ) -> None:
        self._web = web
        self._token = token
        self._addressee = addressee
        self._receive = receive
        self._patience = patience
        self._connection = Connection(self._client, self._take, missed=missed, patience=patience)

    @property
    def silent_for(self) -> float | None:
        return self._connection.silent_for

    @property
    def is_well(self) -> bool:
        return self._connection.is_well

    @property
    def uncertain_for(self) -> float | None:
        return 0.0 if self.is_well else None

    async def open(self) -> None:
        """Whatever is wrong shows once it listens."""

    async def listen(self) -> None:
        await self._connection.run()

    def end(self) -> None:
        self._connection.end()

    async def _take(self, request: SocketModeRequest) -> Mapping[str, Any] | None:
        if self._addressee.is_for_others(request.payload):
            return None
        return await self._receive(request.type, request.payload)

    def _client(self) -> SocketModeClient:
        client = SocketModeClient(
            app_token=self._token, web_client=self._web.client, ping_interval=self._patience.ping_every
        )
        client.proxy = self._web.client.proxy
        return client
