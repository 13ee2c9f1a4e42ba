"""The stand-in posts to a Request URL as Slack does; the app here is a web server with the SDK's verifier."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from aiohttp import ClientSession, web
from slack_sdk.signature import SignatureVerifier

from scheduler.sandbox import Sandbox
from scheduler.sandbox.httpmode.failures import Failures
from scheduler.sandbox.refusals import Refused
from tests.integration.sandbox.connecting import START, live, new_sandbox, step_to

MINUTE = timedelta(minutes=1)


@dataclass
class App:
    """Answers each request with the next of `answers`, and then with 200."""

    sandbox: Sandbox
    url: str = ""
    answers: list[web.Response] = field(default_factory=list)
    heard: list[tuple[dict[str, str], str]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.StreamResponse:
        body = await request.text()
        verifier = SignatureVerifier(self.sandbox.tokens.signing_secret)
        assert verifier.is_valid_request(body, dict(request.headers))
        if '"url_verification"' in body:
            return web.json_response({"challenge": json.loads(body)["challenge"]})
        self.heard.append((dict(request.headers), body))
        self.sandbox.bell.ring()
        return self.answers.pop(0) if self.answers else web.Response()

    def retries(self) -> list[tuple[str | None, str | None]]:
        return [
            (headers.get("X-Slack-Retry-Num"), headers.get("X-Slack-Retry-Reason"))
            for headers, _ in self.heard
        ]


@asynccontextmanager
async def app_at_a_url() -> AsyncIterator[App]:
    async with new_sandbox() as sandbox:
        app = App(sandbox)
        server = web.Application()
        server.router.add_post("/slack/events", app.take)
        runner = web.AppRunner(server)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        app.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        try:
            await sandbox.delivery.use_request_url(app.url)
            yield app
        finally:
            await sandbox.delivery.requests.stop()
            await runner.cleanup()


def say_something(sandbox: Sandbox) -> None:
    hana = sandbox.people.join("Hana")
    sandbox.events.raw({"type": "message", "user": hana, "text": "こんにちは"})


@live
async def test_an_event_comes_as_signed_json():
    async with app_at_a_url() as app:
        say_something(app.sandbox)
        await app.sandbox.delivery.settled()

        kinds = {json.loads(body)["event"]["type"] for _, body in app.heard}
        types = {headers["Content-Type"] for headers, _ in app.heard}
        assert (kinds, types) == ({"team_join", "message"}, {"application/json"})
        assert app.retries() == [(None, None)] * 2
        assert len(app.sandbox.delivery.acknowledged) == 2


@live
async def test_an_address_that_does_not_give_the_challenge_back_is_refused():
    async with new_sandbox() as sandbox:
        with pytest.raises(Refused, match="url_verification_failed"):
            await sandbox.delivery.use_request_url(f"{sandbox.world.http_base}/nowhere")


@live
async def test_a_failed_event_comes_again_at_once_after_a_minute_and_after_five_and_is_lost_then():
    async with app_at_a_url() as app:
        sandbox, requests = app.sandbox, app.sandbox.delivery.requests
        app.answers = [web.Response(status=status) for status in (500, 503, 404, 302)]
        sandbox.events.raw({"type": "message"})
        await sandbox.until(lambda: len(requests.posted) == 2)
        step_to(sandbox, START + MINUTE)
        await sandbox.until(lambda: len(requests.posted) == 3)
        step_to(sandbox, START + 6 * MINUTE)
        await sandbox.until(lambda: sandbox.delivery.lost)

        assert app.retries() == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
        assert [(each.status, each.at - START) for each in requests.posted] == [
            (500, 0 * MINUTE), (503, 0 * MINUTE), (404, MINUTE), (302, 6 * MINUTE)
        ]  # fmt: skip
        assert (sandbox.delivery.acknowledged, sandbox.delivery.unacknowledged) == ([], 0)


@live
async def test_an_app_may_say_that_it_wants_an_event_no_more():
    async with app_at_a_url() as app:
        app.answers = [web.Response(status=400, headers={"X-Slack-No-Retry": "1"})]
        app.sandbox.events.raw({"type": "message"})
        await app.sandbox.until(lambda: app.sandbox.delivery.lost)

        assert len(app.heard) == 1


@live
async def test_an_answer_that_gets_lost_is_no_answer():
    async with app_at_a_url() as app:
        app.sandbox.delivery.requests.posting.loses_answers = True
        app.sandbox.events.raw({"type": "message"})
        await app.sandbox.until(lambda: len(app.sandbox.delivery.requests.posted) == 2)
        app.sandbox.delivery.requests.posting.loses_answers = False
        app.sandbox.delivery.redeliver()
        await app.sandbox.delivery.settled()

        assert app.retries()[1:] == [("1", "connection_failed"), ("2", "connection_failed")]
        assert [each.attempts for each in app.sandbox.delivery.acknowledged] == [3]


@live
async def test_a_command_is_a_form_and_what_the_app_answers_is_shown():
    async with app_at_a_url() as app:
        sandbox = app.sandbox
        hana = sandbox.people.join("Hana")
        place = sandbox.channels.create("chat", with_app=True, members=[hana])
        await sandbox.delivery.settled()
        app.heard.clear()
        app.answers = [web.Response(text="やあ")]
        pressed = await sandbox.interactions.command(hana, place, "/hi", "a b")

        ((headers, body),) = app.heard
        assert headers["Content-Type"] == "application/x-www-form-urlencoded"
        assert "command=%2Fhi&text=a+b" in body
        assert (pressed.acknowledged, pressed.payload) == (True, {"text": "やあ"})
        assert [each.text for each in sandbox.world.ephemerals] == ["やあ"]


@live
async def test_an_interaction_is_a_form_with_a_payload_and_is_never_repeated():
    async with app_at_a_url() as app:
        hana = app.sandbox.people.join("Hana")
        await app.sandbox.delivery.settled()
        app.heard.clear()
        app.answers = [web.Response(status=500)]
        pressed = await app.sandbox.interactions.shortcut(hana, "any")

        ((_, body),) = app.heard
        assert body.startswith("payload=%7B")
        assert pressed.acknowledged is False


@live
async def test_the_certificate_is_tried():
    async with app_at_a_url() as app:
        assert await app.sandbox.delivery.requests.check_certificate() == 200
        assert app.heard[0][1].startswith("ssl_check=1&")


@live
async def test_another_process_names_the_address_and_sees_what_was_posted():
    async with app_at_a_url() as app, ClientSession() as other:
        base = f"{app.sandbox.world.http_base}/control"
        named = await (await other.post(f"{base}/use_request_url", json={"url": app.url})).json()
        app.sandbox.events.raw({"type": "message"})
        await app.sandbox.delivery.settled()
        seen = await (await other.get(f"{base}/requests")).json()

    assert named == {"ok": True, "result": None}
    assert [(each["retry"], each["status"]) for each in seen["result"]] == [(0, 200)]


@live
async def test_once_disabled_nothing_comes_until_an_admin_enables_it():
    async with app_at_a_url() as app:
        requests = app.sandbox.delivery.requests
        requests.is_disabled = True
        app.sandbox.events.raw({"type": "message"})
        await app.sandbox.until(lambda: app.sandbox.delivery.lost)
        requests.enable()
        app.sandbox.events.raw({"type": "message"})
        await app.sandbox.delivery.settled()

        assert len(app.heard) == 1


@pytest.mark.parametrize(
    ("failed", "fine", "too_many"),
    [
        pytest.param(999, 0, False, id="fewer than a thousand never count"),
        pytest.param(1000, 0, True, id="a thousand failed"),
        pytest.param(950, 50, False, id="95 %"),
        pytest.param(951, 49, True, id="more than 95 %"),
    ],
)
def test_an_app_is_disabled_when_nearly_everything_fails(failed: int, fine: int, too_many: bool):
    failures = Failures()
    for number in range(failed + fine):
        failures.note(failed=number < failed, now=START)

    assert failures.are_too_many is too_many


def test_what_failed_more_than_an_hour_ago_counts_no_more():
    failures = Failures()
    for _ in range(2000):
        failures.note(failed=True, now=START)
    failures.note(failed=True, now=START + 61 * MINUTE)

    assert failures.are_too_many is False
