"""An alert is held, and meanwhile its ambassador goes away: when its time comes, somebody else is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from scheduler.actions.directory import directory_of
from scheduler.model.people import Absence, Ambassador
from scheduler.settings import QuietTime
from tests.unit.pipeline.rows import QUESTION
from tests.world import AMBASSADORS, CHANNELS, World, joined, make_settings, shown

A, B, C = AMBASSADORS
TUESDAY, WEDNESDAY = date(2026, 4, 14), date(2026, 4, 15)


def away(person: Ambassador, day: date) -> Ambassador:
    return replace(person, absences=(Absence(from_on=day, to_on=day),))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """What is due at 11:00 on Tuesday is held until 8:30 on Wednesday."""
    settings = make_settings()
    quiet = (QuietTime(from_at=time(10, 30), to_at=time(8, 30)),)
    limits, welcomes = replace(settings.limits, quiet=quiet), replace(settings.onboarding, steps=())
    first = settings.escalation[:1]
    world = World(tmp_path, replace(settings, limits=limits, onboarding=welcomes, escalation=first))
    world.fold(*CHANNELS, joined("UN", "2026-04-13 09:00"))
    world.live((QUESTION,), "2026-04-14 15:00")
    yield world
    world.store.close()


def reload(world: World, *people: Ambassador) -> None:
    """From now on the config names these ambassadors."""
    settings = replace(world.settings, ambassadors=replace(world.settings.ambassadors, people=people))
    context = replace(world.context, settings=settings, directory=directory_of(settings))
    world.driver = replace(world.driver, crew=replace(world.driver.crew, context=context))


def alerts(world: World) -> list[tuple[str, str, str]]:
    """(to, state, when) of every alert."""
    return [(m.recipient, m.state.value, shown(m.sent_at)) for m in world.outbox_of("alert")]


IN_THE_MORNING = "2026-04-15 08:30"


@pytest.mark.parametrize(
    ("people", "told"),
    [
        pytest.param(
            (away(A, WEDNESDAY), B, C), [("UA", "skipped", ""), ("UC", "sent", IN_THE_MORNING)], id="absent"
        ),
        pytest.param(
            (replace(A, quiet_weekdays=frozenset({2})), B, C),
            [("UA", "skipped", ""), ("UC", "sent", IN_THE_MORNING)],
            id="on a quiet weekday",
        ),
        pytest.param(
            (B, C), [("UA", "skipped", ""), ("UC", "sent", IN_THE_MORNING)], id="no ambassador any more"
        ),
        pytest.param(
            (away(A, WEDNESDAY), B, away(C, WEDNESDAY)),
            [("UA", "skipped", ""), ("UB", "sent", IN_THE_MORNING)],
            id="absent, and so is the next one",
        ),
        pytest.param(
            tuple(away(each, WEDNESDAY) for each in AMBASSADORS),
            [("UA", "skipped", ""), ("Cambassadors", "sent", IN_THE_MORNING)],
            id="everybody is: their channel is told",
        ),
        pytest.param(
            (),
            [("UA", "skipped", ""), ("Cambassadors", "sent", IN_THE_MORNING)],
            id="nobody is an ambassador any more: their channel is told",
        ),
        pytest.param(
            (away(A, TUESDAY), B, C),
            [("UA", "sent", IN_THE_MORNING)],
            id="absent only while it was held",
        ),
    ],
)
def test_a_held_alert_goes_to_somebody_who_is_there(
    world: World, people: tuple[Ambassador, ...], told: list[tuple[str, str, str]]
):
    reload(world, *people)
    world.live((), "2026-04-15 09:00")

    assert alerts(world) == told


def test_the_record_tells_why_somebody_else_was_told(world: World):
    reload(world, away(A, WEDNESDAY), B, C)
    world.live((), "2026-04-15 09:00")

    assert [line for line in world.decisions() if line[0] in {"first", "delivery"}] == [
        ("first", "send", "untouched"),
        ("delivery", "hold", "quiet_time"),
        ("delivery", "skip", "away"),
        ("first", "hold", "away"),
        ("first", "send", "untouched"),
    ]
