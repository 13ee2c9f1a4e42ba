"""In shadow mode nothing that would be seen in Slack leaves the process: one place refuses all of it."""

import aiohttp
import pytest

from scheduler.clock import SystemClock
from scheduler.model.deliveries import Refused
from scheduler.sandbox import Sandbox
from scheduler.sandbox.methods import METHODS
from scheduler.slack.client import Answered, Web
from tests.integration.sandbox.connecting import live

#: Those that only tell us something.
READING = ("auth.", "apps.", "bots.", "users.", "team.", "usergroups.", "reactions.", "conversations.")
WRITING = sorted(
    {
        *(method for method in METHODS if not method.startswith(READING)),
        *("conversations.join", "conversations.open", "chat.anythingNew", "views.anythingNew"),
    }
)


@pytest.mark.parametrize("method", WRITING)
def test_what_writes_is_refused_before_it_is_called(method: str):
    @live
    async def refused() -> None:
        async with Sandbox(clock=SystemClock()) as sandbox, aiohttp.ClientSession() as session:
            web = Web(sandbox.tokens.bot, base_url=sandbox.base_url, session=session, shadow=True)

            assert await web.call(method) == Refused("shadow_mode")
            assert sandbox.received == []

    refused()


@live
async def test_what_reads_is_called():
    async with Sandbox(clock=SystemClock()) as sandbox, aiohttp.ClientSession() as session:
        web = Web(sandbox.tokens.bot, base_url=sandbox.base_url, session=session, shadow=True)

        assert isinstance(await web.call("auth.test"), Answered)
        assert [call.method for call in sandbox.received] == ["auth.test"]
