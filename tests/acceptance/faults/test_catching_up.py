"""What happened while nobody listened is read back: whole, bounded, once, and on from where it stopped."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.model.messages import MessageKind
from scheduler.sandbox import Call, Fault, How
from scheduler.settings import Settings
from scheduler.slack.paced import ReadRefused
from tests.acceptance.live_world import MINUTE, SECOND, LiveWorld, live_world
from tests.integration.sandbox.connecting import live
from tests.world import HOUR, local

DUE = local("2026-08-03 09:40")
HISTORY = "conversations.history"
CARRIES_ON = Fault(how=How.HTML, method=HISTORY, times=None, status=503)


@contextmanager
def unheard(world: LiveWorld) -> Iterator[None]:
    """What happens inside is never told; the clock goes on a little."""
    delivery = world.sandbox.delivery
    delivery.hold()
    yield
    delivery.waiting.clear()
    delivery.release()
    world.clock.step_to(world.now + MINUTE)


def since(world: LiveWorld, method: str, number: int) -> list[Call]:
    return world.sandbox.calls(method)[number:]


def told_of(world: LiveWorld) -> list[str]:
    """The posts that somebody was alerted to."""
    return [row.case.ts for row in world.rows(MessageKind.ALERT) if row.case]


@live
async def test_a_post_and_its_answer_are_read_back_so_that_only_who_still_waits_is_told_of(tmp_path: Path):
    async with live_world(tmp_path) as world:
        await world.idle()
        with unheard(world):
            answered, waits = (
                world.ask("様式はどこですか"),
                world.sandbox.post("UNEW", world.elsewhere, "窓口は？"),
            )
            world.sandbox.post(world.ambassadors[0], world.questions, "ここです", thread_ts=answered)
        await world.service.missed.catch_up()
        await world.step(DUE)

        assert told_of(world) == [waits]


@live
async def test_threads_of_open_cases_are_read_whatever_their_age(tmp_path: Path):
    async with live_world(tmp_path) as world:
        ts = world.ask()
        await world.idle()
        await world.step("2026-08-03 09:00")
        with unheard(world):
            world.sandbox.post(world.ambassadors[0], world.questions, "ここです", thread_ts=ts)
        await world.service.missed.catch_up()
        await world.step(DUE)

        assert told_of(world) == []
        assert world.cases()[0].outcome == "answered"


@pytest.mark.parametrize("what", ["deleted", "stamped as solved"])
@live
async def test_a_case_that_ended_meanwhile_alerts_nobody(tmp_path: Path, what: str):
    async with live_world(tmp_path) as world:
        ts = world.ask()
        await world.idle()
        await world.step("2026-08-03 09:00")
        with unheard(world):
            if what == "deleted":
                world.sandbox.delete(world.questions, ts)
            else:
                world.sandbox.react("UNEW", world.questions, ts, "white_check_mark")
        await world.service.missed.catch_up()
        await world.step(DUE)

        assert (told_of(world), world.cases()[0].is_open) == ([], False)


@live
async def test_a_stamp_that_came_meanwhile_touches_and_one_that_was_known_keeps_its_time(tmp_path: Path):
    async with live_world(tmp_path) as world:
        known, ts = world.sandbox.post("UNEW", world.elsewhere, "窓口は？"), world.ask()
        await world.step("2026-08-03 08:40")
        world.sandbox.react(world.ambassadors[0], world.elsewhere, known, "eyes")
        await world.step("2026-08-03 09:00")
        with unheard(world):
            world.sandbox.react(world.ambassadors[0], world.questions, ts, "eyes")
        read_at = world.now
        await world.service.missed.catch_up()
        await world.step(DUE)

        touched = {case.key.channel: case.touched_at for case in world.cases()}
        assert touched == {world.elsewhere: local("2026-08-03 08:40"), world.questions: read_at}
        assert told_of(world) == []


@live
async def test_a_thread_that_is_gone_when_it_is_to_be_read_hides_nothing_else_of_its_channel(tmp_path: Path):
    async with live_world(tmp_path) as world:
        await world.idle()
        with unheard(world):
            waits = world.sandbox.post(world.sandbox.people.join("そら"), world.questions, "窓口は？")
            world.clock.step_to(world.now + SECOND)
            answered = world.ask()
            world.sandbox.post(world.ambassadors[0], world.questions, "ここです", thread_ts=answered)
            world.sandbox.world.most_per_history_page = 1
        gone = Fault(how=How.ERROR, method="conversations.replies", code="thread_not_found")
        world.sandbox.faults.add(replace(gone, where={"ts": answered}))
        done = await world.service.missed.catch_up()
        await world.idle()

        assert done.unread == {}
        assert {case.key.ts for case in world.cases()} >= {waits}


@live
async def test_a_channel_that_could_not_be_read_is_read_once_it_can_from_where_it_was_left(tmp_path: Path):
    async with live_world(tmp_path) as world:
        await world.idle()
        with unheard(world):
            waits = world.ask()
        refused = Fault(
            how=How.ERROR, method=HISTORY, code="not_in_channel", where={"channel": world.questions}
        )
        world.sandbox.faults.add(refused)
        world.clock.step_to(world.now + HOUR)
        first = await world.service.missed.catch_up()
        second = await world.service.missed.catch_up()

        assert (first.unread, second.unread) == ({world.questions: "not_in_channel"}, {})
        assert [case.key.ts for case in world.cases()] == [waits]


@live
async def test_members_come_in_pages_of_a_thousand_and_who_joined_meanwhile_is_welcomed_once(tmp_path: Path):
    async with live_world(tmp_path) as world:
        await world.idle()
        before = len(world.sandbox.calls("users.list"))
        with unheard(world):
            for number in range(1_100):
                world.sandbox.people.join(f"bot {number}", bot=True)
            new = world.sandbox.people.join("そら")
        await world.service.missed.catch_up()
        await world.service.missed.catch_up()
        await world.step("2026-08-03 16:00")

        pages = [
            (call.arguments["limit"], bool(call.arguments.get("cursor")))
            for call in since(world, "users.list", before)
        ]
        assert [(int(str(limit)), goes_on) for limit, goes_on in pages] == [(1000, False), (1000, True)] * 2
        assert [row.recipient for row in world.rows(MessageKind.WELCOME)] == [new]


@live
async def test_it_reads_ten_minutes_more_than_was_missed_and_nothing_counts_twice(tmp_path: Path):
    async with live_world(tmp_path) as world:
        ts = world.ask()
        await world.step("2026-08-03 08:35")
        before, began_at = len(world.sandbox.calls(HISTORY)), world.now
        await world.service.missed.catch_up()
        await world.service.missed.catch_up()
        await world.step(DUE)

        second = since(world, HISTORY, before)[len(since(world, HISTORY, before)) // 2 :]
        overlap = timedelta(minutes=10)
        assert {float(str(call.arguments["oldest"])) for call in second} == {(began_at - overlap).timestamp()}
        assert (told_of(world), len(world.cases())) == ([ts], 1)


@live
async def test_interrupted_it_sends_nothing_and_goes_on_with_the_channels_that_are_left(tmp_path: Path):
    async with live_world(tmp_path) as world:
        await world.idle()
        with unheard(world):
            waits = world.ask()
        began_at, before = world.now, len(world.sandbox.calls(HISTORY))
        world.sandbox.faults.add(replace(CARRIES_ON, where={"channel": world.chat}))
        with pytest.raises(ReadRefused):
            await world.service.missed.catch_up()
        meanwhile = (world.service.missed.is_catching_up, told_of(world))
        world.sandbox.faults.clear()
        number = len(world.sandbox.calls(HISTORY))
        first = {call.arguments["channel"] for call in since(world, HISTORY, before)[: number - before]}
        await world.service.missed.catch_up()
        oldest = {
            call.arguments["channel"]: float(str(call.arguments["oldest"]))
            for call in since(world, HISTORY, number)
        }
        await world.step(DUE)

        read_before = (began_at - timedelta(minutes=10)).timestamp()
        assert meanwhile == (True, [])
        assert {channel for channel, at in oldest.items() if at >= read_before} == first - {world.chat}
        assert told_of(world) == [waits]


@live
async def test_a_channel_that_nobody_answers_about_keeps_nobody_waiting_in_the_others_for_ever(
    tmp_path: Path,
):
    async with live_world(tmp_path) as world:
        await world.idle()
        with unheard(world):
            waits = world.sandbox.post("UNEW", world.elsewhere, "窓口は？")
            world.ask()
        world.clock.step_to(DUE)
        world.sandbox.faults.add(replace(CARRIES_ON, where={"channel": world.questions}))
        service, gave_way = world.service, list[bool]()
        while not service.missed.gives_way:
            with pytest.raises(ReadRefused):
                await service.missed.catch_up()
            gave_way.append(service.missed.gives_way)
        await service.take_in(plans=True)
        await service.bring_out()

        assert gave_way == [False, False, False, False, False, True]
        assert (service.missed.gap, service.missed.is_catching_up, told_of(world)) == (False, True, [waits])


@live
async def test_where_slack_gives_only_fifteen_a_minute_it_keeps_to_that_and_the_admins_hear_of_it_once(
    tmp_path: Path,
):
    def admins_apart(settings: Settings) -> Settings:
        return replace(settings, service=replace(settings.service, admins="雑談"))

    async with live_world(tmp_path, admins_apart) as world:
        await world.idle()
        world.sandbox.restrict_history()
        with unheard(world):
            for _ in range(40):
                world.sandbox.post(world.ambassadors[0], world.chat, "こんにちは。")
                world.clock.step_to(world.now + SECOND)
        began_at = world.now
        done = await world.service.missed.catch_up()
        minutes = (world.now - began_at) / MINUTE
        await world.service.missed.catch_up()
        await world.step("2026-08-03 16:00")

        notices = [row.message for row in world.rows(MessageKind.NOTICE)]
        assert (done.restricted, minutes >= 5) == (True, True)
        assert notices == ["notice_restricted"]


@live
async def test_fault_24_what_hurts_in_a_history_or_a_list_stops_no_catching_up(tmp_path: Path):
    """A sign cut in two is kept by no database."""
    async with live_world(tmp_path) as world:
        await world.idle()
        with unheard(world):
            world.sandbox.people.join("\ud800", member="UHALF", display_name="\ud800")
            waits = world.sandbox.post("UHALF", world.questions, "様式はどこですか\ud800\0。")
        await world.service.missed.catch_up()
        await world.step(DUE)

        assert told_of(world) == [waits]
