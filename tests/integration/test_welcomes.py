"""One welcome for each new member, in the send window, once."""

from collections import Counter
from dataclasses import replace

import pytest

from scheduler.model.decisions import Reason
from scheduler.model.facts import Fact, JoinSource
from scheduler.settings import Cap
from tests.integration.conftest import MakeWorld
from tests.world import (
    CHANNELS,
    DAY,
    HOUR,
    World,
    described,
    joined,
    make_settings,
    post,
)


@pytest.mark.parametrize(
    ("joined_at", "welcomed_at"),
    [
        pytest.param("2026-04-14 10:00", "2026-04-14 10:10", id="within the window"),
        pytest.param("2026-04-14 07:00", "2026-04-14 09:30", id="early in the morning"),
        pytest.param("2026-04-14 16:25", "2026-04-15 09:30", id="too late for today"),
        pytest.param("2026-04-17 18:00", "2026-04-20 09:30", id="on friday evening"),
        pytest.param("2026-05-02 12:00", "2026-05-07 09:30", id="in golden week"),
    ],
)
def test_a_new_member_is_welcomed_in_the_send_window(world: World, joined_at: str, welcomed_at: str):
    world.live((*CHANNELS, joined("U1", joined_at)), until="2026-06-01 00:00")
    assert world.sent("welcome") == [(welcomed_at, "U1", "welcome")]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param((described("U1", is_bot=True),), Reason.IS_BOT, id="a bot"),
        pytest.param((described("U1", is_guest=True),), Reason.IS_GUEST, id="a guest"),
        pytest.param(
            (described("U1", "2026-04-14 10:05", is_deactivated=True),),
            Reason.IS_DEACTIVATED,
            id="somebody who left at once",
        ),
    ],
)
def test_is_not_welcomed(world: World, facts: tuple[Fact, ...], reason: Reason):
    world.live((*CHANNELS, joined("U1", "2026-04-14 10:00"), *facts), until="2026-06-01 00:00")
    assert world.outbox_of("welcome") == []
    assert [line for line in world.decisions() if line[0] == "welcome"] == [("welcome", "skip", reason)]


def test_who_was_only_seen_is_not_taken_for_new(world: World):
    seen = joined("U2", "2026-04-14 10:00", JoinSource.FIRST_SEEN)
    world.live((*CHANNELS, seen, post("U1", "2026-04-14 10:00", "こんにちは")), until="2026-06-01 00:00")
    assert world.outbox_of("welcome") == []


def test_a_guest_is_welcomed_where_the_config_says_so(make_world: MakeWorld):
    settings = make_settings()
    world = make_world(replace(settings, onboarding=replace(settings.onboarding, guests=True)))
    facts = (described("U1", is_guest=True), joined("U1", "2026-04-14 10:00"))
    world.live((*CHANNELS, *facts), until="2026-06-01 00:00")
    assert len(world.sent("welcome")) == 1


def test_who_turns_out_to_be_a_bot_while_the_welcome_waits_gets_none(world: World):
    facts = (joined("U1", "2026-04-14 20:00"), described("U1", "2026-04-14 21:00", is_bot=True))
    world.live((*CHANNELS, *facts), until="2026-06-01 00:00")
    assert world.sent("welcome") == []


def test_a_member_is_welcomed_once_however_often_the_joining_is_told(world: World):
    again = (
        joined("U1", "2026-04-14 10:00"),
        joined("U1", "2026-04-14 10:03", JoinSource.EARLIEST_TRACE),
        joined("U1", "2026-04-15 10:00", JoinSource.SYNC_WINDOW),
        joined("U1", "2026-04-14 09:50"),
    )
    world.live((*CHANNELS, joined("U1", "2026-04-14 10:00"), *again), until="2026-04-16 00:00")
    world.live(again, until="2026-06-01 00:00")
    assert world.sent("welcome") == [("2026-04-14 10:00", "U1", "welcome")]


def test_a_better_known_joining_moves_a_welcome_that_waits(world: World):
    guess = joined("U1", "2026-04-14 10:00", JoinSource.SYNC_WINDOW)
    world.live((*CHANNELS, guess, joined("U1", "2026-04-14 10:05")), until="2026-06-01 00:00")
    assert world.sent("welcome") == [("2026-04-14 10:15", "U1", "welcome")]


def test_a_welcome_that_would_come_too_late_does_not_come(world: World):
    world.fold(*CHANNELS, joined("U1", "2026-04-02 10:00"))
    world.sleep_until("2026-04-09 12:00")
    world.live((), until="2026-06-01 00:00")
    assert world.outbox_of("welcome") == []
    assert ("welcome", "skip", "too_late") in world.decisions()


def test_a_welcome_missed_in_a_short_outage_is_made_up_for(world: World):
    world.fold(*CHANNELS, joined("U1", "2026-04-02 10:00"))
    world.sleep_until("2026-04-02 18:00")
    world.live((), until="2026-06-01 00:00")
    assert world.sent("welcome") == [("2026-04-03 09:30", "U1", "welcome")]


def test_a_wave_is_spread_over_hours_and_days_and_nobody_is_left_out(make_world: MakeWorld):
    settings = make_settings()
    settings = replace(settings, limits=replace(settings.limits, welcomes=Cap(most=20, per=HOUR)))
    world = make_world(settings)
    wave = [joined(f"U{number:03}", f"2026-04-01 08:{number % 60:02}") for number in range(200)]
    world.live((*CHANNELS, *wave), until="2026-04-10 00:00")
    sent = world.sent("welcome")
    assert Counter(at for at, _, _ in sent) == dict.fromkeys(
        [f"2026-04-01 {hour:02}:30" for hour in range(9, 16)]
        + [f"2026-04-02 {hour:02}:30" for hour in range(9, 12)],
        20,
    )
    assert {member for _, member, _ in sent} == {f"U{number:03}" for number in range(200)}
    assert {held for _, helds in world.outbox() for held in helds} <= {
        Reason.WORKSPACE_CAP,
        Reason.OUTSIDE_SEND_WINDOW,
    }


def test_a_wave_that_cannot_be_welcomed_in_time_is_not_welcomed_late(make_world: MakeWorld):
    settings = make_settings()
    settings = replace(settings, limits=replace(settings.limits, welcomes=Cap(most=1, per=DAY)))
    world = make_world(settings)
    wave = [joined(f"U{number:03}", "2026-04-01 09:00") for number in range(9)]
    world.live((*CHANNELS, *wave), until="2026-06-01 00:00")
    assert [at for at, _, _ in world.sent("welcome")] == [
        f"2026-04-{day:02} 09:30" for day in (1, 2, 3, 6, 7)
    ]
    skipped = [message.reason for message in world.outbox_of("welcome") if not message.sent_at]
    assert skipped == [Reason.TOO_LATE] * 4


def test_the_spread_of_the_config_is_kept_for_each_member(make_world: MakeWorld):
    settings = make_settings()
    world = make_world(replace(settings, onboarding=replace(settings.onboarding, spread=HOUR)))
    wave = [joined(f"U{number:03}", "2026-04-01 08:00") for number in range(30)]
    world.live((*CHANNELS, *wave), until="2026-04-10 00:00")
    times = [at for at, _, _ in world.sent("welcome")]
    assert len(times) == 30
    assert len(set(times)) > 15
    assert all("2026-04-01 09:30" <= at < "2026-04-01 10:30" for at in times)
