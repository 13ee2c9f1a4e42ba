"""(d): how long alerts take while thousands of welcomes wait. The real service by the real clock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from statistics import quantiles

from benchmarks.live.cases import waiting_case
from benchmarks.live.figures import Figure
from benchmarks.live.ours import TEAM, assembled
from benchmarks.live.standin import StandIn, running
from scheduler.actions.context import Context
from scheduler.actions.folding import fold
from scheduler.app.running import Running
from scheduler.app.service import Service
from scheduler.clock import SystemClock
from scheduler.model.facts import JoinSource, MemberTraced
from scheduler.model.messages import MessageKind
from scheduler.model.people import Ambassador
from scheduler.ports import Work
from scheduler.settings import (
    Calendar,
    Cap,
    EscalationStep,
    Hours,
    JourneyStep,
    Limits,
    Settings,
    StepClock,
    Target,
    TimeKind,
)
from scheduler.store.connecting import file_address

_ALERTS, _WELCOMES = 100, 3_000
#: Some went out while others were still planned.
_MOST_OF_THEM = 2_900
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_ALWAYS = Hours(opens=time(0), closes=time(23, 59))
_SOON = timedelta(seconds=3)
_PATIENCE = 120.0


async def measure_alerts(folder: Path) -> Figure:
    """All alerts are due at one instant, each for another ambassador: a place takes one message a second."""
    async with running("benchmarks.live.crowd", str(_ALERTS + _WELCOMES), "3") as standin:
        people = await standin.ask("people")
        ambassadors, newcomers = people[:_ALERTS], people[_ALERTS:]
        async with _living(standin, folder, ambassadors, newcomers) as service:
            await _until_welcomes_wait(service)
            channel, due_at = (await standin.ask("channels"))[-1], SystemClock().now() + _SOON
            await service.ask(lambda work: _open_cases(work, channel, due_at))
            waits = sorted(at - due_at.timestamp() for at in await _received(standin, set(ambassadors)))
            welcomes = await service.ask(_waiting_welcomes)
    return Figure(
        what=f"(d) {_ALERTS} alerts due at once while welcomes wait: from due to receipt, 99th percentile",
        told=f"first {waits[0]:.2f} s, median {waits[len(waits) // 2]:.2f} s, last {waits[-1]:.2f} s;"
        f" {welcomes:,} welcomes still waited; Slack's own tiers were on",
        value=quantiles(waits, n=100)[-1],
        unit="s",
        goal=2,
        at_least=False,
    )


@asynccontextmanager
async def _living(
    standin: StandIn, folder: Path, ambassadors: list[str], newcomers: list[str]
) -> AsyncIterator[Service]:
    clock = SystemClock()
    living = Running(clock)
    service = assembled(
        standin.address,
        file_address(folder / "alerts.db"),
        clock,
        known=ambassadors,
        change=lambda settings: _eager(settings, ambassadors),
        onlookers=living.onlookers,
    )
    await service.arrive()
    await service.ask(lambda work: _join(work, service.context, newcomers, clock.now()))
    life = asyncio.create_task(living.live(service))
    try:
        yield service
    finally:
        living.stop()
        await life
        await service.end()


def _eager(settings: Settings, ambassadors: list[str]) -> Settings:
    """No rule of ours holds anything back: only what Slack takes, and how fast we are."""
    people = tuple(Ambassador(member=member) for member in ambassadors)
    every = Cap(most=1_000_000, per=_DAY)
    step = EscalationStep(
        id="first", when=StepClock.UNTOUCHED, after=_HOUR, time=TimeKind.CLOCK, tell=Target.ANYONE,
        message="alert_first_look",
    )  # fmt: skip
    welcome = settings.onboarding.steps[0]
    return replace(
        settings,
        calendar=Calendar(zone=settings.workspace.zone, hours=dict.fromkeys(range(7), _ALWAYS)),
        limits=Limits(quiet=(), per_member=every, per_ambassador=every, welcomes=every),
        ambassadors=replace(settings.ambassadors, people=people, weekly_budget=1000),
        escalation=(step,),
        onboarding=replace(
            settings.onboarding,
            steps=(JourneyStep(id=welcome.id, after=timedelta(minutes=10), message=welcome.message),),
            window=_ALWAYS,
            spread=timedelta(0),
        ),
    )


def _join(work: Work, context: Context, newcomers: list[str], now: datetime) -> None:
    for member in newcomers:
        joined = MemberTraced(team=TEAM, member=member, at=now - _HOUR, source=JoinSource.EVENT)
        fold(joined, work, context, now=now)


async def _until_welcomes_wait(service: Service) -> None:
    async with asyncio.timeout(_PATIENCE):
        while await service.ask(_waiting_welcomes) < _MOST_OF_THEM:  # noqa: ASYNC110 - the service tells nobody
            await asyncio.sleep(1)


def _waiting_welcomes(work: Work) -> int:
    waiting = work.outbox.due(SystemClock().now() + _DAY, most=_WELCOMES + _ALERTS)
    return sum(message.kind is MessageKind.WELCOME for message in waiting)


def _open_cases(work: Work, channel: str, due_at: datetime) -> None:
    for number in range(1, _ALERTS + 1):
        case = waiting_case(TEAM, channel, number, opened_at=due_at - _HOUR)
        work.cases.save(replace(case, due_at=due_at))


async def _received(standin: StandIn, ambassadors: set[str]) -> list[float]:
    """When each alert came, in seconds since 1970."""
    async with asyncio.timeout(_PATIENCE):
        while True:  # a stand-in in another process is asked, as nothing else can be waited for
            came = [at for recipient, at in await standin.ask("posts") if recipient in ambassadors]
            if len(came) >= _ALERTS:
                return came
            await asyncio.sleep(0.5)
