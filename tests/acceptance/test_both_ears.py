"""The same story, however the service hears Slack: over Socket Mode, or by Slack's requests."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scheduler.model.messages import MessageKind
from scheduler.sandbox import Sandbox
from scheduler.settings import Receive
from tests.acceptance.faults.test_intake import TROUBLES, Trouble
from tests.acceptance.live_world import MINUTE, START, live_world
from tests.integration.live.ears import both_ways, hearing_by, request_url
from tests.integration.live.processes import TEAM_ROOM, Process, ask, process, written
from tests.integration.sandbox.connecting import live
from tests.world import local

MEMBER = "U0000000001"
DUE = local("2026-08-03 09:30")


@both_ways
@live
async def test_who_joins_is_welcomed_and_a_first_post_that_waits_is_told_of(tmp_path: Path, receive: Receive):
    async with live_world(tmp_path, lambda settings: hearing_by(receive, settings)) as world:
        newcomer = world.sandbox.people.join("そら")
        ts = world.sandbox.post(newcomer, world.questions, "申請書の様式はどこにありますか")
        await world.step("2026-08-03 12:00")

        (case,) = world.cases()
        assert [row.member for row in world.rows(MessageKind.WELCOME)] == [newcomer]
        assert {row.case for row in world.rows(MessageKind.ALERT)} == {case.key}
        assert (case.key.ts, case.author) == (ts, newcomer)


@both_ways
@live
async def test_what_is_answered_in_time_is_told_to_nobody(tmp_path: Path, receive: Receive):
    async with live_world(tmp_path, lambda settings: hearing_by(receive, settings)) as world:
        ts = world.ask()
        world.sandbox.post(world.ambassadors[0], world.questions, "ここにあります", thread_ts=ts)
        await world.step(DUE)

        assert (len(world.cases()), world.shown()) == (1, [])


@both_ways
@live
async def test_what_comes_again_is_known_already(tmp_path: Path, receive: Receive):
    async with live_world(tmp_path, lambda settings: hearing_by(receive, settings)) as world:
        with answers_lost(world.sandbox):
            world.ask()
            await world.sandbox.until(lambda: len(world.kept()) == 1)
        world.sandbox.delivery.redeliver()
        await world.step(DUE)

        (told,) = {each.attempts for each in world.sandbox.delivery.acknowledged[:1]}
        assert (told > 1, len(world.shown())) == (True, 1)


@pytest.mark.parametrize("trouble", TROUBLES)
@live
async def test_fault_19_what_cannot_be_kept_is_answered_with_503_and_comes_again_by_slacks_own_times(
    tmp_path: Path, trouble: Trouble
):
    async with live_world(tmp_path, lambda settings: hearing_by(Receive.HTTP, settings)) as world:
        requests = world.sandbox.delivery.requests
        async with trouble(world):
            world.ask("申請書の様式はどこにありますか。" * 500)
            await world.sandbox.until(lambda: len(requests.posted) == 2)
            meanwhile = world.kept()
        world.clock.step_to(START + MINUTE)
        await world.step(DUE)

        tried = [(each.status, each.retry, each.reason, each.at) for each in requests.posted[:3]]
        assert meanwhile == {}
        assert tried == [
            (503, 0, "", START), (503, 1, "http_error", START), (200, 2, "http_error", START + MINUTE)
        ]  # fmt: skip
        assert len(world.shown()) == 1


@both_ways
@live
async def test_buttons_and_commands_are_acknowledged(tmp_path: Path, receive: Receive):
    async with live_world(tmp_path, lambda settings: hearing_by(receive, settings)) as world:
        pressed = await world.sandbox.interactions.shortcut(world.ambassadors[0], "any")
        typed = await world.sandbox.interactions.command(world.ambassadors[0], world.questions, "/any", "x y")

        assert (pressed.acknowledged, typed.acknowledged, world.kept()) == (True, True, {})


@both_ways
@live
async def test_1_killed_between_the_commit_and_the_answer_it_is_told_again_and_done_once(
    tmp_path: Path, receive: Receive
):
    port = free_port()
    chosen = (
        ("receive: socket", f"receive: {receive}"),
        ("listen: 127.0.0.1:3000", f"listen: 127.0.0.1:{port}"),
    )
    async with process(tmp_path, extra=chosen) as service:
        sandbox = service.sandbox
        only_what_is_needed(service, receive)
        with answers_lost(sandbox):
            await begun(service, receive, port)
            ask(sandbox, MEMBER, "申請書はどこですか")
            await sandbox.until(lambda: written(sandbox, TEAM_ROOM), seconds=30)
            await service.kill()
        await service.start()
        await service.until_logged("caught_up", times=2)
        sandbox.delivery.redeliver()
        await sandbox.delivery.settled(seconds=30)
        service.send(signal.SIGTERM)
        code = await service.ended()

    # The question, and our own alert, which Slack tells us as well.
    attempts = [each.attempts for each in sandbox.delivery.acknowledged]
    assert (code, len(attempts), min(attempts) > 1) == (0, 2, True)
    assert len(written(sandbox, TEAM_ROOM)) == 1


def only_what_is_needed(service: Process, receive: Receive) -> None:
    unneeded = "SLACK_APP_TOKEN" if receive is Receive.HTTP else "SLACK_SIGNING_SECRET"
    del service.environment[unneeded]


async def begun(service: Process, receive: Receive, port: int) -> None:
    await service.start()
    await service.until_logged("caught_up")
    if receive is Receive.HTTP:
        requests = service.sandbox.delivery.requests
        lost, requests.posting.loses_answers = requests.posting.loses_answers, False
        await service.sandbox.delivery.use_request_url(request_url(port))
        requests.posting.loses_answers = lost


@contextmanager
def answers_lost(sandbox: Sandbox) -> Iterator[None]:
    """They are sent, and never arrive, whichever way they go."""
    delivery = sandbox.delivery
    acknowledge = {id(each): each._on_ack for each in delivery.connections}
    for each in delivery.connections:
        each._on_ack = lambda told: None  # noqa: ARG005
    delivery.acknowledge = lambda told: None  # type: ignore[method-assign]  # noqa: ARG005
    delivery.requests.posting.loses_answers = True
    try:
        yield
    finally:
        del delivery.acknowledge
        delivery.requests.posting.loses_answers = False
        for each in delivery.connections:
            each._on_ack = acknowledge.get(id(each), delivery.acknowledge)


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port: int = place.getsockname()[1]
        return port
