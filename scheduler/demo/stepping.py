"""Virtual time: the clock jumps to whatever comes next, when nothing is left to do before."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.clock import SteppingClock
from scheduler.demo.pace import Pace
from scheduler.model.facts import Fact

_TICK = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """`work` returns when intake, inbox and outbox are idle; `next_due` says when there is work again."""

    clock: SteppingClock
    pace: Pace
    work: Callable[[], Awaitable[None]]
    next_due: Callable[[], Awaitable[datetime | None]]

    async def live(self, facts: Iterable[Fact], happen: Callable[[Fact], None], *, until: datetime) -> None:
        """Lets each fact happen at its time, with everything that falls due in between."""
        for fact in facts:
            await self._reach(fact.at)
            happen(fact)
        await self._reach(until)

    async def _reach(self, instant: datetime) -> None:
        if self.clock.now() == instant:  # told together: a member comes and is described
            return
        await self.work()
        while (due := await self.next_due()) and due <= instant:
            # What is due and could not be done yet is tried again a moment later.
            await self._step(max(due, self.clock.now() + _TICK) if due <= self.clock.now() else due)
            await self.work()
        await self._step(instant)

    async def _step(self, instant: datetime) -> None:
        await self.pace.keep(instant)
        self.clock.step_to(instant)
