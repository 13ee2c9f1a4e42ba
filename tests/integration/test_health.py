"""How the service is doing, asked over real connections on this machine."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from structlog.testing import capture_logs
from typer.testing import CliRunner, Result

from scheduler.catalogue import LANGUAGES, say
from scheduler.cli import app
from scheduler.errors import AddressTaken
from scheduler.live.health import Health, words_of
from scheduler.live.heartbeat import Heartbeat
from scheduler.live.status import Role, Status, Trouble, TroubleKind
from scheduler.settings import Address, Mode
from tests.unit.config.files import LEAST

WELL = Status(now=datetime(2026, 4, 14, 1, 0, tzinfo=UTC), mode=Mode.LIVE, seconds_since_sign=3.0)
ILL = replace(WELL, seconds_since_sign=95.2, refused_code="token_revoked")


async def stuck() -> Status:
    await asyncio.Event().wait()
    return WELL


async def failing() -> Status:
    raise OSError("disk I/O error")


def tells(status: Status) -> Callable[[], Awaitable[Status]]:
    async def find() -> Status:
        return status

    return find


@asynccontextmanager
async def telling(
    find_status: Callable[[], Awaitable[Status]], *, language: str = "en"
) -> AsyncIterator[Health]:
    health = Health(Address(host="127.0.0.1", port=0), find_status, language=language, patience=0.05)
    await health.start()
    try:
        yield health
    finally:
        await health.stop()


def answer(
    path: str,
    *,
    find_status: Callable[[], Awaitable[Status]] | None = None,
    method: str = "GET",
    language: str = "en",
    headers: dict[str, str] | None = None,
) -> tuple[int, str]:
    async def asked() -> tuple[int, str]:
        async with (
            telling(find_status or tells(WELL), language=language) as health,
            aiohttp.ClientSession() as web,
        ):
            url = f"http://127.0.0.1:{health.port}{path}"
            async with web.request(method, url, headers=headers) as got:
                return got.status, await got.text()

    return asyncio.run(asked())


def test_it_lives_while_its_loop_turns():
    assert answer("/livez", find_status=stuck) == (200, "ok\n")


def test_it_is_ready_when_nothing_is_wrong():
    status, text = answer("/readyz")

    assert status == 200
    assert json.loads(text) == {
        "ready": True,
        "mode": "live",
        "role": "holder",
        "catching_up": False,
        "receive": "socket",
        "last_sign_seconds": 3,
        "reasons": [],
        "version": "0.1.0",
    }


def test_shadow_is_said_loudly():
    _, text = answer("/readyz", find_status=tells(replace(WELL, mode=Mode.SHADOW)))

    assert json.loads(text)["mode"] == "SHADOW"


def test_it_is_not_ready_and_says_why():
    status, text = answer("/readyz", find_status=tells(ILL))

    assert status == 503
    assert json.loads(text)["reasons"] == [
        {
            "kind": "refused",
            "words": "Slack refuses the app (token_revoked). Please look at its tokens and permissions.",
        },
        {"kind": "deaf", "words": "Nothing has been heard from Slack for 95 seconds."},
    ]


@pytest.mark.parametrize(
    ("query", "own", "spoken"),
    [
        ("", "ja", "ja"),
        ("", "en", "en"),
        ("?lang=ja", "en", "ja"),
        ("?lang=en", "ja", "en"),
        ("?lang=xx", "ja", "ja"),
    ],
)
def test_the_reasons_are_told_in_the_language_that_is_asked_for(query: str, own: str, spoken: str):
    _, text = answer(f"/readyz{query}", find_status=tells(ILL), language=own)

    assert json.loads(text)["reasons"][1]["words"] == say(spoken, "health.deaf", seconds=95, code="")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", TroubleKind)
def test_every_trouble_has_its_words(kind: TroubleKind, language: str):
    assert words_of(Trouble(kind=kind, seconds=95, code="x"), language)


@pytest.mark.parametrize("find_status", [stuck, failing])
def test_a_service_that_cannot_say_how_it_is_doing_is_not_ready(find_status: Callable[[], Awaitable[Status]]):
    status, text = answer("/readyz", find_status=find_status)

    assert status == 503
    assert [reason["kind"] for reason in json.loads(text)["reasons"]] == ["no_answer"]


def test_metrics_are_told_in_the_format_of_prometheus():
    status, text = answer("/metrics")

    assert status == 200
    assert 'ambassador_build_info{mode="live",version="0.1.0"} 1.0' in text.splitlines()


def test_there_are_no_metrics_when_nothing_is_known():
    assert answer("/metrics", find_status=stuck)[0] == 503


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_it_can_only_be_asked(path: str, method: str):
    assert answer(path, method=method)[0] == 405


@pytest.mark.parametrize("path", ["/", "/metrics/", "/config", "/readyz/../etc/passwd"])
def test_there_is_nothing_else_to_see(path: str):
    assert answer(path)[0] == 404


def test_a_long_question_is_refused():
    assert answer("/livez?" + "x" * 5000)[0] == 400
    assert answer("/livez", headers={"X-Long": "x" * 5000})[0] == 400


def test_a_place_that_is_taken_is_refused():
    async def twice() -> None:
        async with telling(tells(WELL)) as health:
            other = Health(Address(host="127.0.0.1", port=health.port), tells(WELL), language="en")
            await other.start()

    with pytest.raises(AddressTaken, match=r"^127\.0\.0\.1:\d+: Address already in use$"):
        asyncio.run(twice())


def test_once_stopped_nobody_answers():
    async def ask_after() -> None:
        async with telling(tells(WELL)) as health:
            port = health.port
        await asyncio.open_connection("127.0.0.1", port)

    with pytest.raises(ConnectionRefusedError):
        asyncio.run(ask_after())


# ambassador healthcheck


def config_with(folder: Path, health: str) -> Path:
    file = folder / "config.yaml"
    file.write_text(LEAST + f"service:\n  health: {health}\n", encoding="utf-8")
    return file


def healthcheck(config: Path, language: str = "en", **environ: str) -> Result:
    line = ["healthcheck", "--config", str(config), "--lang", language]
    return CliRunner().invoke(app, line, env=environ)


def checked(folder: Path, find_status: Callable[[], Awaitable[Status]], **environ: str) -> Result:
    """What the command says while a service answers."""

    async def both() -> Result:
        async with telling(find_status) as health:
            config = config_with(folder, f"127.0.0.1:{health.port}")
            return await asyncio.to_thread(healthcheck, config, **environ)

    return asyncio.run(both())


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def test_healthcheck_finds_all_well(tmp_path: Path):
    result = checked(tmp_path, tells(WELL))

    assert (result.exit_code, result.stdout) == (0, "The service is well.\n")


def test_healthcheck_says_shadow(tmp_path: Path):
    result = checked(tmp_path, tells(replace(WELL, mode=Mode.SHADOW)))

    assert result.exit_code == 0
    assert result.stdout == "The service is well. SHADOW: it decides and records, and sends nothing.\n"


def test_healthcheck_says_that_another_process_is_at_work(tmp_path: Path):
    result = checked(tmp_path, tells(replace(WELL, role=Role.STANDBY)))

    assert (result.exit_code, " ".join(result.stdout.split())) == (
        0,
        (
            "The service is well. It stands by: another process is at work, "
            "and this one goes on when that one is gone."
        ),
    )


def test_healthcheck_says_what_is_wrong(tmp_path: Path):
    result = checked(tmp_path, tells(replace(WELL, seconds_since_sign=95)))

    assert result.exit_code == 1
    assert result.stderr == "The service is not well. Nothing has been heard from Slack for 95 seconds.\n"


def test_healthcheck_asks_this_machine_whatever_proxy_there_is(tmp_path: Path):
    result = checked(tmp_path, tells(WELL), http_proxy="http://127.0.0.1:9", HTTP_PROXY="http://127.0.0.1:9")

    assert result.exit_code == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_healthcheck_without_a_service(tmp_path: Path, language: str):
    port = free_port()

    result = healthcheck(config_with(tmp_path, f"127.0.0.1:{port}"), language)

    assert (result.exit_code, result.stderr) == (
        1,
        say(language, "health.nobody", address=f"127.0.0.1:{port}") + "\n",
    )


@pytest.mark.parametrize(("body", "status"), [("<html>", 200), ("{}", 200), ("[]", 503), ("nothing", 404)])
def test_healthcheck_where_somebody_else_listens(tmp_path: Path, body: str, status: int):
    async def other() -> Result:
        async with monitor(lambda _: web.Response(text=body, status=status)) as found:
            config = config_with(tmp_path, f"127.0.0.1:{found.port}")
            return await asyncio.to_thread(healthcheck, config)

    result = asyncio.run(other())

    assert result.exit_code == 1
    assert "is not this service" in result.stderr


def test_healthcheck_of_a_service_that_cannot_be_asked(tmp_path: Path):
    result = healthcheck(config_with(tmp_path, "off"))

    assert result.exit_code == 2
    assert result.stderr == "`health` in `service` is off, so the service cannot be asked.\n"


def test_healthcheck_with_a_broken_config(tmp_path: Path):
    assert healthcheck(config_with(tmp_path, "0.0.0.0:1")).exit_code == 2


# The heartbeat


@dataclass
class Monitor:
    port: int = 0
    beats: list[str] = field(default_factory=list)


@asynccontextmanager
async def monitor(
    respond: Callable[[Monitor], web.Response] = lambda _: web.Response(),
) -> AsyncIterator[Monitor]:
    found = Monitor()

    async def take(request: web.Request) -> web.Response:
        found.beats.append(f"{request.method} {request.path_qs}")
        return respond(found)

    server = web.Application()
    server.router.add_route("*", "/{any:.*}", take)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.port = runner.addresses[0][1]
    try:
        yield found
    finally:
        await runner.cleanup()


def beaten(
    *statuses: Status, respond: Callable[[Monitor], web.Response] = lambda _: web.Response()
) -> tuple[list[str], list[tuple[str, str | None]]]:
    """What arrived at the monitor, and what stands in the log, after a beat in each status."""

    async def beat_each() -> list[str]:
        left = list(statuses)

        async def next_status() -> Status:
            return left.pop(0)

        async with monitor(respond) as found, aiohttp.ClientSession() as session:
            heart = Heartbeat(f"http://127.0.0.1:{found.port}/ping/1?x=2", session, next_status)
            for _ in statuses:
                await heart.beat()
            return found.beats

    with capture_logs() as logs:
        beats = asyncio.run(beat_each())
    return beats, [(line["event"], line.get("code")) for line in logs]


def test_the_heart_beats_while_all_is_well():
    assert beaten(WELL, WELL) == (["GET /ping/1?x=2"] * 2, [])


def test_the_heart_stops_when_something_is_wrong():
    assert beaten(ILL, WELL, ILL) == (["GET /ping/1?x=2"], [])


def test_a_monitor_that_fails_is_told_once_until_it_is_back():
    statuses = [500, 500, 200, 200, 500]

    _, logs = beaten(*[WELL] * 5, respond=lambda found: web.Response(status=statuses[len(found.beats) - 1]))

    assert logs == [
        ("heartbeat_failed", "http_500"),
        ("heartbeat_arrives_again", None),
        ("heartbeat_failed", "http_500"),
    ]


def test_a_monitor_that_is_away_stops_nothing():
    async def beat() -> None:
        async with aiohttp.ClientSession() as session:
            await Heartbeat(f"http://127.0.0.1:{free_port()}/", session, tells(WELL)).beat()

    with capture_logs() as logs:
        asyncio.run(beat())

    assert [(line["event"], line["code"]) for line in logs] == [("heartbeat_failed", "ClientConnectorError")]


def test_the_heart_beats_on_until_it_is_stopped():
    async def run() -> list[str]:
        enough = asyncio.Event()

        def respond(found: Monitor) -> web.Response:
            if len(found.beats) == 3:
                enough.set()
            return web.Response()

        async with monitor(respond) as found, aiohttp.ClientSession() as session:
            heart = Heartbeat(f"http://127.0.0.1:{found.port}/", session, tells(WELL))
            running = asyncio.create_task(heart.run(every=0))
            await asyncio.wait_for(enough.wait(), 5)
            running.cancel()
            return found.beats

    assert asyncio.run(run())[:3] == ["GET /"] * 3
