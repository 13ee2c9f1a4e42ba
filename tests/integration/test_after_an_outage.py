"""Which alerts an outage costs: decided by the age of the post, and by since when its step was due."""

from collections.abc import Callable

import pytest

from scheduler.actions.belated import open_days_before, use_up_belated
from scheduler.policy.opentime import OpenTime
from tests.world import CHANNELS, World, joined, local, make_settings, post

#: A Wednesday.
BACK = "2026-04-15 11:00"
ALL = ("first", "second", "open")


def after(world: World, asked_at: str, *, silent_since: str | None) -> tuple[tuple[str, ...], list[str]]:
    """The steps that a post of that time lost by the outage, and what is written down about it."""
    world.fold(*CHANNELS, joined("UN", "2026-04-08 09:00"), post("UN", asked_at, "申請書はどこですか"))
    since = local(silent_since) if silent_since else None
    with world.store.begin() as work:
        use_up_belated(work, world.context, since=since, now=local(BACK))
    (case,) = world.cases()
    said = [rule for rule, outcome, reason in world.decisions() if (outcome, reason) == ("skip", "too_late")]
    return case.steps_taken, said


@pytest.mark.parametrize(
    ("asked_at", "silent_since", "lost"),
    [
        pytest.param("2026-04-15 09:00", "2026-04-08 10:00", (), id="unseen, of this morning"),
        pytest.param(
            "2026-04-13 11:30", "2026-04-08 10:00", (), id="unseen, just younger than two open days"
        ),
        pytest.param("2026-04-13 10:30", "2026-04-08 10:00", ALL, id="unseen, just older"),
        pytest.param("2026-04-10 10:00", "2026-04-08 10:00", ALL, id="unseen, before the weekend"),
        pytest.param("2026-04-13 10:30", "2026-04-13 12:00", (), id="known before, its steps due since"),
        pytest.param(
            "2026-04-09 11:30", "2026-04-13 12:00", ("first", "second"), id="known, some due long ago"
        ),
        pytest.param("2026-04-13 10:30", None, ALL, id="nobody knows since when"),
    ],
)
def test_steps_are_lost_by_age(world: World, asked_at: str, silent_since: str | None, lost: tuple[str, ...]):
    assert after(world, asked_at, silent_since=silent_since) == (lost, list(lost))


def test_a_later_step_still_comes(make_world: Callable[..., World]):
    world = make_world()
    after(world, "2026-04-09 11:30", silent_since="2026-04-13 12:00")

    (case,) = world.cases()
    assert case.due_at == local("2026-04-13 11:30")


@pytest.mark.parametrize(
    ("now", "days", "then"),
    [
        ("2026-04-15 11:00", 2, "2026-04-13 11:00"),
        ("2026-04-14 11:00", 2, "2026-04-10 11:00"),  # over a weekend
        ("2026-04-12 11:00", 2, "2026-04-09 11:00"),  # on a Sunday
        ("2026-05-07 09:00", 1, "2026-05-01 09:00"),  # over Golden Week
    ],
)
def test_closed_days_do_not_count(now: str, days: int, then: str):
    open_time = OpenTime(make_settings().calendar)

    assert open_days_before(open_time, local(now), days) == local(then)
