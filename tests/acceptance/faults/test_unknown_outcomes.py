"""Fault scenarios 4 to 7: a message was sent, and nobody knows whether Slack took it."""

import asyncio
from datetime import datetime
from pathlib import Path
from sqlite3 import OperationalError, connect

import pytest

from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind, OutboxState
from scheduler.sandbox import Fault, How
from tests.acceptance.live_world import POST, SECOND, live_world, pragma
from tests.integration.sandbox.connecting import live
from tests.world import local

DUE = local("2026-08-03 09:30")
LOOKED = DUE + 30 * SECOND
LATE = 20 * SECOND


@pytest.fixture(autouse=True)
def _nobody_waits_long_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets live by real time: a call that hangs is given up at once."""
    monkeypatch.setattr("scheduler.slack.client.PATIENCE", 0.2)


def fault(how: How, *, after: bool, **what: object) -> Fault:
    return Fault(how=how, method=POST, after_effect=after, **what)  # type: ignore[arg-type]


async def attempts_and_end(folder: Path, fault: Fault) -> tuple[list[datetime], datetime | None]:
    """When one alert was brought to Slack, and when it was sent: it stands there once, and we know where."""
    async with live_world(folder) as world:
        world.sandbox.faults.add(fault)
        world.ask()
        await world.step(LOOKED)

        (row,) = world.rows()
        (message,) = world.shown()
        assert (row.state, row.posted_ts) == (OutboxState.SENT, message.ts)
        return [call.at for call in world.posts()], row.sent_at


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(fault(How.RESET, after=True), id="4 reset"),
        pytest.param(fault(How.HANG, after=True, late=LATE), id="6 timed out, and in the history later"),
        pytest.param(fault(How.RESET, after=True, late=LATE), id="6 reset, and in the history later"),
        pytest.param(fault(How.HTML, after=True, status=500), id="7 a page with status 500"),
        pytest.param(fault(How.HTML, after=True, status=200), id="7 a page with status 200"),
        pytest.param(fault(How.TRUNCATED, after=True), id="7 half of the JSON"),
        pytest.param(fault(How.CUT, after=True), id="7 half of the body"),
        pytest.param(fault(How.ERROR, after=True), id="7 internal_error"),
        pytest.param(fault(How.ERROR, after=True, code="fatal_error"), id="7 fatal_error"),
        pytest.param(fault(How.ERROR, after=True, code="service_unavailable"), id="7 service_unavailable"),
        pytest.param(fault(How.HANG, after=True), id="7 timed out"),
    ],
)
@live
async def test_faults_04_06_07_what_slack_took_without_saying_so_is_found_and_not_sent_again(
    tmp_path: Path, fault: Fault
):
    assert await attempts_and_end(tmp_path, fault) == ([DUE], DUE)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(fault(How.RESET, after=False), id="5 reset"),
        pytest.param(fault(How.HTML, after=False, status=502), id="7 a page with status 502"),
        pytest.param(fault(How.HTML, after=False, status=200), id="7 the login page of a proxy"),
        pytest.param(fault(How.TRUNCATED, after=False), id="7 half of the JSON"),
        pytest.param(fault(How.CUT, after=False), id="7 half of the body"),
        pytest.param(fault(How.ERROR, after=False), id="7 internal_error"),
        pytest.param(fault(How.HANG, after=False), id="7 timed out"),
    ],
)
@live
async def test_faults_05_07_what_slack_never_took_is_sent_once_more_when_the_history_has_settled(
    tmp_path: Path, fault: Fault
):
    assert await attempts_and_end(tmp_path, fault) == ([DUE, LOOKED], LOOKED)


@live
async def test_fault_05_nothing_is_sent_again_about_a_post_that_was_answered_meanwhile(tmp_path: Path):
    async with live_world(tmp_path) as world:
        world.sandbox.faults.add(fault(How.RESET, after=False))
        asked = world.ask()
        await world.step(DUE)
        world.sandbox.post(world.ambassadors[0], world.questions, "ここにあります", thread_ts=asked)
        await world.step(LOOKED)

        (row,) = world.rows()
        assert (row.state, row.reason) == (OutboxState.SKIPPED, Reason.ANSWERED)
        assert (len(world.posts()), world.shown()) == (1, [])


@live
async def test_fault_05_a_welcome_that_is_lost_twice_is_given_up(tmp_path: Path):
    async with live_world(tmp_path) as world:
        await world.step("2026-08-03 09:30")
        world.sandbox.faults.add(Fault(how=How.RESET, method=POST, times=None))
        world.sandbox.people.join("あおい")
        await world.step("2026-08-03 11:00")

        (row,) = world.rows(MessageKind.WELCOME)
        assert (row.state, row.reason, row.attempts) == (OutboxState.DEAD, Reason.OUTCOME_UNKNOWN, 2)
        assert len(world.posts()) == 2


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(how=How.HANG, method="conversations.history"), id="history hangs"),
        pytest.param(Fault(how=How.HTML, method="conversations.open"), id="the talk cannot be opened"),
        pytest.param(
            Fault(how=How.RATELIMITED, method="conversations.history", retry_after=45),
            id="history is limited",
        ),
    ],
)
@live
async def test_fault_04_when_nobody_can_look_it_is_looked_for_again(tmp_path: Path, fault: Fault):
    async with live_world(tmp_path) as world:
        world.sandbox.faults.add(Fault(how=How.RESET, method=POST, after_effect=True))
        world.sandbox.faults.add(fault)
        world.ask()
        await world.step(LOOKED + 60 * SECOND)

        (row,) = world.rows()
        assert (row.state, len(world.posts()), len(world.shown())) == (OutboxState.SENT, 1, 1)


@live
async def test_fault_05_while_slack_is_a_black_hole_an_alert_waits_and_goes_out_afterwards(tmp_path: Path):
    async with live_world(tmp_path) as world:
        world.sandbox.faults.add(Fault(how=How.RESET, method="*", times=None))
        world.ask()
        await world.step("2026-08-03 09:45")
        lost = [call.method for call in world.sandbox.received if call.outcome == "reset"]
        world.sandbox.faults.clear()
        await world.step("2026-08-03 09:55")

        (row,) = world.rows()
        assert lost.count(POST) == 1
        assert (row.state, len(world.shown())) == (OutboxState.SENT, 1)


@live
async def test_fault_05_an_alert_that_is_due_does_not_wait_until_a_lost_one_was_looked_for(tmp_path: Path):
    async with live_world(tmp_path) as world:
        world.sandbox.faults.add(fault(How.RESET, after=False))
        world.ask()
        await world.step(local("2026-08-03 08:30") + 30 * SECOND)
        world.sandbox.post("UNEW", world.elsewhere, "印鑑の要る様式はどれですか")
        await world.step(LOOKED)

        calls = [call.method for call in world.sandbox.received if call.at == LOOKED]
        assert calls == [POST, "conversations.open", "conversations.history", POST]


@live
async def test_fault_19_what_slack_took_while_the_database_failed_is_found_once_it_works_again(
    tmp_path: Path,
):
    async with live_world(tmp_path) as world:
        await pragma(world.service, "busy_timeout=20")
        world.ask()
        await world.step(DUE - SECOND)
        world.clock.step_to(DUE)
        other = connect(world.file, isolation_level=None)
        posting = asyncio.create_task(world.service.make_round())
        await world.sandbox.until(world.posts)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError):
            await posting
        other.close()
        (on_its_way,) = world.rows()
        await world.step(DUE + 180 * SECOND)

        (row,) = world.rows()
        assert on_its_way.state is OutboxState.SENDING
        assert (row.state, len(world.posts()), len(world.shown())) == (OutboxState.SENT, 1, 1)


@live
async def test_fault_08_while_slack_lets_nobody_look_no_other_lost_message_is_looked_for(tmp_path: Path):
    async with live_world(tmp_path) as world:
        world.sandbox.faults.add(Fault(how=How.RESET, method=POST, times=2, after_effect=True))
        world.sandbox.faults.add(Fault(how=How.RATELIMITED, method="conversations.open", retry_after=45))
        world.ask()
        world.sandbox.post("UNEW", world.elsewhere, "印鑑の要る様式はどれですか")
        await world.step(LOOKED + 60 * SECOND)

        opened = [call.at for call in world.sandbox.calls("conversations.open")]
        assert opened == [LOOKED, *[LOOKED + 45 * SECOND] * 2]
        assert [row.state for row in world.rows()] == [OutboxState.SENT] * 2
        assert len(world.posts()) == len(world.shown()) == 2
