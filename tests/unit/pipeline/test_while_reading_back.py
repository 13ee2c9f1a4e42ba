"""What was missed is being read back: of a channel that is not read yet nobody knows who waits in it."""

import pytest

from scheduler.actions.planning import plan_cases
from scheduler.model.decisions import Hold, Reason
from scheduler.model.marks import BEHIND, HEARD
from scheduler.model.messages import OutgoingMessage
from scheduler.pipeline.recheck import recheck
from tests.unit.pipeline.rows import FRIDAY, QUESTION, alert, thanks, welcome
from tests.world import World, joined, local

BEGAN, EARLIER = "2026-04-14T01:55:00+00:00", "2026-04-13T00:00:00+00:00"


def mark(world: World, **marks: str) -> None:
    with world.store.begin() as work:
        for name, value in marks.items():
            work.marks.put(name, value)


UNREAD = [
    pytest.param({BEHIND: BEGAN}, id="never read"),
    pytest.param({BEHIND: BEGAN, f"{HEARD}Cquestions": EARLIER}, id="read in an earlier catch-up"),
    pytest.param({BEHIND: BEGAN, f"{HEARD}Cchat": BEGAN}, id="another channel was read"),
]
READ = [
    pytest.param({}, id="no catch-up"),
    pytest.param({BEHIND: ""}, id="it is over"),
    pytest.param({BEHIND: BEGAN, f"{HEARD}Cquestions": BEGAN}, id="that channel was read"),
]


@pytest.mark.parametrize("marks", UNREAD)
def test_no_alert_is_planned_about_a_channel_that_is_not_read_yet(world: World, marks: dict[str, str]):
    mark(world, **marks)
    world.fold(QUESTION)
    with world.store.begin() as work:
        plan_cases(work, world.context, now=local("2026-04-14 11:05"))

    assert world.outbox_of("alert") == []


@pytest.mark.parametrize("marks", READ)
def test_one_is_planned_where_everything_is_read(world: World, marks: dict[str, str]):
    mark(world, **marks)
    world.live((QUESTION,), "2026-04-14 11:05")

    assert [m.recipient for m in world.outbox_of("alert")] == ["UA"]


HELD_ALERT = Hold(local("2026-04-14 11:06"), Reason.CATCHING_UP)


@pytest.mark.parametrize(
    ("marks", "decision"),
    [
        *(pytest.param(*case.values, HELD_ALERT, id=case.id) for case in UNREAD),
        *(pytest.param(*case.values, None, id=case.id) for case in READ),
    ],
)
def test_what_was_planned_before_waits_until_its_channel_is_read(
    world: World, marks: dict[str, str], decision: Hold | None
):
    mark(world, **marks)
    world.fold(QUESTION)
    with world.store.begin() as work:
        assert recheck(work, world.driver.crew, alert(), local("2026-04-14 11:05")) == decision


@pytest.mark.parametrize(
    ("message", "held"),
    [
        pytest.param(thanks(), Reason.CATCHING_UP, id="thanks: a human may have given them there"),
        pytest.param(welcome(), None, id="a welcome asks no channel"),
    ],
)
def test_of_other_messages_only_those_wait_that_ask_what_was_written(
    world: World, message: OutgoingMessage, held: Reason | None
):
    mark(world, **{BEHIND: BEGAN})
    world.fold(joined("UM", "2026-04-14 10:30"))
    now = FRIDAY if message.kind == "thanks" else message.due_at
    with world.store.begin() as work:
        decision = recheck(work, world.driver.crew, message, now)

    assert (decision.reason if decision else None) is held
