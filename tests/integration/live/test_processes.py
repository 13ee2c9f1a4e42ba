"""The service as a real process: killed, stopped, reloaded, refused. Numbers are the fault scenarios'."""

import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from scheduler.sandbox import Fault, How, Sandbox
from tests.integration.live.processes import TEAM_ROOM, Process, ask, process, written
from tests.integration.sandbox.connecting import live

MEMBER = "U0000000001"
POST = "chat.postMessage"
#: Folding a message takes very long.
SLOW = """
    create trigger slow before insert on messages begin
      select count(*) from (
        with recursive number(n) as (select 1 union all select n + 1 from number limit 2000000000)
        select n from number);
    end
"""


def alerts(sandbox: Sandbox) -> list[str]:
    return written(sandbox, TEAM_ROOM)


def outbox(service: Process) -> list[tuple[str, int]]:
    with service.database() as database:
        return database.execute("select state, attempts from outbox order by dedup_key").fetchall()


async def once_more(service: Process) -> None:
    """The same command again, long after."""
    with service.database() as database:
        for column in ("sent_at", "leased_until"):
            earlier = f"strftime('%Y-%m-%d %H:%M:%f000', {column}, '-1 hour')"
            database.execute(f"update outbox set {column} = {earlier}")
    await service.start()


@live
async def test_after_a_backfill_it_begins_says_what_runs_where_and_stops_with_code_0(tmp_path: Path):
    async with process(tmp_path, seeded=False, kind=Process) as service:
        await service.start("backfill")
        filled = await service.ended()
        await service.start()
        await service.until_logged("caught_up")
        service.send(signal.SIGTERM)
        code = await service.ended()

    assert (filled, code) == (0, 0), service.said()
    assert "LIVE: messages really go out to Slack." in service.said()
    assert "Workspace: https://sandbox.slack.com (T0SANDBOX)" in service.said()
    assert {line["mode"] for line in service.log} == {"live"}


@live
async def test_1_killed_after_the_commit_and_before_the_acknowledgement_it_is_processed_once(tmp_path: Path):
    async with process(tmp_path) as service:
        sandbox = service.sandbox
        with acknowledgements_lost(sandbox):
            await service.start()
            await service.until_logged("caught_up")
            ask(sandbox, MEMBER, "申請書はどこですか")
            await sandbox.until(lambda: alerts(sandbox), seconds=20)
            await service.kill()
        waiting = sandbox.delivery.unacknowledged
        await service.start()
        await sandbox.delivery.settled(seconds=20)
        await service.until_logged("caught_up", times=2)
        service.send(signal.SIGTERM)
        await service.ended()

    # The question, and our own alert, which Slack tells us as well.
    attempts = [each.attempts for each in sandbox.delivery.acknowledged]
    assert (waiting, len(attempts), min(attempts) > 1, len(alerts(sandbox))) == (2, 2, True, 1)


@live
async def test_2_killed_after_the_acknowledgement_and_before_the_processing_nothing_is_lost(tmp_path: Path):
    async with process(tmp_path) as service:
        sandbox = service.sandbox
        with service.database() as database:
            database.execute(SLOW)
        await service.start()
        await service.until_logged("caught_up")
        ask(sandbox, MEMBER, "申請書はどこですか")
        await sandbox.delivery.settled(seconds=20)
        await service.kill()
        with service.database() as database:
            kept = database.execute("select state, kind from inbox").fetchall()
            database.execute("drop trigger slow")
        await service.start()
        await sandbox.until(lambda: alerts(sandbox), seconds=20)
        service.send(signal.SIGTERM)
        await service.ended()

    assert (kept, len(alerts(sandbox))) == ([("waiting", "message")], 1)


@asynccontextmanager
async def hanging_in_a_post(folder: Path, *, after_effect: bool = True) -> AsyncIterator[Process]:
    """Slack does not answer the first post, which it took when that is `after_effect`."""
    async with process(folder) as service:
        await service.start()
        await service.until_logged("caught_up")
        service.sandbox.faults.add(Fault(how=How.HANG, method=POST, after_effect=after_effect))
        ask(service.sandbox, MEMBER, "申請書はどこですか")
        yield service


@live
async def test_3_killed_after_slack_took_a_post_it_is_found_by_its_mark_and_not_posted_again(tmp_path: Path):
    async with hanging_in_a_post(tmp_path) as service:
        sandbox = service.sandbox
        await sandbox.until(lambda: alerts(sandbox), seconds=20)
        await service.kill()
        interrupted = outbox(service)
        await once_more(service)
        await sandbox.until(lambda: looked_up(sandbox), seconds=20)
        service.send(signal.SIGTERM)
        await service.ended()

    assert (interrupted, outbox(service)) == ([("sending", 1)], [("sent", 1)])
    assert len(sandbox.calls(POST)) == 1


def looked_up(sandbox: Sandbox) -> bool:
    return any(call.arguments.get("include_all_metadata") for call in sandbox.calls("conversations.history"))


@live
async def test_sigterm_ends_it_within_ten_seconds_though_slack_never_answers_a_post(tmp_path: Path):
    async with hanging_in_a_post(tmp_path) as service:
        sandbox = service.sandbox
        await sandbox.until(lambda: alerts(sandbox), seconds=20)
        service.send(signal.SIGTERM)
        code = await service.ended(seconds=10)

    assert (code, outbox(service)) == (0, [("sending", 1)])


@live
async def test_a_second_signal_ends_it_at_once(tmp_path: Path):
    async with hanging_in_a_post(tmp_path, after_effect=False) as service:
        sandbox = service.sandbox
        await sandbox.until(lambda: sandbox.calls(POST), seconds=20)
        service.send(signal.SIGTERM)
        await service.until_logged("stopping")
        service.send(signal.SIGTERM)
        code = await service.ended(seconds=2)

    assert code == 130


@live
async def test_sighup_with_a_broken_config_keeps_the_last_good_one_and_with_a_mended_one_takes_it(
    tmp_path: Path,
):
    async with process(tmp_path) as service:
        file, sandbox = tmp_path / "config.yaml", service.sandbox
        good = file.read_text(encoding="utf-8")
        await service.start()
        await service.until_logged("caught_up")
        file.write_text(good.replace("weekly_budget: 5", "weekly_budget: lots"), encoding="utf-8")
        service.send(signal.SIGHUP)
        await service.until_logged("reload_refused")
        ask(sandbox, MEMBER, "申請書はどこですか")
        await sandbox.until(lambda: alerts(sandbox), seconds=20)
        file.write_text(good.replace("weekly_budget: 5", "weekly_budget: 4"), encoding="utf-8")
        service.send(signal.SIGHUP)
        await service.until_logged("reloaded")
        file.write_text(good.replace("mode: live", "mode: shadow"), encoding="utf-8")
        service.send(signal.SIGHUP)
        await service.until_logged("reload_refused", times=2)
        service.send(signal.SIGTERM)
        await service.ended()

    refused = [line["code"] for line in service.log if line["event"] == "reload_refused"]
    assert refused == ["config.expected_number", "needs_restart.mode"]


@live
async def test_in_shadow_mode_everything_is_decided_and_nothing_is_written_to_slack(tmp_path: Path):
    async with process(tmp_path, mode="shadow", seeded=False) as service:
        sandbox = service.sandbox
        await service.start()
        await service.until_logged("caught_up")
        ask(sandbox, MEMBER, "申請書はどこですか")
        await service.until_logged("message")
        service.send(signal.SIGTERM)
        await service.ended()

    written = [call.method for call in sandbox.received if call.method.startswith(("chat.", "views."))]
    assert written == []
    assert "*** SHADOW ***" in service.said()
    assert {line["mode"] for line in service.log} == {"SHADOW"}


@live
async def test_a_second_process_on_the_same_database_refuses(tmp_path: Path):
    async with process(tmp_path) as service:
        await service.start()
        await service.until_logged("caught_up")
        second = Process(tmp_path, service.sandbox)
        await second.start()
        code = await second.ended()
        service.send(signal.SIGTERM)
        await service.ended()

    assert (code, "ambassador.db" in second.said()) == (2, True)


@live
async def test_live_mode_refuses_a_database_without_a_past_and_names_both_commands(tmp_path: Path):
    async with process(tmp_path, seeded=False) as service:
        await service.start()
        code = await service.ended()

    assert code == 2
    assert "`ambassador import`" in service.said()
    assert "`ambassador backfill`" in service.said()


@live
async def test_a_shadow_run_is_no_past(tmp_path: Path):
    async with process(tmp_path, mode="shadow", seeded=False) as service:
        file = tmp_path / "config.yaml"
        await service.start()
        await service.until_logged("caught_up")
        service.send(signal.SIGTERM)
        await service.ended()
        text = file.read_text(encoding="utf-8").replace("mode: shadow", "mode: live")
        file.write_text(text, encoding="utf-8")
        await service.start()
        code = await service.ended()

    assert (code, "`ambassador import`" in service.said()) == (2, True)


def wrong_bot(sandbox: Sandbox) -> None:
    sandbox.tokens.break_bot("token_revoked")


def wrong_app(sandbox: Sandbox) -> None:
    sandbox.tokens.break_app("invalid_auth")


@pytest.mark.parametrize(
    ("break_it", "sentence"),
    [
        (wrong_bot, "Slack does not take the bot token (token_revoked)."),
        (wrong_app, "Slack does not take the app token (invalid_auth)."),
        (lambda sandbox: sandbox.sockets.disable(), "Slack does not take the app token (access_denied)."),
    ],
    ids=["a revoked bot token", "a wrong app token", "Socket Mode switched off"],
)
def test_17_at_the_start_it_says_in_one_sentence_what_to_mend(
    tmp_path: Path, break_it: Callable[[Sandbox], None], sentence: str
):
    @live
    async def refused() -> None:
        async with process(tmp_path, mode="shadow", seeded=False) as service:
            break_it(service.sandbox)
            await service.start()
            assert await service.ended() == 2
            assert sentence in service.said()

    refused()


@contextmanager
def acknowledgements_lost(sandbox: Sandbox) -> Iterator[None]:
    """They are sent, and never arrive; on connections that are opened meanwhile."""
    delivery = sandbox.delivery
    delivery.acknowledge = lambda told: None  # type: ignore[method-assign]  # noqa: ARG005
    try:
        yield
    finally:
        del delivery.acknowledge
