"""An alert that Slack does not take for its ambassador goes to the next one, and never to the same again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from scheduler.model.deliveries import Delivered, Delivery, Refused
from scheduler.model.messages import OutgoingMessage, Rendered
from scheduler.settings import Settings
from tests.unit.pipeline.rows import CASE, QUESTION
from tests.world import CHANNELS, World, delete, joined, make_settings, reply, shown

FIRST = f"alert:{CASE}:first"
Made = Callable[..., World]


@dataclass
class Refusing:
    """Takes messages for everybody but these."""

    whom: frozenset[str]
    sent: list[str] = field(default_factory=list)

    def send(self, message: OutgoingMessage, rendered: Rendered) -> Delivery:
        self.sent.append(message.recipient)
        if message.recipient in self.whom:
            return Refused("user_disabled")
        return Delivered(message.recipient, str(len(self.sent)))


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    """A world in which some recipients are refused."""
    worlds: list[World] = []

    def make(*refused: str, settings: Settings | None = None) -> World:
        settings = settings or make_settings()
        no_welcomes = replace(settings.onboarding, steps=())
        sender = Refusing(frozenset(refused))
        worlds.append(World(tmp_path, replace(settings, onboarding=no_welcomes), sender=sender))
        worlds[0].fold(*CHANNELS, joined("UN", "2026-04-13 09:00"))
        return worlds[0]

    yield make
    for world in worlds:
        world.store.close()


def alerts(world: World) -> list[tuple[str, str, str]]:
    """(rest of the dedup key, to, state) of every alert."""
    return [
        (m.dedup_key.removeprefix(f"alert:{CASE}:"), m.recipient, m.state.value)
        for m in world.outbox_of("alert")
    ]


def tried(world: World) -> list[str]:
    """To whom an alert was brought, in order."""
    assert isinstance(world.driver.sender, Refusing)
    return world.driver.sender.sent


def test_the_step_goes_to_the_next_ambassador_at_once(made: Made):
    world = made("UA")
    world.live((QUESTION,), "2026-04-14 11:00")

    assert alerts(world) == [("first", "UA", "dead"), ("first:UC", "UC", "sent")]
    assert [shown(m.sent_at) for m in world.outbox_of("alert")] == ["2026-04-14 11:00"] * 2


def test_who_was_refused_once_is_not_asked_at_a_later_step(made: Made):
    world = made("UA")
    world.live((QUESTION,), "2026-04-14 13:00")

    assert [to for _, to, _ in alerts(world)] == ["UA", "UC", "UB"]


def test_when_all_are_refused_the_channel_is_told(made: Made):
    world = made("UA", "UB", "UC")
    world.live((QUESTION,), "2026-04-14 11:00")

    assert tried(world) == ["UA", "UC", "UB", "Cambassadors"]
    assert [to for _, to, state in alerts(world) if state == "sent"] == ["Cambassadors"]


def test_what_the_channel_refuses_is_not_tried_again_before_the_next_step(made: Made):
    world = made("UA", "UB", "UC", "Cambassadors")
    world.live((QUESTION,), "2026-04-14 12:00")
    (case,) = world.cases()

    assert tried(world) == ["UA", "UC", "UB", "Cambassadors"]
    assert case.steps_taken == ("first",)


def test_the_record_tells_why_the_step_was_planned_twice(made: Made):
    world = made("UA")
    world.live((QUESTION,), "2026-04-14 11:00")

    assert [line for line in world.decisions() if line[0] in {"first", "delivery"}] == [
        ("first", "send", "untouched"),
        ("delivery", "dead", "refused"),
        ("first", "hold", "refused"),
        ("first", "send", "untouched"),
    ]


def test_a_card_follows_the_alert_that_stands_and_not_the_refused_one(made: Made):
    world = made("UA")
    world.live((QUESTION, reply("UX", "2026-04-14 11:30", "はい", QUESTION)), "2026-04-14 11:50")

    assert [m.recipient for m in world.outbox_of("card")] == ["UC"]


def test_a_refused_edit_ends_there(made: Made):
    world = made("UA")
    sender = world.driver.sender
    answer = reply("UX", "2026-04-14 11:30", "はい", QUESTION)
    world.live((QUESTION,), "2026-04-14 11:20")
    assert isinstance(sender, Refusing)
    sender.whom = frozenset({"UC"})
    world.live((answer, delete(answer, "2026-04-14 11:35")), "2026-04-14 11:50")

    assert [(m.recipient, m.state.value) for m in world.outbox_of("card")] == [("UC", "dead"), ("UC", "dead")]
    assert [to for _, to, _ in alerts(world)] == ["UA", "UC"]
