"""Time for visitors passes as on the wall, and further when they ask; whatever is due before comes before."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from scheduler.clock import SteppingClock
from scheduler.demo.pace import Pace
from scheduler.demo.stepping import Steps
from scheduler.demo.visiting import Visiting
from scheduler.model.facts import Fact, JoinSource, MemberTraced
from scheduler.sandbox import Sandbox
from tests.world import local

START = local("2026-04-20 07:00")


def joins(member: str, at: str) -> Fact:
    return MemberTraced(team="T1", member=member, at=local(at), source=JoinSource.EVENT)


async def lived(facts: list[Fact], *, asked: datetime | None = None, seconds: float = 0) -> list[str]:
    """What happened, and the time it was then, until nothing is left to wait for."""
    clock, seen = SteppingClock(START), list[str]()
    sandbox, wall = Sandbox(clock=clock), [0.0]

    async def work() -> None:
        seen.append(f"work {clock.now() - START}")

    async def nothing_due() -> None:
        return None

    def happen(fact: Fact) -> None:
        seen.append(f"{fact.member} {clock.now() - START}")  # type: ignore[union-attr]

    steps = Steps(clock=clock, pace=Pace(1e9), work=work, next_due=nothing_due)
    visiting = Visiting(steps, sandbox, facts, happen=happen, elapsed=lambda: wall[0])
    wall[0] = seconds
    if asked:
        visiting.ask_for(asked)
    living = asyncio.create_task(visiting.live())
    goal = max(asked or START, START + timedelta(seconds=int(seconds)))
    await sandbox.until(lambda: clock.now() >= goal)
    living.cancel()
    with suppress(asyncio.CancelledError):
        await living
    return seen


def test_everything_before_the_wanted_instant_happens_in_its_order_and_nothing_after_it():
    facts = [
        joins("U1", "2026-04-20 08:00"),
        joins("U2", "2026-04-20 09:00"),
        joins("U3", "2026-04-20 11:00"),
    ]

    seen = asyncio.run(lived(facts, asked=local("2026-04-20 10:00")))

    assert [line for line in seen if not line.startswith("work")] == ["U1 1:00:00", "U2 2:00:00"]
    assert seen[-1] == "work 3:00:00"


def test_without_being_asked_it_follows_the_wall():
    seen = asyncio.run(lived([joins("U1", "2026-04-20 07:01")], seconds=90.5))

    assert [line for line in seen if not line.startswith("work")] == ["U1 0:01:00"]
    assert seen[-1] == "work 0:01:30"
