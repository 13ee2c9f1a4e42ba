"""The stages together: the order in which messages go out, and what an interruption leaves behind."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import time
from pathlib import Path

import pytest

from scheduler.errors import RenderFailed
from scheduler.model.decisions import Reason
from scheduler.model.deliveries import Delivered, Delivery
from scheduler.model.facts import Fact
from scheduler.model.messages import OutboxState, OutgoingMessage, Rendered
from scheduler.pipeline import More, next_ready
from scheduler.pipeline.round import make_round
from scheduler.settings import Cap
from tests.unit.pipeline.rows import QUESTION, alert, thanks, welcome
from tests.world import CHANNELS, HOUR, World, joined, local, make_settings, post, stamp

NOON = local("2026-04-14 12:00")


@dataclass
class FailsAt:
    """A sender whose connection breaks at one message."""

    key: str
    sent: list[str] = field(default_factory=list)

    def send(self, message: OutgoingMessage, rendered: Rendered) -> Delivery:
        if message.dedup_key == self.key:
            raise ConnectionError(self.key)
        self.sent.append(message.dedup_key)
        return Delivered(message.recipient, "1.0")


class NoWelcome:
    def render(self, message: str, **_: object) -> Rendered:
        if message == "welcome":
            raise RenderFailed(message)
        return Rendered(text=message)


def make_world(folder: Path, **crew: object) -> World:
    world = World(folder, **crew)  # type: ignore[arg-type]
    world.fold(*CHANNELS, joined("UN", "2026-04-13 09:00"))
    return world


def states(world: World) -> dict[str, OutboxState]:
    return {message.dedup_key: message.state for message, _ in world.outbox()}


@pytest.fixture
def one_moment(tmp_path: Path) -> Iterator[World]:
    """On this Friday an alert, the thank-you and a welcome are all due at 16:00."""
    settings = make_settings()
    assert settings.thanks
    at_four = replace(settings.thanks, at=time(16))
    world = World(tmp_path, replace(settings, thanks=at_four))
    yield world
    world.store.close()


def test_alerts_go_out_before_thanks_before_welcomes(one_moment: World):
    facts: tuple[Fact, ...] = (
        *CHANNELS,
        joined("UN", "2026-04-13 09:00"),
        post("UN", "2026-04-17 15:00", "教えてください"),
        joined("UM", "2026-04-17 15:50"),
    )
    one_moment.live(facts, "2026-04-17 16:00")

    kinds = [message.kind for message, _ in one_moment.mailbox.sent]
    at_four = [m.kind for m, _ in one_moment.outbox() if m.sent_at == local("2026-04-17 16:00")]
    assert kinds == ["welcome", "alert", "thanks", "welcome"]
    assert sorted(at_four) == ["alert", "thanks", "welcome"]


def test_what_cannot_be_rendered_is_dead_the_rest_goes_out_and_admins_hear_of_it_once(tmp_path: Path):
    world = make_world(tmp_path, renderer=NoWelcome())
    world.fold(QUESTION, joined("UM", "2026-04-14 10:00"))
    make_round(world.store, world.driver.crew, world.driver.sender, now=NOON)

    dead = [(m.message, m.reason) for m, _ in world.outbox() if m.state is OutboxState.DEAD]
    assert dead == [("welcome", Reason.CANNOT_RENDER), ("welcome", Reason.CANNOT_RENDER)]
    assert [rendered.text for _, rendered in world.mailbox.sent] == ["alert_first_look", "notice_dead"]


def test_a_message_that_stops_leaves_the_way_to_the_next_one(world: World):
    world.fold(QUESTION, stamp("UX", "2026-04-14 10:30", "eyes", QUESTION), joined("UM", "2026-04-14 10:00"))
    with world.store.begin() as work:
        work.outbox.add(alert())
        work.outbox.add(thanks())
        work.outbox.add(welcome("UM"))
    make_round(world.store, world.driver.crew, world.driver.sender, now=NOON)

    assert states(world) == {
        alert().dedup_key: OutboxState.SKIPPED,
        thanks().dedup_key: OutboxState.PENDING,
        welcome("UM").dedup_key: OutboxState.SENT,
        welcome("UN").dedup_key: OutboxState.SENT,
    }


def test_what_the_sender_raises_passes_on_and_the_row_is_not_sent_again_blindly(tmp_path: Path):
    sender = FailsAt(welcome("UM").dedup_key)
    world = make_world(tmp_path, sender=sender)
    world.fold(joined("UM", "2026-04-14 10:00"))

    with pytest.raises(ConnectionError):
        make_round(world.store, world.driver.crew, world.driver.sender, now=NOON)
    after_the_break = states(world)
    make_round(world.store, world.driver.crew, world.driver.sender, now=NOON + HOUR)

    assert after_the_break == {
        welcome("UM").dedup_key: OutboxState.SENDING,
        welcome("UN").dedup_key: OutboxState.PENDING,
    }
    assert states(world) == {
        welcome("UM").dedup_key: OutboxState.SENDING,
        welcome("UN").dedup_key: OutboxState.SENT,
    }
    assert sender.sent == [welcome("UN").dedup_key]


def test_planning_and_sending_twice_sends_nothing_twice(world: World):
    world.fold(QUESTION, joined("UM", "2026-04-14 10:00"))
    for _ in range(3):
        make_round(world.store, world.driver.crew, world.driver.sender, now=NOON)

    keys = [message.dedup_key for message, _ in world.mailbox.sent]
    assert len(keys) == len(set(keys)) == 3


def test_a_cap_counts_what_went_out_in_the_same_round(tmp_path: Path):
    settings = make_settings()
    limits = replace(settings.limits, welcomes=Cap(most=2, per=HOUR))
    world = make_world(tmp_path, settings=replace(settings, limits=limits))
    world.fold(*(joined(f"U{number}", "2026-04-14 10:00") for number in range(5)))
    make_round(world.store, world.driver.crew, world.driver.sender, now=NOON)

    waiting = {
        (message.not_before, held) for message, held in world.outbox() if message.state is OutboxState.PENDING
    }
    assert len(world.mailbox.sent) == 2
    assert waiting == {(NOON + HOUR, (Reason.WORKSPACE_CAP,))}


def test_many_that_stop_do_not_share_one_transaction_and_all_are_looked_at(world: World):
    with world.store.begin() as work:
        for number in range(50):
            work.outbox.add(welcome(f"U{number:02}"))  # nobody knows when they joined
        first, left = next_ready(work, world.driver.crew, now=NOON), len(work.outbox.due(NOON, most=99))
    make_round(world.store, world.driver.crew, world.driver.sender, now=NOON)

    assert (first, left) == (More.MORE, 30)
    assert world.store.read().outbox.due(NOON, most=99) == ()
