"""The lease is lost while a message is on its way: what surely did not go out is put back, nothing else."""

from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.clock import SteppingClock
from scheduler.live.holding import TERMS, LeaseKeeper
from scheduler.live.lease import LeaseLost
from scheduler.live.outward import Outward
from scheduler.live.writer import Writer
from scheduler.model.deliveries import Delivered, Delivery, NotSent, Refused
from scheduler.model.messages import OutboxState, OutgoingMessage, Rendered
from scheduler.pipeline.crew import Crew
from tests.integration.sandbox.connecting import live
from tests.unit.pipeline.rows import welcome
from tests.world import CHANNELS, PlainRenderer, World, joined, local

NOON = local("2026-04-14 12:00")


class Losing:
    """While it sends, somebody else takes the lease."""

    def __init__(self, writer: Writer, delivery: Delivery) -> None:
        self._writer = writer
        self._delivery = delivery

    async def send(self, message: OutgoingMessage, rendered: Rendered) -> Delivery:
        await self._writer.do(lambda work: work.leases.take("another", lasts=TERMS.lasts))
        return self._delivery


async def lost_while_sending(world: World, delivery: Delivery) -> list[tuple[OutgoingMessage, Delivery]]:
    """What was told of attempts."""
    world.fold(*CHANNELS, joined("UM", "2026-04-14 10:00"))
    with world.store.begin() as work:
        work.outbox.add(welcome("UM"))
    writer, told = Writer(), list[tuple[OutgoingMessage, Delivery]]()
    await writer.open(lambda: world.store)
    keeper = LeaseKeeper(writer, "ours", terms=TERMS)
    await keeper.keep()
    outward = Outward(
        keeper.writer,
        Losing(writer, delivery),
        SteppingClock(NOON),
        attempted=lambda message, outcome: told.append((message, outcome)),
    )
    with pytest.raises(LeaseLost):
        await outward.bring_out(Crew(context=world.context, renderer=PlainRenderer()))
    await writer.close(lambda _: None)
    return told


@live
async def test_what_surely_did_not_go_out_can_be_sent_by_the_next_holder_at_once(tmp_path: Path):
    world = World(tmp_path)
    told = await lost_while_sending(world, NotSent("not_held", timedelta(seconds=1)))
    ((message, _),) = world.outbox()
    world.store.close()

    assert (message.state, message.attempts, told) == (OutboxState.PENDING, 0, [])
    assert message.not_before == NOON + timedelta(seconds=1)


@pytest.mark.parametrize("delivery", [Delivered("D1", "1.0"), Refused("user_disabled")])
@live
async def test_what_became_of_anything_else_is_for_the_next_holder_to_find_out(
    tmp_path: Path, delivery: Delivery
):
    world = World(tmp_path)
    told = await lost_while_sending(world, delivery)
    ((message, _),) = world.outbox()
    world.store.close()

    assert (message.state, message.attempts, told) == (OutboxState.SENDING, 1, [])
