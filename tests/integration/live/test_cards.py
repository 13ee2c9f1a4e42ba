"""Cards and refused recipients in the stand-in: the real service, and what people then see in Slack."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.model.messages import MessageKind
from scheduler.sandbox import Fault, How
from scheduler.settings import Mode, Settings
from tests.acceptance.live_world import LiveWorld, live_world
from tests.integration.sandbox.connecting import live
from tests.world import HOUR

UPDATE = "chat.update"
QUESTION = "はじめまして。申請書の様式はどこにありますか"


def alert_of(world: LiveWorld) -> tuple[str, str]:
    """Where the only alert stands: conversation and ts."""
    (row,) = world.rows(MessageKind.ALERT)
    assert row.posted_channel
    assert row.posted_ts
    return row.posted_channel, row.posted_ts


def words_at(world: LiveWorld, place: tuple[str, str]) -> str:
    """All that a reader sees there, and the notification's text."""
    channel, ts = place
    message = next(each for each in world.sandbox.messages(channel) if each.ts == ts)
    return f"{message.text} | {message.blocks}"


async def alerted(
    world: LiveWorld, *, at: str = "2026-08-03 09:00", told_at: str | None = None
) -> tuple[str, str]:
    """A newcomer asks, and an hour of open time later an ambassador is told. Gives where the post stands."""
    await world.step(at)
    ts = world.ask(QUESTION)
    await world.step(told_at or world.now + HOUR)
    assert "様式" in words_at(world, alert_of(world))
    return ts, world.questions


@live
async def test_an_answered_alert_becomes_one_line_where_it_stands(tmp_path: Path):
    async with live_world(tmp_path) as world:
        ts, channel = await alerted(world)
        await world.step("2026-08-03 10:12")
        world.sandbox.post(world.ambassadors[0], channel, "ここにありますよ", thread_ts=ts)
        await world.idle()

        place = alert_of(world)
        (message,) = (each for each in world.sandbox.messages(place[0]) if each.ts == place[1])
        assert message.text == "✅ 1時間12分後に返信がつきました"
        assert [block["text"]["text"] for block in message.blocks or ()] == [message.text]
        assert message.metadata, "the mark by which it is found stays"
        (edit,) = world.sandbox.calls(UPDATE)
        assert (edit.arguments["parse"], edit.arguments["link_names"]) == ("none", False)


@live
async def test_a_deleted_post_takes_its_excerpt_along(tmp_path: Path):
    async with live_world(tmp_path) as world:
        ts, channel = await alerted(world)
        world.sandbox.delete(channel, ts)
        await world.idle()

        seen = words_at(world, alert_of(world))
        assert "投稿が削除されました" in seen
        assert "様式" not in seen
        assert "はるか" not in seen


@live
async def test_an_answer_that_is_taken_back_shows_the_alert_again_without_its_excerpt(tmp_path: Path):
    async with live_world(tmp_path) as world:
        ts, channel = await alerted(world)
        answer = world.sandbox.post(world.ambassadors[0], channel, "ここです", thread_ts=ts)
        await world.idle()
        world.sandbox.delete(channel, answer)
        await world.idle()
        seen = words_at(world, alert_of(world))

        assert [call.outcome for call in world.sandbox.calls(UPDATE)] == ["ok", "ok"]
        assert "はるか" in seen
        assert "様式" not in seen


@live
async def test_a_card_is_edited_at_night_and_nobody_is_written_to(tmp_path: Path):
    async with live_world(tmp_path) as world:
        ts, channel = await alerted(world, at="2026-08-03 16:00")
        await world.step("2026-08-03 23:30")
        posts = len(world.posts())
        world.sandbox.post(world.ambassadors[0], channel, "遅くにすみません。ここです", thread_ts=ts)
        await world.idle()

        assert "返信がつきました" in words_at(world, alert_of(world))
        assert len(world.posts()) == posts


@pytest.mark.parametrize("code", ["message_not_found", "edit_window_closed", "cant_update_message"])
@live
async def test_an_edit_that_slack_refuses_is_left_there(tmp_path: Path, code: str):
    async with live_world(tmp_path) as world:
        ts, channel = await alerted(world)
        world.sandbox.faults.add(Fault(how=How.ERROR, method=UPDATE, code=code))
        world.sandbox.post(world.ambassadors[0], channel, "ここです", thread_ts=ts)
        await world.step("2026-08-03 12:00")

        assert [call.outcome for call in world.sandbox.calls(UPDATE)] == [code]
        assert [row.state.value for row in world.rows(MessageKind.CARD)] == ["dead"]
        assert world.rows(MessageKind.NOTICE) == []


@live
async def test_an_edit_whose_answer_is_lost_is_made_again(tmp_path: Path):
    async with live_world(tmp_path) as world:
        ts, channel = await alerted(world)
        world.sandbox.faults.add(Fault(how=How.RESET, method=UPDATE, after_effect=True))
        world.sandbox.post(world.ambassadors[0], channel, "ここです", thread_ts=ts)
        await world.step("2026-08-03 10:10")

        assert [call.outcome for call in world.sandbox.calls(UPDATE)] == ["reset", "ok"]
        assert [row.state.value for row in world.rows(MessageKind.CARD)] == ["sent"]


@live
async def test_who_left_gets_nothing_and_the_next_ambassador_does(tmp_path: Path):
    async with live_world(tmp_path) as world:
        await world.step("2026-08-03 09:00")
        world.ask(QUESTION)
        for ambassador in world.ambassadors:
            world.sandbox.people.deactivate(ambassador)
        await world.step("2026-08-03 10:00")
        told = [call.arguments["channel"] for call in world.posts() if "様式" in str(call.arguments)]

        assert [call.outcome for call in world.posts()] == ["user_disabled", "user_disabled", "ok"]
        assert sorted(told[:2]) == sorted(world.ambassadors)


def in_shadow(settings: Settings) -> Settings:
    return replace(settings, mode=Mode.SHADOW)


@pytest.mark.parametrize("change", [pytest.param(in_shadow, id="shadow")])
@live
async def test_in_shadow_mode_cards_are_counted_and_nothing_is_edited(
    tmp_path: Path, change: Callable[[Settings], Settings]
):
    async with live_world(tmp_path, change) as world:
        await world.step("2026-08-03 09:00")
        ts = world.ask(QUESTION)
        await world.step("2026-08-03 10:00")
        world.sandbox.post(world.ambassadors[0], world.questions, "ここです", thread_ts=ts)
        await world.idle()

        assert [row.state.value for row in world.rows(MessageKind.CARD)] == ["sent"]
        assert [call for call in world.sandbox.received if call.method.startswith("chat.")] == []


@live
async def test_admins_hear_that_slack_refused_the_app_as_soon_as_it_lets_them(tmp_path: Path):
    async with live_world(tmp_path) as world:
        world.sandbox.faults.add(Fault(how=How.ERROR, method="chat.postMessage", code="missing_scope"))
        await alerted(world, told_at="2026-08-03 10:05")
        (notice,) = world.rows(MessageKind.NOTICE)
        seen = words_at(world, (notice.posted_channel or "", notice.posted_ts or ""))

        assert [call.outcome for call in world.posts()] == ["missing_scope", "ok", "ok"]
        assert "アプリの権限が足りません" in seen
        assert "missing_scope" in seen
