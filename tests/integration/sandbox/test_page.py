"""The stand-in's page without a browser: who may come in, what is answered, what the feed tells."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from scheduler.sandbox import Sandbox
from scheduler.sandbox.page import Guide
from scheduler.sandbox.page.page import MOST_LISTENERS
from scheduler.sandbox.viewing import content_of, show
from tests.integration.sandbox.connecting import START, live, new_sandbox

JSON = {"Accept": "application/json"}
REGIONS = {"clock", "steps", "rail", "guide", "head", "log", "compose", "thread", "modal"}


@asynccontextmanager
async def served() -> AsyncIterator[tuple[Sandbox, aiohttp.ClientSession]]:
    """Hana in #general, and a session that knows where."""
    async with new_sandbox() as sandbox:
        with sandbox.past(START):
            sandbox.people.join("Hana", member="U1")
            sandbox.people.join("Jun", member="U2")
            sandbox.channels.create("general", channel="C1")
            sandbox.world.channels["C1"].members |= dict.fromkeys(("U1", "U2"))
        many = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(sandbox.world.http_base, connector=many) as session:
            yield sandbox, session


def home(sandbox: Sandbox) -> dict[str, str]:
    """The header that a browser sends with the forms of this page."""
    return {"Origin": sandbox.world.http_base}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, 200, id="as-it-is"),
        pytest.param({"Host": "localhost:{port}"}, 200, id="localhost"),
        pytest.param({"Host": "slack.example:{port}"}, 403, id="another-name-that-leads-here"),
        pytest.param({"Host": "127.0.0.1"}, 403, id="no-port"),
        pytest.param({"Host": "127.0.0.1:1"}, 403, id="another-port"),
        pytest.param({"Origin": "https://slack.example"}, 403, id="sent-by-another-page"),
        pytest.param({"Origin": "null"}, 403, id="sent-by-nobody-knows-whom"),
    ],
)
@live
async def test_only_this_machines_own_page_may_ask(headers: dict[str, str], status: int):
    async with served() as (sandbox, session):
        port = sandbox.world.http_base.rpartition(":")[2]
        told = {name: value.format(port=port) for name, value in headers.items()}
        for path in ("/", "/page/form/who", "/page/page.js"):
            async with session.get(path, headers=told) as answer:
                assert (path, answer.status) == (path, status)


@pytest.mark.parametrize(
    ("origin", "posted"),
    [
        pytest.param("{base}", 1, id="this-page"),
        pytest.param("https://slack.example", 0, id="another-page"),
        pytest.param("null", 0, id="a-sandboxed-frame"),
        pytest.param(None, 0, id="no-browser"),
    ],
)
@live
async def test_only_this_pages_own_forms_do_anything(origin: str | None, posted: int):
    async with served() as (sandbox, session):
        headers = {"Origin": origin.format(base=sandbox.world.http_base)} if origin else {}
        form = {"as": "U1", "in": "C1", "text": "Hello"}
        async with session.post("/page/do/write", data=form, headers=headers):
            pass

        assert len(sandbox.messages("C1")) == posted


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, 200, id="a-program"),
        pytest.param({"Origin": "https://slack.example"}, 403, id="another-page"),
        pytest.param({"Host": "slack.example"}, 403, id="a-name-that-leads-here"),
    ],
)
@live
async def test_other_pages_cannot_drive_the_stand_in(headers: dict[str, str], status: int):
    async with served() as (_, session):
        async with session.post("/control/join", json={"name": "Rei"}, headers=headers) as answer:
            assert answer.status == status
        async with session.get("/control/received", headers=headers) as answer:
            assert answer.status == status


@live
async def test_it_may_load_and_ask_for_nothing_but_itself():
    async with served() as (_, session), session.get("/?as=U1&in=C1") as answer:
        policy, page = answer.headers["Content-Security-Policy"], await answer.text()

    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "frame-ancestors 'none'" in policy
    assert [
        sign for sign in ("http://", "https://", " style=", " onclick=", "<script>") if sign in page
    ] == []


@pytest.mark.parametrize("kind", ["external_select", "multi_external_select", "file_input"])
@live
async def test_a_modal_with_an_input_that_it_cannot_show_says_so_and_can_be_sent(kind: str):
    element = {"type": kind, "action_id": "given"}
    label = {"type": "plain_text", "text": "Which one"}
    ask = {"type": "input", "block_id": "ask", "label": label, "element": element}
    async with served() as (sandbox, session):
        view = show(sandbox.world, "U1", content_of({"type": "modal", "blocks": [ask]}))
        async with session.get("/?as=U1&in=C1&lang=en") as answer:
            page = await answer.text()
        form = {"as": "U1", "in": "C1", "lang": "en", "view": view.id}
        sent = await session.post("/page/do/submit", data=form, headers=home(sandbox) | JSON)

        assert "This page cannot show this input. It can stay empty." in page
        assert await sent.json() == {
            "say": "The app did not answer within 3 seconds.",
            "go": "",
            "errors": {},
        }


@live
async def test_a_browser_without_scripts_is_sent_back_to_the_page():
    async with served() as (sandbox, session):
        form = {"as": "U1", "in": "C1", "lang": "ja", "text": "Hello"}
        answer = await session.post("/page/do/write", data=form, headers=home(sandbox), allow_redirects=False)

        assert (answer.status, answer.headers["Location"]) == (303, "/?as=U1&in=C1&lang=ja")


@pytest.mark.parametrize(
    ("deed", "form", "said"),
    [
        pytest.param("write", {"text": " \n"}, "Please write something.", id="nothing-written"),
        pytest.param(
            "write", {"text": "x", "root": "1.000001"}, "It is no longer there.", id="no-such-thread"
        ),
        pytest.param("write", {"text": "x", "channel": "DU2"}, "It is no longer there.", id="not-my-dm"),
        pytest.param("write", {"text": "x", "channel": "C9"}, "It is no longer there.", id="no-such-channel"),
        pytest.param(
            "stamp", {"ts": "1.000001", "name": "eyes"}, "It is no longer there.", id="no-such-post"
        ),
        pytest.param(
            "stamp", {"ts": "{ts}", "name": "<b>"}, "There is no stamp of that name.", id="no-stamp"
        ),
        pytest.param(
            "edit", {"ts": "{ts}", "text": "x"}, "That was refused (cant_update_message).", id="edit"
        ),
        pytest.param("delete", {"ts": "{ts}"}, "That was refused (cant_update_message).", id="delete"),
        pytest.param(
            "press", {"press": "x", "channel": "C1"}, "That was refused (action_not_found).", id="press"
        ),
        pytest.param(
            "press", {"press": '["b", 1]', "view": "V9"}, "That was refused (action_not_found).", id="j"
        ),
        pytest.param("submit", {"view": "V9"}, "It is no longer there.", id="no-such-modal"),
        pytest.param("arrive", {"name": "  "}, "Please write a name.", id="no-name"),
        pytest.param("step", {"to": "never"}, "It is no longer there.", id="no-such-step"),
    ],
)
@live
async def test_what_cannot_be_done_is_said(deed: str, form: dict[str, str], said: str):
    async with served() as (sandbox, session):
        ts = sandbox.post("U2", "C1", "not Hana's")
        told = {
            "as": "U1",
            "in": "C1",
            **{name: value.format(ts=ts) for name, value in form.items() if "[" not in value},
        }
        told |= {name: value for name, value in form.items() if "[" in value}
        async with session.post(f"/page/do/{deed}", data=told, headers=home(sandbox) | JSON) as answer:
            assert await answer.json() == {"say": said, "go": "", "errors": {}}
        assert [message.text for message in sandbox.messages("C1")] == ["not Hana's"]


@pytest.mark.parametrize(
    "path", ["/page/do/fly", "/page/form/fly", "/page/form/edit", "/page/page.py", "/page/..%2Fpage.py"]
)
@live
async def test_what_is_not_there_is_not_found(path: str):
    async with served() as (sandbox, session):
        ask = session.post if "/do/" in path else session.get
        async with ask(path, headers=home(sandbox)) as answer:
            assert answer.status == 404


@pytest.mark.parametrize(
    ("step", "until"),
    [
        ("hour", "2026-04-06 01:00"),
        ("three", "2026-04-06 03:00"),
        ("morning", "2026-04-07 00:00"),
        ("friday", "2026-04-10 09:00"),
    ],
)
@live
async def test_the_clock_steps_in_the_members_own_zone(step: str, until: str):
    """It is Monday, 9:00 in Tokyo."""
    async with served() as (sandbox, session):
        form = {"as": "U1", "in": "C1", "to": step}
        async with session.post("/page/do/step", data=form, headers=home(sandbox) | JSON):
            pass

        assert sandbox.world.now() == datetime.fromisoformat(until).replace(tzinfo=UTC)


async def next_event(stream: aiohttp.StreamReader) -> tuple[str, dict[str, Any]]:
    """Id and data of the next event."""
    fields: dict[str, str] = {}
    async for line in stream:
        name, _, value = line.decode().rstrip("\n").partition(": ")
        if name:
            fields[name] = value
        elif "data" in fields:
            return fields["id"], json.loads(fields["data"])
    raise AssertionError("the feed ended")


@live
async def test_the_feed_tells_only_what_changed():
    async with served() as (sandbox, session), session.get("/page/feed?as=U1&in=C1") as feed:
        _, everything = await next_event(feed.content)
        ts = sandbox.post("U2", "C1", "Hello")
        _, change = await next_event(feed.content)

    assert set(everything) == REGIONS
    assert list(change) == ["log"]
    assert list(change["log"]["html"]) == ["day-2026-04-06", f"m-{ts}"]


@live
async def test_a_feed_that_comes_back_goes_on_where_it_was():
    async with served() as (sandbox, session):
        async with session.get("/page/feed?as=U1&in=C1") as feed:
            seen, _ = await next_event(feed.content)
        back = {"Last-Event-ID": seen}
        async with session.get("/page/feed?as=U1&in=C1", headers=back) as feed:
            first = sandbox.post("U2", "C1", "Hello")
            seen, change = await next_event(feed.content)
        second = sandbox.post("U2", "C1", "missed")
        async with session.get("/page/feed?as=U1&in=C1", headers={"Last-Event-ID": seen}) as feed:
            _, missed = await next_event(feed.content)

    assert list(change) == ["log"]
    assert [key for key, _ in missed["log"]["order"]][1:] == [f"m-{first}", f"m-{second}"]
    assert set(missed) == REGIONS


def done_in(page: str) -> list[bool]:
    """Of each step of the guide whether it is ticked."""
    guide = page.partition('data-region="guide"')[2].partition("</ol>")[0]
    return [found == ' class="done"' for found in re.findall("<li([^>]*)>", guide)]


@live
async def test_the_guide_ticks_what_was_done():
    async with served() as (sandbox, session):
        sandbox.page.guide = Guide(
            channel="C1",
            name={"en": "Aoi Yamamoto", "ja": "山本 葵"},
            question={"en": "How?", "ja": "どうすれば？"},
        )
        token = {"Authorization": f"Bearer {sandbox.tokens.bot}"}

        async def ticked() -> list[bool]:
            async with session.get("/?as=U1&in=C1&lang=en") as answer:
                return done_in(await answer.text())

        async def call(method: str, **about: str) -> dict[str, Any]:
            async with session.post(f"/api/{method}", json=about, headers=token) as answer:
                told: dict[str, Any] = await answer.json()
                return told

        seen = [await ticked()]
        member = sandbox.people.join("山本 葵")
        sandbox.channels.enter("C1", sandbox.app)
        sandbox.channels.enter("C1", member)
        seen.append(await ticked())
        ts = sandbox.post(member, "C1", "How?")
        await call("chat.postMessage", channel=member, text="Welcome")
        seen.append(await ticked())
        link = f"https://sandbox.slack.com/archives/C1/p{ts.replace('.', '')}"
        alert = await call("chat.postMessage", channel="U1", text=f"Nobody answers: <{link}>")
        seen.append(await ticked())
        sandbox.post("U1", "C1", "Like this", thread_ts=ts)
        seen.append(await ticked())
        await call("chat.update", channel=alert["channel"], ts=alert["ts"], text="Answered")
        seen.append(await ticked())

    assert [sum(each) for each in seen] == [0, 1, 2, 3, 3, 4]
    assert seen[3] == [True, True, True, False]


@live
async def test_only_so_many_pages_listen_at_once_and_one_that_went_makes_room():
    async with served() as (sandbox, session), AsyncExitStack() as stack:

        async def listen() -> aiohttp.ClientResponse:
            return await stack.enter_async_context(session.get("/page/feed?as=U1&in=C1"))

        feeds = [await listen() for _ in range(MOST_LISTENERS)]
        refused = await listen()
        feeds[0].close()
        while (await listen()).status != 200:
            sandbox.post("U2", "C1", "Is anybody there?")

    assert (feeds[-1].status, refused.status) == (200, 503)


@live
async def test_the_feed_ends_when_the_stand_in_does():
    async with served() as (sandbox, session):
        feed = await session.get("/page/feed?as=U1&in=C1")
        await next_event(feed.content)
        sandbox.page.stop()

        assert (await feed.content.read()).decode() == ""


@live
async def test_nobody_is_there_and_somebody_can_join():
    async with new_sandbox() as sandbox, aiohttp.ClientSession(sandbox.world.http_base) as session:
        async with session.get("/", headers={"Accept-Language": "ja"}) as answer:
            assert answer.status == 200
            assert "まだだれでもない" in await answer.text()
        async with session.post(
            "/page/do/arrive", data={"name": "Rei"}, headers=home(sandbox) | JSON
        ) as answer:
            assert (await answer.json())["go"] == "/?as=U0000000001&in=home"


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param(
            [{"type": "actions", "elements": [{"type": "static_select", "options": "x"}]}], id="options"
        ),
        pytest.param(
            [{"type": "actions", "elements": [{"type": "datepicker", "initial_date": 5}]}], id="date"
        ),
        pytest.param(
            [
                {
                    "type": "actions",
                    "elements": [
                        {"type": "button", "text": {"type": "plain_text", "text": "x"}, "confirm": 1}
                    ],
                }
            ],
            id="confirm",
        ),
        pytest.param(
            [{"type": "actions", "elements": [{"type": "datetimepicker", "initial_date_time": 10**30}]}],
            id="far-away",
        ),
        pytest.param(
            [{"type": "section", "text": {"type": "mrkdwn", "text": "x"}, "accessory": {"type": ["?"]}}],
            id="type",
        ),
        pytest.param(
            [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": 1}]}], id="rich"
        ),
    ],
)
@live
async def test_blocks_that_are_hardly_blocks_break_nothing(blocks: list[dict[str, Any]]):
    async with served() as (sandbox, session):
        sandbox.channels.enter("C1", sandbox.app)
        call = {"channel": "C1", "text": "fallback", "blocks": blocks}
        token = {"Authorization": f"Bearer {sandbox.tokens.bot}"}
        async with session.post("/api/chat.postMessage", json=call, headers=token) as answer:
            assert (await answer.json())["ok"]
        async with session.get("/?as=U1&in=C1") as answer:
            assert answer.status == 200
