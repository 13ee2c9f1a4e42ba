"""The stand-in driven over HTTP, as another process would."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from scheduler.sandbox import Sandbox
from tests.integration.sandbox.connecting import START, listening, live, new_sandbox, web_client


class Remote:
    """The control API."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self._base, self._session = f"{sandbox.world.http_base}/control/", session

    async def do(self, name: str, /, **arguments: object) -> Any:  # noqa: ANN401 -- whatever JSON says
        async with self._session.post(self._base + name, json=arguments) as response:
            answer = await response.json()
        return answer["result"] if answer["ok"] else answer["error"]

    async def see(self, name: str, /, **query: str) -> Any:  # noqa: ANN401 -- whatever JSON says
        async with self._session.get(self._base + name, params=query) as response:
            return (await response.json())["result"]


@live
async def test_a_workspace_is_made_and_talked_in_over_http():
    async with new_sandbox() as sandbox, aiohttp.ClientSession() as session, listening(sandbox) as app:
        remote = Remote(sandbox, session)
        member = await remote.do("join", name="Hana")
        channel = await remote.do("create_channel", name="general", with_app=True)
        root = await remote.do("post", member=member, channel=channel, text="a < b")
        await remote.do("post", member=member, channel=channel, markup=f"<@{member}>", thread_ts=root)
        await sandbox.delivery.settled()
        seen = await remote.see("messages", channel=channel)

    assert [message["text"] for message in seen[-2:]] == ["a &lt; b", f"<@{member}>"]
    assert app.events()[-1]["thread_ts"] == root


@live
async def test_faults_are_set_and_calls_are_seen_over_http():
    async with new_sandbox() as sandbox, aiohttp.ClientSession() as session:
        remote = Remote(sandbox, session)
        await remote.do("fault", how="error", method="auth.test", code="fatal_error", late=20)
        client = web_client(sandbox)
        with pytest.raises(SlackApiError):
            await client.auth_test()
        await client.auth_test()
        seen = await remote.see("received")

    assert [(call["method"], call["outcome"]) for call in seen] == [
        ("auth.test", "fatal_error"),
        ("auth.test", "ok"),
    ]


@live
async def test_the_past_and_the_clock_are_set_over_http():
    async with new_sandbox() as sandbox, aiohttp.ClientSession() as session:
        remote = Remote(sandbox, session)
        arguments = {"name": "Hana", "member": "U1"}
        await remote.do("past", instant="2026-04-01T00:00:00+00:00", name="join", arguments=arguments)
        now = await remote.do("step_to", instant="2026-04-07T00:00:00+00:00")
        back = await remote.do("step_to", instant=START.isoformat())

    assert sandbox.world.members["U1"].updated == 1775001600
    assert sandbox.delivery.unacknowledged == 0
    assert now == back == "2026-04-07T00:00:00+00:00"


@live
async def test_a_button_is_pressed_over_http_and_waits_for_its_answer():
    async with new_sandbox() as sandbox, aiohttp.ClientSession() as session, listening(sandbox) as app:
        remote = Remote(sandbox, session)
        await remote.do("join", name="Hana", member="U1")
        await remote.do("create_channel", name="general", channel="C1")
        app.answer = {"text": "Hello"}
        pressed = await remote.do("command", member="U1", channel="C1", name="/ambassador")

    assert pressed == {"acknowledged": True, "payload": {"text": "Hello"}}


@live
async def test_what_it_does_not_know_is_refused():
    async with new_sandbox() as sandbox, aiohttp.ClientSession() as session:
        remote = Remote(sandbox, session)

        assert await remote.do("fly") == "unknown_name"
        assert "unexpected keyword" in await remote.do("post", loudly=True)
        assert await remote.do("deactivate", member="U9") == "user_not_found"


@live
async def test_what_is_no_json_is_refused():
    async with new_sandbox() as sandbox, aiohttp.ClientSession() as session:
        answer = await session.post(f"{sandbox.world.http_base}/control/join", data="name=Hana")
        told = await answer.json()

    assert (answer.status, told["ok"]) == (400, False)
    assert "JSON" in told["error"]


@live
async def test_it_listens_on_this_machine_only():
    async with new_sandbox() as sandbox:
        assert sandbox.base_url.startswith("http://127.0.0.1:")
        assert sandbox.world.socket_base.startswith("ws://127.0.0.1:")
