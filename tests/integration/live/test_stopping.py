"""Told to stop, the way out finishes what is on its way, and begins nothing else."""

import asyncio
from pathlib import Path

from scheduler.clock import SteppingClock
from scheduler.live.outward import Outward
from scheduler.live.writer import Writer
from scheduler.model.deliveries import Delivered, Delivery
from scheduler.model.messages import OutboxState, OutgoingMessage, Rendered
from scheduler.pipeline.crew import Crew
from tests.integration.sandbox.connecting import live
from tests.unit.pipeline.rows import welcome
from tests.world import CHANNELS, PlainRenderer, World, joined, local

MEMBERS = tuple(f"U{number}" for number in range(9))


class SlowSlack:
    """Answers when it is let."""

    def __init__(self) -> None:
        self.asked, self.may_answer = asyncio.Event(), asyncio.Event()

    async def send(self, message: OutgoingMessage, rendered: Rendered) -> Delivery:
        self.asked.set()
        await self.may_answer.wait()
        return Delivered("D1", "1.0")


@live
async def test_what_is_being_sent_is_finished_and_written_down_and_the_rest_waits(tmp_path: Path):
    states = await stopped_while_sending(World(tmp_path))

    assert set(states) == {OutboxState.SENT, OutboxState.PENDING}
    assert states.count(OutboxState.SENT) <= 4  # as many as are on their way at once


async def stopped_while_sending(world: World) -> list[OutboxState]:
    world.fold(*CHANNELS, *(joined(member, "2026-04-14 10:00") for member in MEMBERS))
    with world.store.begin() as work:
        for member in MEMBERS:
            work.outbox.add(welcome(member))
    writer, slack = Writer(), SlowSlack()
    await writer.open(lambda: world.store)
    clock = SteppingClock(local("2026-04-14 12:00"))
    outward = Outward(writer, slack, clock, attempted=lambda _, __: None)
    crew = Crew(context=world.context, renderer=PlainRenderer())
    sending = asyncio.create_task(outward.bring_out(crew))
    await slack.asked.wait()
    outward.stop()
    slack.may_answer.set()
    await sending
    await writer.close(lambda _: None)
    states = [message.state for message, _ in world.outbox()]
    world.store.close()
    return states
