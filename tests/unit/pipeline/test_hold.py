from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.model.decisions import Hold, Reason
from scheduler.model.deliveries import Delivered
from scheduler.model.messages import OutgoingMessage
from scheduler.model.people import Ambassador
from scheduler.pipeline.hold import hold
from scheduler.settings import Cap
from tests.unit.pipeline.rows import alert, alert_to_channel, thanks, welcome
from tests.world import HOUR, World, local, make_settings


def held(world: World, message: OutgoingMessage, now: str) -> Hold | None:
    with world.store.begin() as work:
        return hold(work, world.driver.crew, message, local(now))


def sent(world: World, message: OutgoingMessage, *times: str) -> None:
    """Other messages to the same recipient went out at these times."""
    with world.store.begin() as work:
        for at in times:
            other = replace(message, dedup_key=f"{message.recipient}:{at}")
            work.outbox.add(other)
            work.outbox.sent(other.dedup_key, local(at), "hash", Delivered("D1", "1.0"))


@pytest.fixture
def tight(tmp_path: Path) -> Iterator[World]:
    """One welcome an hour in the whole workspace, and an ambassador who takes one alert a week."""
    settings = make_settings()
    limits = replace(settings.limits, welcomes=Cap(most=1, per=HOUR))
    people = (Ambassador(member="UA", weekly_budget=1),)
    ambassadors = replace(settings.ambassadors, people=people)
    world = World(tmp_path, replace(settings, limits=limits, ambassadors=ambassadors))
    yield world
    world.store.close()


@pytest.mark.parametrize(
    ("message", "now", "decision"),
    [
        pytest.param(alert(), "2026-04-14 11:00", None, id="an alert by day"),
        pytest.param(
            alert(),
            "2026-04-14 18:30",
            Hold(local("2026-04-15 08:30"), Reason.QUIET_TIME),
            id="an alert in the evening",
        ),
        pytest.param(
            alert_to_channel(),
            "2026-04-15 08:29",
            Hold(local("2026-04-15 08:30"), Reason.QUIET_TIME),
            id="to the channel, early in the morning",
        ),
        pytest.param(alert(), "2026-04-15 08:30", None, id="when it is no longer quiet"),
        pytest.param(
            thanks(), "2026-04-17 19:00", Hold(local("2026-04-18 08:30"), Reason.QUIET_TIME), id="thanks"
        ),
        pytest.param(welcome(), "2026-04-14 11:00", None, id="a welcome in the window"),
        pytest.param(
            welcome(),
            "2026-04-14 09:00",
            Hold(local("2026-04-14 09:30"), Reason.OUTSIDE_SEND_WINDOW),
            id="a welcome before the window opens",
        ),
        pytest.param(
            welcome(),
            "2026-04-17 16:30",
            Hold(local("2026-04-20 09:30"), Reason.OUTSIDE_SEND_WINDOW),
            id="a welcome on a Friday when it closes",
        ),
        pytest.param(
            welcome(),
            "2026-05-01 20:00",
            Hold(local("2026-05-07 09:30"), Reason.OUTSIDE_SEND_WINDOW),
            id="a welcome before Golden Week",
        ),
    ],
)
def test_nothing_goes_out_in_a_quiet_time_and_no_welcome_outside_its_window(
    world: World, message: OutgoingMessage, now: str, decision: Hold | None
):
    assert held(world, message, now) == decision


@pytest.mark.parametrize(
    ("times", "decision"),
    [
        pytest.param(("2026-04-14 09:00",), None, id="one today: there is room"),
        pytest.param(
            ("2026-04-14 09:00", "2026-04-14 10:00"),
            Hold(local("2026-04-15 09:00"), Reason.RECIPIENT_CAP),
            id="two within a day",
        ),
        pytest.param(("2026-04-13 10:59", "2026-04-14 10:00"), None, id="one of them a day ago"),
        pytest.param(
            (
                "2026-04-08 10:00",
                "2026-04-09 10:00",
                "2026-04-10 10:00",
                "2026-04-13 09:00",
                "2026-04-13 10:00",
            ),
            Hold(local("2026-04-15 10:00"), Reason.RECIPIENT_CAP),
            id="the budget of the week is used up",
        ),
    ],
)
def test_an_ambassador_gets_no_more_alerts_than_the_day_and_the_week_allow(
    world: World, times: tuple[str, ...], decision: Hold | None
):
    sent(world, alert(), *times)

    assert held(world, alert(), "2026-04-14 11:00") == decision


def test_a_cap_that_ends_in_a_quiet_time_holds_until_morning(world: World):
    sent(world, alert(), "2026-04-13 18:40", "2026-04-13 18:50")

    assert held(world, alert(), "2026-04-14 18:20") == Hold(local("2026-04-15 08:30"), Reason.RECIPIENT_CAP)


def test_an_ambassadors_own_budget_counts(tight: World):
    sent(tight, alert(), "2026-04-10 10:00")

    assert held(tight, alert(), "2026-04-14 11:00") == Hold(local("2026-04-17 10:00"), Reason.RECIPIENT_CAP)


def test_the_ambassadors_channel_has_no_cap(world: World):
    sent(world, alert_to_channel(), *(f"2026-04-14 09:{minute:02}" for minute in range(20)))

    assert held(world, alert_to_channel(), "2026-04-14 11:00") is None


def test_a_member_gets_no_more_than_the_cap_of_all_kinds(world: World):
    sent(world, welcome("UM"), "2026-04-13 10:00", "2026-04-14 09:35", "2026-04-14 09:40")

    assert held(world, welcome("UM"), "2026-04-14 11:00") == Hold(
        local("2026-04-20 10:00"), Reason.RECIPIENT_CAP
    )
    assert held(world, welcome("UX"), "2026-04-14 11:00") is None


def test_the_workspace_gets_no_more_welcomes_than_the_cap(tight: World):
    sent(tight, welcome("UX"), "2026-04-14 10:40")

    assert held(tight, welcome("UM"), "2026-04-14 11:00") == Hold(
        local("2026-04-14 11:40"), Reason.WORKSPACE_CAP
    )
    assert held(tight, welcome("UM"), "2026-04-14 11:40") is None


def test_what_is_just_being_sent_counts_as_sent(tight: World):
    with tight.store.begin() as work:
        work.outbox.add(welcome("UX"))
        sent_at = local("2026-04-14 10:59")
        work.outbox.sending(welcome("UX").dedup_key, sent_at, nonce="mark", until=sent_at + HOUR)

    until = local("2026-04-14 10:59") + timedelta(hours=1)
    assert held(tight, welcome("UM"), "2026-04-14 11:00") == Hold(until, Reason.WORKSPACE_CAP)
