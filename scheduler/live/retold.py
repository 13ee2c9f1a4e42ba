"""What Slack tells again when it is asked: folded as what is heard live, so that nothing counts twice."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from scheduler.actions.context import Context
from scheduler.actions.folding import fold
from scheduler.actions.newstamps import as_new
from scheduler.clock import Clock
from scheduler.live.writer import Writer
from scheduler.model.facts import Fact
from scheduler.ports import Work

#: Facts that share one transaction: what comes live meanwhile must not wait for long.
_TOGETHER = 64


class Retold:
    """Folds such facts; `count` is the number of them so far."""

    def __init__(self, writer: Writer, clock: Clock, context: Callable[[], Context]) -> None:
        self._writer = writer
        self._clock = clock
        self._context = context
        self.count = 0

    async def fold(self, facts: Sequence[Fact]) -> None:
        for start in range(0, len(facts), _TOGETHER):
            some = facts[start : start + _TOGETHER]
            await self._writer.do(partial(self._fold, some))
            self.count += len(some)

    def _fold(self, facts: Iterable[Fact], work: Work) -> None:
        context, now = self._context(), self._clock.now()
        for fact in facts:
            fold(as_new(fact, work), work, context, now=now)
