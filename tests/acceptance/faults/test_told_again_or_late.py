"""Fault scenarios 10, 11 and 13: Slack tells things again, twice over, or late. (12 is in test_any_order.)"""

from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.model.cases import Outcome
from scheduler.sandbox.socketmode.envelope import Kind
from tests.acceptance.live_world import MINUTE, SECOND, START, live_world
from tests.integration.sandbox.connecting import live
from tests.world import DAY, HOUR, local

DUE = local("2026-08-03 09:30")


@pytest.mark.parametrize(
    "me", [pytest.param(False, id="with the id of the gesture"), pytest.param(True, id="without one: by /me")]
)
@live
async def test_fault_10_a_message_told_eleven_times_under_other_names_is_one_case_and_one_alert(
    tmp_path: Path, me: bool
):
    async with live_world(tmp_path) as world:
        world.sandbox.faults.repeat_event("message", copies=10)
        world.sandbox.post("UNEW", world.questions, "申請書の様式はどこにありますか", me=me)
        await world.idle()
        names = {each.event_id for each in world.sandbox.delivery.acknowledged}
        await world.step(DUE)

        assert len(names) == 11
        assert (len(world.cases()), len(world.rows()), len(world.shown())) == (1, 1, 1)


@live
async def test_fault_10_an_answer_told_eleven_times_is_one_answer(tmp_path: Path):
    async with live_world(tmp_path) as world:
        asked = world.ask()
        world.sandbox.faults.repeat_event("message", copies=10)
        world.sandbox.post(world.ambassadors[0], world.questions, "ここにあります", thread_ts=asked)
        await world.step("2026-08-03 12:00")

        (case,) = world.cases()
        assert (case.outcome, world.rows()) == (Outcome.ANSWERED, [])


@pytest.mark.parametrize(
    "backwards", [pytest.param(False, id="in order"), pytest.param(True, id="backwards")]
)
@live
async def test_fault_11_one_gesture_that_arrives_as_two_messages_is_one_case(tmp_path: Path, backwards: bool):
    async with live_world(tmp_path) as world:
        world.sandbox.delivery.hold()
        world.sandbox.faults.double_gesture()
        world.ask()
        world.sandbox.delivery.release(backwards=backwards)
        await world.step(DUE + SECOND)

        written = [message.client_msg_id for message in world.sandbox.messages(world.questions)]
        assert len([each for each in written if each]) == 2
        assert (len(world.cases()), len(world.shown())) == (1, 1)


@live
async def test_fault_11_one_gesture_is_one_case_however_far_apart_its_messages_are(tmp_path: Path):
    """Nothing else says so: two posts that are so far apart are no run."""
    async with live_world(tmp_path) as world:
        world.sandbox.delivery.hold()
        world.ask()
        event = world.sandbox.delivery.waiting[0].payload["event"]
        world.sandbox.delivery.release()
        await world.step(START + 20 * MINUTE)
        later = f"{(START + 20 * MINUTE).timestamp():.6f}"
        world.sandbox.events.raw({**event, "ts": later, "event_ts": later})
        await world.idle()

        assert [case.opened_at for case in world.cases()] == [START]


@pytest.mark.parametrize(
    ("late", "alerted_at"),
    [
        pytest.param(6 * MINUTE, DUE, id="6 minutes: the last retry of Slack's"),
        pytest.param(23 * HOUR, START + 23 * HOUR + HOUR, id="23 hours: Delayed Events; then in the morning"),
    ],
)
@live
async def test_fault_13_what_is_told_late_for_the_first_time_counts_from_when_it_happened(
    tmp_path: Path, late: timedelta, alerted_at: object
):
    """Never more than a day late: the age limit for alerts, in open days, is not reached this way."""
    async with live_world(tmp_path) as world:
        world.sandbox.delivery.keep_for = DAY
        world.sandbox.delivery.hold()
        world.ask()
        world.clock.step_to(START + late)
        world.sandbox.delivery.release()
        await world.step(max(DUE, START + late + HOUR))

        (case,) = world.cases()
        assert case.opened_at == START
        assert [call.at for call in world.posts()] == [alerted_at]


@live
async def test_fault_13_what_was_answered_before_it_was_told_late_alerts_nobody(tmp_path: Path):
    async with live_world(tmp_path) as world:
        world.sandbox.delivery.keep_for = DAY
        world.sandbox.delivery.hold()
        asked = world.ask()
        world.sandbox.post(world.ambassadors[0], world.questions, "ここにあります", thread_ts=asked)
        world.clock.step_to(START + 23 * HOUR)
        world.sandbox.delivery.release(backwards=True)
        await world.step(START + 26 * HOUR)

        assert ([case.outcome for case in world.cases()], world.posts()) == ([Outcome.ANSWERED], [])


@pytest.mark.parametrize(
    "later", [pytest.param(6 * MINUTE, id="6 minutes"), pytest.param(23 * HOUR, id="23 hours")]
)
@live
async def test_fault_13_what_is_told_again_under_its_own_name_changes_nothing(
    tmp_path: Path, later: timedelta
):
    async with live_world(tmp_path) as world:
        world.sandbox.delivery.hold()
        world.ask()
        payload = world.sandbox.delivery.waiting[0].payload
        world.sandbox.delivery.release()
        await world.step(START + later)
        before = (world.cases(), world.rows(), world.kept())
        world.sandbox.delivery.offer(Kind.EVENT, payload)
        await world.idle()

        assert (world.cases(), world.rows(), world.kept()) == before
