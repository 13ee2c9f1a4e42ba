"""Whatever stands in an answer: the call has an outcome, and nothing is raised. Fault scenario 7."""

from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from scheduler.model.deliveries import Delivery, NotSent, Unknown
from scheduler.slack.client import Web
from tests.integration.sandbox.connecting import live

JSON, HTML = "application/json", "text/html"
LIMITED = NotSent("ratelimited", timedelta(seconds=7))


async def outcome_of(status: int, kind: str, body: bytes) -> object:
    """Of a post that is answered so."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, body=body, content_type=kind, headers={"Retry-After": "7"})

    app = web.Application()
    app.router.add_post("/api/chat.postMessage", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with aiohttp.ClientSession() as session:
            base_url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
            return await Web("xoxb-1", base_url=base_url, session=session).call("chat.postMessage")
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(b"", JSON, id="nothing"),
        pytest.param(b"null", JSON, id="null"),
        pytest.param(b"[]", JSON, id="a list"),
        pytest.param(b'"ok"', JSON, id="a text"),
        pytest.param(b"1", JSON, id="a number"),
        pytest.param(b'{"ok": true', JSON, id="half of it"),
        pytest.param(b'{"ok": true, "ts": "\xff"}', JSON, id="bytes that are no text"),
        pytest.param(b"[" * 100_000, JSON, id="very deep"),
        pytest.param(b'{"ok": true, "n": ' + b"9" * 5000 + b"}", JSON, id="a number without an end"),
        pytest.param(b"<html>", HTML, id="a page"),
        pytest.param(b"ok", "text/plain", id="plain text"),
    ],
)
@live
async def test_fault_07_of_an_answer_that_nobody_can_read_the_outcome_is_unknown(body: bytes, kind: str):
    assert isinstance(await outcome_of(200, kind, body), Unknown)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        pytest.param(429, LIMITED, id="429"),
        pytest.param(502, Unknown("http_502"), id="502"),
    ],
)
@pytest.mark.parametrize("kind", [JSON, HTML, "text/plain"])
@live
async def test_fault_07_the_status_counts_whatever_stands_below_it(kind: str, status: int, outcome: Delivery):
    assert await outcome_of(status, kind, b"<html>") == outcome
