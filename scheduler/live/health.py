"""Tells on this machine how the service is doing: `/livez`, `/readyz`, `/metrics`. It can only be asked.

Whoever asks gets no text of anybody's, no id and no secret.
"""

import json
from collections.abc import Sequence
from functools import partial

from aiohttp import web
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from scheduler import __version__
from scheduler.catalogue import LANGUAGES, say
from scheduler.errors import AddressTaken
from scheduler.live.asking import PATIENCE, FindStatus, ask
from scheduler.live.metrics import exposition
from scheduler.live.status import Status, Trouble, TroubleKind, ready
from scheduler.settings import Address

#: Bytes. No question to us is longer.
_LONGEST = 2048
#: Seconds. Nobody needs to keep a connection to us open.
_IDLE = 15


class Health:
    """Answers from `start` to `stop`. `language` is that of the words when nobody asks for another."""

    def __init__(
        self, address: Address, find_status: FindStatus, *, language: str, patience: float = PATIENCE
    ) -> None:
        self._address = address
        self._find_status = find_status
        self._language = language
        self._patience = patience
        self._runner = web.AppRunner(
            self._app(),
            access_log=None,
            max_line_size=_LONGEST,
            max_field_size=_LONGEST,
            keepalive_timeout=_IDLE,
            lingering_time=1,
            shutdown_timeout=1,
        )

    @property
    def port(self) -> int:
        """Where it listens, once started."""
        port: int = self._runner.addresses[0][1]
        return port

    async def start(self) -> None:
        """Raises AddressTaken."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._address.host, self._address.port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise AddressTaken("health", str(self._address), error) from None

    async def stop(self) -> None:
        await self._runner.cleanup()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=_LONGEST)
        app.add_routes(
            [
                web.get("/livez", self._live),
                web.get("/readyz", self._ready),
                web.get("/metrics", self._metrics),
            ]
        )
        return app

    async def _live(self, _request: web.Request) -> web.Response:
        """That this is answered at all is the answer."""
        return web.Response(text="ok\n")

    async def _ready(self, request: web.Request) -> web.Response:
        asked = request.query.get("lang", "")
        language = asked if asked in LANGUAGES else self._language
        status = await self._status()
        troubles = ready(status) if status else (Trouble(kind=TroubleKind.NO_ANSWER),)
        report = _report(status, troubles, language)
        return web.json_response(report, status=503 if troubles else 200, dumps=_readable)

    async def _metrics(self, _request: web.Request) -> web.Response:
        status = await self._status()
        if status is None:
            return web.Response(status=503, text="no status\n")
        return web.Response(body=exposition(status), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    async def _status(self) -> Status | None:
        return await ask(self._find_status, patience=self._patience)


#: Words of any language can be read as they are.
_readable = partial(json.dumps, ensure_ascii=False)


def words_of(trouble: Trouble, language: str) -> str:
    """The trouble as one sentence."""
    return say(language, f"health.{trouble.kind.value}", seconds=trouble.seconds, code=trouble.code)


def _report(status: Status | None, troubles: Sequence[Trouble], language: str) -> dict[str, object]:
    return {
        "ready": not troubles,
        "mode": status.mode.shown if status else None,
        "role": status.role.value if status else None,
        "catching_up": bool(status and status.catching_up),
        "receive": status.receive.value if status else None,
        "last_sign_seconds": _whole(status.seconds_since_sign) if status else None,
        "reasons": [{"kind": each.kind.value, "words": words_of(each, language)} for each in troubles],
        "version": __version__,
    }


def _whole(seconds: float | None) -> int | None:
    return None if seconds is None else int(seconds)
