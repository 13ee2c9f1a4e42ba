"""A round of the live work: fold what came, plan what is due, look for what was lost, bring the rest out."""

from collections.abc import Callable
from functools import partial

from scheduler.actions.planning import plan_cases, plan_welcomes
from scheduler.clock import Clock
from scheduler.live.inbox import SOME, Emptied, fold_some
from scheduler.live.outward import Outward
from scheduler.live.recent import Recent
from scheduler.live.reconciling import Reconciling
from scheduler.live.writer import Writer
from scheduler.pipeline.crew import Crew
from scheduler.ports import Store, Work
from scheduler.slack.events import Notice
from scheduler.timetable import Job, run_due, runs


class Rounds:
    """The parts of a round. `crew` and `jobs` are asked for anew each time: a reload changes them."""

    def __init__(
        self,
        *,
        writer: Writer,
        outward: Outward,
        reconciling: Reconciling,
        clock: Clock,
        crew: Callable[[], Crew],
        jobs: Callable[[], tuple[Job, ...]],
        heard: Callable[[Emptied], None],
        recent: Recent,
    ) -> None:
        self._writer = writer
        self._outward = outward
        self._reconciling = reconciling
        self._clock = clock
        self._crew = crew
        self._jobs = jobs
        self._heard = heard
        self._recent = recent

    async def take_in(self) -> list[Notice]:
        """Folds all that came; gives what the service itself must act upon."""
        notices: list[Notice] = []
        while True:
            done = await self._writer.do(self._fold)
            self._heard(done)
            notices += done.notices
            if done.folded + done.dead < SOME:  # no more were waiting
                return notices

    async def plan(self) -> None:
        """Runs the jobs whose time has come, and turns what is due into messages of the outbox."""
        await self._writer.use(partial(self._plan, self._crew()))

    async def bring_out(self) -> None:
        """Returns once no message is due, and none is on its way. Lost ones delay no other one."""
        crew = self._crew()
        await self._outward.bring_out(crew)
        if await self._reconciling.look(crew.context):
            await self._outward.bring_out(crew)

    def _fold(self, work: Work) -> Emptied:
        return fold_some(work, self._crew().context, now=self._clock.now(), recent=self._recent)

    def _plan(self, crew: Crew, store: Store) -> None:
        now = self._clock.now()
        run_due(store, self._jobs(), runs(crew.context, now=now), now=now)
        with store.begin() as work:
            plan_cases(work, crew.context, now=now)
            plan_welcomes(work, crew.context, now=now)
