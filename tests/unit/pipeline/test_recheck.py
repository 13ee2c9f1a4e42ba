from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.model.decisions import Hold, Reason, Skip
from scheduler.model.facts import Fact, JoinSource
from scheduler.model.messages import OutgoingMessage
from scheduler.pipeline.recheck import recheck
from tests.unit.pipeline.rows import QUESTION, alert, thanks, welcome
from tests.world import (
    CHANNELS,
    World,
    delete,
    described,
    edit,
    joined,
    local,
    make_settings,
    post,
    reply,
    stamp,
    unstamp,
)

REPLY = reply("UX", "2026-04-14 10:40", "はい、必要です", QUESTION)
EYES = stamp("UX", "2026-04-14 10:40", "eyes", QUESTION)


def check(world: World, message: OutgoingMessage, now: str) -> Hold | Skip | None:
    with world.store.begin() as work:
        return recheck(work, world.driver.crew, message, local(now))


@pytest.fixture
def without_steps(tmp_path: Path) -> Iterator[World]:
    """The config has no step and no thank-you any more."""
    settings = make_settings()
    onboarding = replace(settings.onboarding, steps=())
    world = World(tmp_path, replace(settings, escalation=(), onboarding=onboarding, thanks=None))
    world.fold(*CHANNELS, joined("UN", "2026-04-13 09:00"), joined("UM", "2026-04-14 10:30"), QUESTION)
    yield world
    world.store.close()


@pytest.mark.parametrize(
    ("meanwhile", "decision"),
    [
        pytest.param((), None, id="nothing: it goes out"),
        pytest.param((EYES,), Skip(Reason.TOUCHED), id="touched"),
        pytest.param((REPLY,), Skip(Reason.ANSWERED), id="answered"),
        pytest.param(
            (stamp("UN", "2026-04-14 10:40", "white_check_mark", QUESTION),),
            Skip(Reason.RESOLVED),
            id="resolved by its author",
        ),
        pytest.param(
            (stamp("UA", "2026-04-14 10:40", "no_entry_sign", QUESTION),),
            Skip(Reason.DISMISSED),
            id="dismissed by an ambassador",
        ),
        pytest.param((delete(QUESTION, "2026-04-14 10:40"),), Skip(Reason.WITHDRAWN), id="withdrawn"),
        pytest.param(
            (described("UN", "2026-04-14 10:40", is_deactivated=True),),
            Skip(Reason.AUTHOR_GONE),
            id="its author is gone",
        ),
        pytest.param(
            (described("UN", "2026-04-14 10:40", is_bot=True),), Skip(Reason.CASE_GONE), id="it never was one"
        ),
        pytest.param(
            (edit(QUESTION, "2026-04-14 10:40", "【解決】自己解決しました"),),
            Skip(Reason.RESOLVED),
            id="resolved by an edit",
        ),
        pytest.param(
            (EYES, unstamp("UX", "2026-04-14 10:50", "eyes", QUESTION)), None, id="touched, and taken back"
        ),
        pytest.param(
            (reply("B1", "2026-04-14 10:01", "受け付けました", QUESTION, is_bot=True),), None, id="only a bot"
        ),
        pytest.param(
            (post("UX", "2026-04-14 10:58", "名簿はどこにありますか"),),
            Hold(local("2026-04-14 12:58"), Reason.MAYBE_ANSWERED),
            id="a weak sign: two open hours later",
        ),
    ],
)
def test_an_alert_stops_when_its_case_no_longer_needs_it(
    world: World, meanwhile: tuple[Fact, ...], decision: Hold | Skip | None
):
    world.fold(QUESTION, *meanwhile)

    assert check(world, alert(), "2026-04-14 11:05") == decision


def test_an_alert_for_the_unanswered_goes_out_though_the_case_was_touched(world: World):
    world.fold(QUESTION, EYES)

    assert check(world, alert("open"), "2026-04-16 10:00") is None


def test_an_alert_that_was_held_until_its_case_expired_is_skipped(world: World):
    world.fold(QUESTION)

    assert check(world, alert(), "2026-04-28 10:00") == Skip(Reason.EXPIRED)


def test_an_alert_of_a_case_never_heard_of_is_skipped(world: World):
    assert check(world, alert(), "2026-04-14 11:05") == Skip(Reason.CASE_GONE)


@pytest.mark.parametrize(
    ("meanwhile", "decision"),
    [
        pytest.param((), None, id="nothing: it goes out"),
        pytest.param((described("UM", is_bot=True),), Skip(Reason.IS_BOT), id="a bot"),
        pytest.param((described("UM", is_guest=True),), Skip(Reason.IS_GUEST), id="a guest"),
        pytest.param((described("UM", is_deactivated=True),), Skip(Reason.IS_DEACTIVATED), id="deactivated"),
        pytest.param(
            (joined("UM", "2026-04-14 10:58"),),
            Hold(local("2026-04-14 11:08"), Reason.NOT_YET),
            id="joined later than we thought",
        ),
    ],
)
def test_a_welcome_stops_when_its_member_should_get_none(
    world: World, meanwhile: tuple[Fact, ...], decision: Hold | Skip | None
):
    world.fold(joined("UM", "2026-04-14 10:30", JoinSource.EARLIEST_TRACE), *meanwhile)

    assert check(world, welcome(), "2026-04-14 11:00") == decision


def test_a_member_whose_joining_is_not_known_is_not_welcomed_by_guess(world: World):
    world.fold(joined("UM", "2026-04-14 10:30", JoinSource.FIRST_SEEN))

    assert check(world, welcome(), "2026-04-14 11:00") == Skip(Reason.JOIN_UNKNOWN)


def test_a_welcome_that_was_held_too_long_is_skipped(world: World):
    world.fold(joined("UM", "2026-04-14 10:30"))

    assert check(world, welcome(), "2026-04-21 10:31") == Skip(Reason.TOO_LATE)


@pytest.mark.parametrize(
    ("posts", "now", "decision"),
    [
        pytest.param((), "2026-04-17 16:30", None, id="in time"),
        pytest.param((), "2026-04-17 17:30", None, id="late, but not too late"),
        pytest.param((), "2026-04-17 17:31", Skip(Reason.TOO_LATE), id="too late"),
        pytest.param((), "2026-04-18 00:00", Skip(Reason.TOO_LATE), id="never on another day"),
        pytest.param(
            (post("UB", "2026-04-17 16:40", "1週間お疲れさまでした", "chat"),),
            "2026-04-17 16:45",
            Skip(Reason.HUMAN_THANKED),
            id="a human was faster",
        ),
        pytest.param(
            (post("UB", "2026-04-10 16:40", "1週間お疲れさまでした", "chat"),),
            "2026-04-17 16:45",
            None,
            id="a human's of last week",
        ),
    ],
)
def test_a_thank_you_stops_when_it_is_late_or_a_human_gave_it(
    world: World, posts: tuple[Fact, ...], now: str, decision: Skip | None
):
    world.fold(*posts)

    assert check(world, thanks(), now) == decision


@pytest.mark.parametrize("message", [pytest.param(m, id=m.kind) for m in (alert(), welcome(), thanks())])
def test_what_the_config_no_longer_has_is_switched_off(without_steps: World, message: OutgoingMessage):
    with without_steps.store.begin() as work:
        decision = recheck(work, without_steps.driver.crew, message, message.due_at)

    assert decision == Skip(Reason.SWITCHED_OFF)
