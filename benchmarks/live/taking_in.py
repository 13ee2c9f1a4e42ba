"""(a) and (b): envelopes in, against a bare Bolt app and against the obvious one, in turns."""

import asyncio
import gc
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.live.bolt import bare_app, connected
from benchmarks.live.figures import Figure
from benchmarks.live.obvious import make_scheduler, obvious_app
from benchmarks.live.ours import listening
from benchmarks.live.standin import START, StandIn, running
from scheduler.app.onlookers import Onlookers
from scheduler.app.service import Service
from scheduler.clock import SteppingClock
from scheduler.live.interpreter import at_work
from scheduler.store.connecting import file_address

_ROUNDS = 15
_EVENTS = 2000
#: The obvious app would take too long for as many, and so would PostgreSQL.
_FEW = 200
#: By then the first alerts are due, and the welcomes.
_LATER = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who is fed. `take` returns once all that `feed` brings is done with."""

    name: str
    standin: StandIn
    clock: SteppingClock
    take: Callable[["Contender"], Awaitable[None]]
    events: int = _EVENTS

    async def rate(self) -> float:
        """Events a second."""
        now = datetime.fromisoformat(await self.standin.ask(f"prepare {self.events}"))
        self.clock.step_to(now + _LATER)
        began = perf_counter()
        await self.take(self)
        return self.events / (perf_counter() - began)

    async def feed(self) -> None:
        if again := await self.standin.ask("feed"):
            raise RuntimeError(f"{again} envelopes were not acknowledged in time")


async def measure_taking_in(folder: Path, postgresql: str | None) -> list[Figure]:
    """The figures of (a) and (b); PostgreSQL only where there is one."""
    async with AsyncExitStack() as stack:
        contenders = [
            await _bare(stack),
            await _ours(stack, "intake", file_address(folder / "intake.db"), _only_keep),
            await _ours(stack, "folded", file_address(folder / "folded.db"), _fold_too),
            await _obvious(stack, folder),
        ]
        if postgresql:
            contenders.append(await _ours(stack, "postgresql", postgresql, _fold_too, events=_FEW))
        gc.freeze()  # what all of them together loaded costs none of them time
        rates: dict[str, list[float]] = {each.name: [] for each in contenders}
        for turn in range(_ROUNDS + 1):
            for each in contenders:
                rate = await each.rate()
                if turn:  # the first one warms up
                    rates[each.name].append(rate)
    return _figures(Rates(rates))


class Rates(dict[str, list[float]]):
    """Events a second, turn by turn, of each contender."""

    def told(self, name: str) -> str:
        return f"{median(self[name]):,.0f} events/s"

    def ratio(self, name: str, to: str) -> float:
        """Taken in each turn, since the machine may be slower in the next one; the median of them all."""
        return median(each / other for each, other in zip(self[name], self[to], strict=True))


def _figures(rates: Rates) -> list[Figure]:
    figures = [
        Figure(
            what="(a) committed to the inbox and acknowledged, 64 in flight, against a bare Bolt app",
            told=f"{rates.told('intake')}, bare Bolt {rates.told('bare')}",
            value=rates.ratio("intake", "bare"),
            goal=1.2,
        ),
        Figure(
            what="(b) folded into state and outbox as well, against a bare Bolt app",
            told=f"{rates.told('folded')}, bare Bolt {rates.told('bare')}",
            value=rates.ratio("folded", "bare"),
            goal=0.4,
        ),
        Figure(
            what="(b) the same, against the obvious app: a session per event, a stored job per post",
            told=f"{rates.told('folded')}, the obvious app {rates.told('obvious')}",
            value=rates.ratio("folded", "obvious"),
            goal=6,
        ),
    ]
    if "postgresql" in rates:
        on_postgresql = Figure(
            what="(b) the same on PostgreSQL, commits durable, against a bare Bolt app",
            told=f"{rates.told('postgresql')}, on SQLite {rates.told('folded')}",
            value=rates.ratio("postgresql", "bare"),
        )
        figures.append(on_postgresql)
    return figures


async def _bare(stack: AsyncExitStack) -> Contender:
    standin = await stack.enter_async_context(running("benchmarks.live.feeding"))
    await stack.enter_async_context(connected(bare_app(standin.address), standin.address))
    return Contender("bare", standin, SteppingClock(START), Contender.feed)


async def _obvious(stack: AsyncExitStack, folder: Path) -> Contender:
    standin = await stack.enter_async_context(running("benchmarks.live.feeding"))
    scheduler = make_scheduler(file_address(folder / "jobs.db"))
    scheduler.start()
    stack.callback(scheduler.shutdown, wait=False)
    app = obvious_app(standin.address, file_address(folder / "obvious.db"), scheduler)
    await stack.enter_async_context(connected(app, standin.address))
    return Contender("obvious", standin, SteppingClock(START), Contender.feed, events=_FEW)


async def _ours(
    stack: AsyncExitStack,
    name: str,
    database: str,
    take: Callable[[Service, asyncio.Event, Contender], Awaitable[None]],
    *,
    events: int = _EVENTS,
) -> Contender:
    standin = await stack.enter_async_context(running("benchmarks.live.feeding"))
    clock, came = SteppingClock(START), asyncio.Event()
    known = await standin.ask("people")
    service = await stack.enter_async_context(
        listening(standin.address, database, clock, known=known, onlookers=Onlookers(came=came.set))
    )

    async def take_as_in_its_process(contender: Contender) -> None:
        with at_work():
            await take(service, came, contender)

    return Contender(name, standin, clock, take_as_in_its_process, events)


async def _only_keep(_: Service, __: asyncio.Event, contender: Contender) -> None:
    await contender.feed()


async def _fold_too(service: Service, came: asyncio.Event, contender: Contender) -> None:
    """Folds and plans whenever something came, as the service does, until nothing is left."""
    fed = asyncio.create_task(contender.feed())
    fed.add_done_callback(lambda _: came.set())
    while not fed.done():
        await came.wait()
        came.clear()
        await service.take_in(plans=True)
    await fed
    await service.take_in(plans=True)
