"""Both ways of hearing the stand-in, for tests that have to hold in either."""

from dataclasses import replace

import pytest

from scheduler.app.access import Access
from scheduler.app.service import Service
from scheduler.sandbox import Sandbox
from scheduler.settings import Address, Receive, Settings
from scheduler.slack.ears.http import PATH, HttpEar

both_ways = pytest.mark.parametrize("receive", [pytest.param(each, id=each.value) for each in Receive])


def hearing_by(receive: Receive, settings: Settings) -> Settings:
    """On a port that is free."""
    listen = Address(host="127.0.0.1", port=0)
    return replace(settings, service=replace(settings.service, receive=receive, listen=listen))


def access_to(sandbox: Sandbox, receive: Receive) -> Access:
    """With what this way needs, and no more."""
    tokens, api = sandbox.tokens, sandbox.base_url
    if receive is Receive.HTTP:
        return Access(api=api, bot=tokens.bot, signing_secret=tokens.signing_secret)
    return Access(api=api, bot=tokens.bot, app=tokens.app)


async def heard(sandbox: Sandbox, service: Service) -> None:
    """From now on everything reaches the service."""
    if isinstance(service.ear, HttpEar):
        await sandbox.delivery.use_request_url(request_url(service.ear.port))
        return
    await sandbox.until(lambda: len(sandbox.delivery.connections) == 2)


def request_url(port: int) -> str:
    return f"http://127.0.0.1:{port}{PATH}"
