"""Right before a message leaves the process it is asked once more whether we surely hold the lease."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from scheduler.clock import Clock, SteppingClock
from scheduler.model.deliveries import Delivered, NotSent
from scheduler.model.messages import Rendered
from scheduler.sandbox import Sandbox
from scheduler.slack.client import Web
from scheduler.slack.lastlook import session_that_asks
from scheduler.slack.pacer import Pacer
from scheduler.slack.sender import SlackSender
from tests.acceptance.live_world import START
from tests.contract.rows import outgoing
from tests.integration.sandbox.connecting import live

HELLO = Rendered(text="ようこそ", blocks=())
NOT_HELD = NotSent("not_held", timedelta(seconds=1))


@asynccontextmanager
async def sender(sandbox: Sandbox, clock: Clock, answers: list[bool]) -> AsyncIterator[SlackSender]:
    """Asked whether it surely holds the lease, it gives one answer after the other."""
    async with session_that_asks(lambda: answers.pop(0)) as session:
        web = Web(sandbox.tokens.bot, base_url=sandbox.base_url, session=session)
        yield SlackSender(web, Pacer(), clock)


@live
async def test_who_does_not_surely_hold_the_lease_sends_nothing_and_may_later():
    clock = SteppingClock(START)
    async with Sandbox(clock=clock) as sandbox:
        member = sandbox.people.join("はるか")
        async with sender(sandbox, clock, [False, True, False]) as ours:
            message = outgoing("w", recipient=member, nonce="mark")
            first = await ours.send(message, HELLO)
            seen = len(sandbox.calls("chat.postMessage"))
            clock.step_to(START + timedelta(seconds=5))
            second = await ours.send(message, HELLO)
            clock.step_to(START + timedelta(seconds=10))
            third = await ours.send(message, HELLO)

    assert (first, seen, type(second), third) == (NOT_HELD, 0, Delivered, NOT_HELD)
    assert len(sandbox.calls("chat.postMessage")) == 1
