"""The thank-you of the week: on its last open day, from facts, silent where a human was first."""

from dataclasses import replace
from datetime import date, time

import pytest

from scheduler.model.facts import Fact
from scheduler.model.messages import Day, OutboxState
from scheduler.settings import QuietTime, Settings
from tests.integration.conftest import MakeWorld
from tests.world import CHANNELS, CLOSED, World, delete, described, joined, make_settings, post, reply


def busy_weeks(*days: str) -> list[Fact]:
    """Somebody joins on each of these days."""
    return [*CHANNELS, *(joined(f"U{number}", f"{day} 10:00") for number, day in enumerate(days))]


def closed_also(*days: date) -> Settings:
    settings = make_settings()
    return replace(settings, calendar=replace(settings.calendar, closed_on=CLOSED | set(days)))


def thanked_on(world: World) -> list[str]:
    return [at for at, _, _ in world.sent("thanks")]


def test_it_comes_on_friday_or_on_the_last_open_day_before(world: World):
    days = ("2026-04-14", "2026-04-20", "2026-04-27", "2026-05-07", "2026-05-12")
    world.live(busy_weeks(*days), until="2026-05-18 00:00")
    # Golden Week: open on the 30th of April and the 1st of May, and on the 7th and 8th.
    assert thanked_on(world) == [
        "2026-04-17 16:30",
        "2026-04-24 16:30",
        "2026-05-01 16:30",
        "2026-05-08 16:30",
        "2026-05-15 16:30",
    ]


def test_a_holiday_on_friday_moves_it_to_thursday(make_world: MakeWorld):
    world = make_world(closed_also(date(2026, 4, 17)))
    world.live(busy_weeks("2026-04-14"), until="2026-04-20 00:00")
    assert thanked_on(world) == ["2026-04-16 16:30"]


def test_a_week_with_one_open_day_has_none(make_world: MakeWorld):
    world = make_world(closed_also(*(date(2026, 4, day) for day in (14, 15, 16, 17))))
    world.live(busy_weeks("2026-04-13"), until="2026-04-20 00:00")
    assert thanked_on(world) == []
    assert ("thanks", "skip", "short_week") in world.decisions()


def test_a_week_in_which_nothing_happened_has_none(world: World):
    world.live([*CHANNELS, described("UA")], until="2026-04-20 00:00")
    assert thanked_on(world) == []
    assert ("thanks", "skip", "quiet_week") in world.decisions()


@pytest.mark.parametrize(
    ("thanks", "comes"),
    [
        pytest.param(post("UA", "2026-04-17 15:00", "1週間お疲れさまでした", "chat"), False, id="before us"),
        pytest.param(
            post("UA", "2026-04-17 00:10", "1週間お疲れさまでした", "chat"), False, id="at midnight"
        ),
        pytest.param(
            post("UA", "2026-04-16 15:00", "1週間お疲れさまでした", "chat"), True, id="a day before"
        ),
        pytest.param(post("UA", "2026-04-17 15:00", "1週間お疲れさまでした"), True, id="in another channel"),
        pytest.param(
            post("UBOT", "2026-04-17 15:00", "1週間お疲れさまでした", "chat", is_bot=True),
            True,
            id="by a bot",
        ),
        pytest.param(post("UA", "2026-04-17 15:00", "お先に失礼します", "chat"), True, id="something else"),
    ],
)
def test_it_is_silent_where_a_human_thanked_on_that_day(world: World, thanks: Fact, comes: bool):
    world.live([*busy_weeks("2026-04-14"), thanks], until="2026-04-20 00:00")
    assert thanked_on(world) == (["2026-04-17 16:30"] if comes else [])


def test_a_thank_you_that_was_deleted_does_not_silence_it(world: World):
    thanks = post("UA", "2026-04-17 15:00", "1週間お疲れさまでした", "chat")
    world.live(
        [*busy_weeks("2026-04-14"), thanks, delete(thanks, "2026-04-17 15:10")], until="2026-04-20 00:00"
    )
    assert thanked_on(world) == ["2026-04-17 16:30"]


def test_one_that_waits_for_the_end_of_a_quiet_time_is_silent_when_a_human_thanks_meanwhile(
    make_world: MakeWorld,
):
    settings = make_settings()
    quiet = (QuietTime(from_at=time(16), to_at=time(17)),)
    settings = replace(settings, limits=replace(settings.limits, quiet=quiet))
    undisturbed, thanked = make_world(settings), make_world(settings)
    undisturbed.live(busy_weeks("2026-04-14"), until="2026-04-20 00:00")
    assert thanked_on(undisturbed) == ["2026-04-17 17:00"]
    human = post("UA", "2026-04-17 16:45", "今週もお疲れさまでした", "chat")
    thanked.live([*busy_weeks("2026-04-14"), human], until="2026-04-20 00:00")
    assert [message.state for message in thanked.outbox_of("thanks")] == [OutboxState.SKIPPED]


def test_it_tells_the_facts_of_the_week(make_world: MakeWorld):
    world = make_world()
    asks = post("U1", "2026-04-14 10:00", "様式はどこですか")
    hello = post("U2", "2026-04-15 10:00", "はじめまして", "hello")
    facts: tuple[Fact, ...] = (
        *CHANNELS,
        joined("U1", "2026-04-10 10:00"),  # the week before
        joined("U2", "2026-04-13 10:00"),
        asks,
        hello,
        reply("UA", "2026-04-14 10:20", "共有にあります", asks),
    )
    world.live(facts, until="2026-04-17 16:30")
    sent = [rendered.text for message, rendered in world.mailbox.sent if message.kind == "thanks"][-1]
    assert "'joined': 1, 'first_posts': 2, 'first_posts_touched': 1, 'answers': 1, 'helpers': 1" in sent


def test_it_counts_a_first_post_where_everybody_is_promised_an_answer(world: World):
    first = post("U1", "2026-04-14 10:00", "様式はどこですか", "systems")
    old_member = post("U9", "2026-04-14 15:00", "様式はどこですか", "systems")
    world.live((*CHANNELS, joined("U1", "2026-04-10 10:00"), first, old_member), until="2026-04-17 16:30")
    sent = [rendered.text for message, rendered in world.mailbox.sent if message.kind == "thanks"][-1]
    assert "'first_posts': 1, 'first_posts_touched': 0" in sent


@pytest.mark.parametrize(
    ("friday", "next_open_day", "long_break"),
    [
        pytest.param("2026-04-17", "2026-04-20", False, id="a weekend"),
        pytest.param("2026-05-01", "2026-05-07", True, id="golden week"),
    ],
)
def test_it_knows_when_we_meet_again(world: World, friday: str, next_open_day: str, long_break: bool):
    world.live(busy_weeks(friday), until=f"{friday} 16:30")
    sent = [rendered.text for message, rendered in world.mailbox.sent if message.kind == "thanks"][-1]
    assert repr(Day(date.fromisoformat(next_open_day))) in sent
    assert f"'long_break': {long_break}" in sent


def test_one_that_was_missed_is_not_made_up_for(world: World):
    world.fold(*busy_weeks("2026-04-14"))
    world.live((), until="2026-04-17 12:00")
    world.sleep_until("2026-04-17 17:31")
    world.live((), until="2026-04-20 00:00")
    assert thanked_on(world) == []
