"""What happens after an outage, and when Slack takes the app's rights away."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.clock import SteppingClock
from scheduler.model.marks import ALIVE
from scheduler.sandbox import Fault, How, Sandbox
from tests.integration.live.living import LITTLE, Living, living
from tests.integration.live.processes import ADMINS, QUESTIONS, TEAM_ROOM, ask, channel, connected, written
from tests.integration.sandbox.connecting import live

MEMBER = "U0000000001"
POST = "chat.postMessage"
#: A Wednesday, 11:00 in Japan.
NOON = datetime(2026, 8, 5, 2, 0, tzinfo=UTC)


async def asked(life: Living, question: str) -> None:
    """Somebody asked, and the service has taken it in."""
    facts = life.running.seen.counts.facts_folded
    ask(life.sandbox, MEMBER, question)
    await life.until(lambda: life.running.seen.counts.facts_folded > facts)


async def until_marked(life: Living, at: str) -> None:
    """The database rings no bell; the connections' pings do, all the time."""
    while await life.service.ask(lambda work: work.marks.get(ALIVE)) != at:
        pings = sum(each.pings for each in life.sandbox.delivery.connections)
        await life.until(lambda: sum(each.pings for each in life.sandbox.delivery.connections) != pings)  # noqa: B023


@live
async def test_without_a_token_it_goes_on_deciding_and_sends_nothing_until_slack_takes_it_again(
    tmp_path: Path,
):
    clock = SteppingClock(NOON)
    async with living(tmp_path, clock=clock) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        sandbox.events.tokens_revoked()
        await life.until(lambda: life.running.seen.refused_code)
        await asked(life, "申請書はどこですか")
        status, posted = await life.running.status(), len(sandbox.calls(POST))
        sandbox.tokens.mend()
        clock.step_to(NOON + timedelta(minutes=6))
        await life.until(lambda: written(sandbox, TEAM_ROOM) and written(sandbox, ADMINS))

    assert (status.refused_code, posted, len(written(sandbox, ADMINS))) == ("token_revoked", 0, 1)
    assert life.running.seen.refused_code is None


@live
async def test_slack_refusing_a_post_stops_the_sending(tmp_path: Path):
    async with living(tmp_path) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        sandbox.tokens.break_bot("account_inactive")
        ask(sandbox, MEMBER, "申請書はどこですか")
        await life.until(lambda: life.running.seen.refused_code)
        tried = len(sandbox.calls(POST))
        await asked(life, "もう一つ、様式はどこですか")

    assert (life.running.seen.refused_code, len(sandbox.calls(POST))) == ("account_inactive", tried)


@live
async def test_slack_refusing_to_tell_of_a_new_channel_stops_the_sending(tmp_path: Path):
    async with living(tmp_path) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        sandbox.tokens.break_bot("account_inactive")
        sandbox.channels.create("新しい部屋")
        await life.until(lambda: life.running.seen.refused_code and not life.service.notices)

    assert life.running.seen.refused_code == "account_inactive"


@live
async def test_events_that_slack_dropped_are_read_back(tmp_path: Path):
    async with living(tmp_path) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        sandbox.delivery.hold()
        ask(sandbox, MEMBER, "申請書はどこですか")
        sandbox.delivery.waiting.clear()
        sandbox.delivery.release()
        sandbox.events.rate_limited()
        await life.until(lambda: written(sandbox, TEAM_ROOM))

    assert len(written(sandbox, TEAM_ROOM)) == 1


@live
async def test_after_an_outage_only_young_posts_are_shown_and_old_ones_are_left_to_the_admins(tmp_path: Path):
    def before(sandbox: Sandbox) -> None:
        for age in (timedelta(days=6), timedelta(hours=1)):
            with sandbox.past(NOON - age):
                sandbox.post(MEMBER, channel(sandbox, QUESTIONS), "申請書はどこですか")

    async with living(tmp_path, clock=SteppingClock(NOON), before=before, heard=timedelta(days=7)) as life:
        sandbox = life.sandbox
        await life.until(lambda: written(sandbox, TEAM_ROOM) and written(sandbox, ADMINS))

    assert (len(written(sandbox, TEAM_ROOM)), len(written(sandbox, ADMINS))) == (1, 1)


@live
async def test_while_something_is_missing_the_mark_of_a_good_time_stays(tmp_path: Path):
    clock = SteppingClock(NOON)
    async with living(tmp_path, patience=LITTLE, clock=clock) as life:
        sandbox, service = life.sandbox, life.service
        await life.until(lambda: connected(sandbox) and service.ear and service.ear.is_well)
        clock.step_to(NOON + timedelta(seconds=40))
        await until_marked(life, (NOON + timedelta(seconds=40)).isoformat())
        sandbox.sockets.disable()
        await life.until(lambda: service.ear and not service.ear.is_well)
        clock.step_to(NOON + timedelta(seconds=80))
        await life.until(lambda: len(sandbox.calls("apps.connections.open")) > 8)
        marked = await service.ask(lambda work: work.marks.get(ALIVE))

    assert marked == (NOON + timedelta(seconds=40)).isoformat()


@live
async def test_a_new_public_channel_is_joined_when_the_config_says_so(tmp_path: Path):
    async with living(tmp_path, changes=(("new_channels: tell", "new_channels: join"),)) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        new = sandbox.channels.create("新しい相談")
        await life.until(lambda: sandbox.app in sandbox.world.channels[new].members)

    assert written(sandbox, ADMINS) == []


@live
async def test_else_the_admins_are_told_of_it(tmp_path: Path):
    async with living(tmp_path) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        new = sandbox.channels.create("新しい相談")
        await life.until(lambda: written(sandbox, ADMINS))

    (told,) = written(sandbox, ADMINS)
    assert f"<#{new}>" in told


@live
async def test_a_case_goes_on_in_a_channel_that_got_another_id(tmp_path: Path):
    async with living(tmp_path) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        ts = ask(sandbox, MEMBER, "申請書はどこですか")
        await life.until(lambda: written(sandbox, TEAM_ROOM))
        sandbox.channels.change_id(channel(sandbox, QUESTIONS), "C0999999999")
        await sandbox.delivery.settled()
        sandbox.post("U0000000002", "C0999999999", "ここです", thread_ts=ts)
        await life.until(lambda: sandbox.calls("chat.update"))
        (case,) = await life.service.ask(lambda work: work.cases.of_post("C0999999999", ts))

    assert (case.answered_by, case.outcome) == ("U0000000002", "answered")


@live
async def test_while_much_is_left_to_read_back_alerts_go_out_about_what_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("scheduler.live.catchup.PATIENCE", timedelta(0))
    async with living(tmp_path) as life:
        sandbox = life.sandbox
        await life.until(lambda: connected(sandbox))
        chat = channel(sandbox, "雑談")
        sandbox.faults.add(
            Fault(how=How.HANG, method="conversations.history", where={"channel": chat}, times=None)
        )
        sandbox.delivery.hold()
        ask(sandbox, MEMBER, "申請書はどこですか")
        sandbox.delivery.waiting.clear()
        sandbox.delivery.release()
        sandbox.events.rate_limited()
        await life.until(lambda: written(sandbox, TEAM_ROOM))
        still_reading = life.service.missed.is_catching_up

    assert (len(written(sandbox, TEAM_ROOM)), still_reading) == (1, True)
