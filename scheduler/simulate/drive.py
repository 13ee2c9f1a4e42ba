"""Virtual time: it jumps to whatever comes next, a fact or something due, and never races.

No wall clock, no Slack. Facts go through the same actions and the same outbox as live events.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from scheduler.actions.folding import fold
from scheduler.clock import SteppingClock
from scheduler.model.facts import ChannelDescribed, Fact
from scheduler.pipeline.crew import Crew
from scheduler.pipeline.round import make_round
from scheduler.ports import Sender, Store, Work
from scheduler.timetable import Job, jobs, next_fire, run_due, runs

#: Facts that share one transaction at most; a transaction also ends whenever something is due.
CHUNK = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """Steps the virtual clock over facts and due work."""

    store: Store
    crew: Crew
    sender: Sender
    clock: SteppingClock
    jobs: Sequence[Job]

    def run(self, facts: Iterable[Fact], *, until: datetime | None = None) -> None:
        """Folds all facts at their time, with everything that falls due in between, at last up to `until`."""
        fires_at = self._run_jobs(self.clock.now()) if self._has_begun() else None
        stream = iter(facts)
        fact = next(stream, None)
        while fact is not None:
            if fires_at is None and not isinstance(fact, ChannelDescribed):
                # Channels may be years older than what is told of them: jobs count from the first event.
                fires_at = self._run_jobs(self.clock.step_to(fact.at))
            fires_at = self._catch_up(fact.at, fires_at)
            fact = self._fold_some(chain((fact,), stream), fires_at)
        if until:
            self._catch_up(until, fires_at)

    def _catch_up(self, instant: datetime, fires_at: datetime | None) -> datetime | None:
        """Lives through everything due up to `instant`, each at its own time; gives when a job fires next."""
        while True:
            with self.store.begin() as work:
                due_at = work.next_due()
            earliest = min((at for at in (due_at, fires_at) if at), default=None)
            if earliest is None or earliest > instant:
                self.clock.step_to(instant)
                return fires_at
            now = self.clock.step_to(earliest)
            if fires_at and fires_at <= now:
                fires_at = self._run_jobs(now)
            make_round(self.store, self.crew, self.sender, now=now)

    def _has_begun(self) -> bool:
        """Whether an earlier run already set the jobs going."""
        with self.store.begin() as work:
            return bool(work.jobs.last_fired())

    def _run_jobs(self, now: datetime) -> datetime | None:
        """Runs the jobs whose time has come; gives when one fires next."""
        run_due(self.store, self.jobs, runs(self.crew.context, now=now), now=now)
        with self.store.begin() as work:
            return next_fire(self.jobs, work.jobs.last_fired(), now=now)

    def _fold_some(self, facts: Iterator[Fact], fires_at: datetime | None) -> Fact | None:
        """Folds facts until something is due before the next one; gives that next one."""
        with self.store.begin() as work:
            for count, fact in enumerate(facts):
                begins = fires_at is None and not isinstance(fact, ChannelDescribed)
                if count and (begins or count == CHUNK or _is_due(work, fires_at, fact.at)):
                    return fact
                now = self.clock.step_to(fact.at)
                fold(fact, work, self.crew.context, now=now)
        return None


def driver(store: Store, crew: Crew, sender: Sender, clock: SteppingClock) -> Driver:
    """A driver over the recurring jobs that the settings ask for."""
    context = crew.context
    return Driver(
        store=store, crew=crew, sender=sender, clock=clock, jobs=jobs(context.settings, context.open_time)
    )


def _is_due(work: Work, fires_at: datetime | None, at: datetime) -> bool:
    if fires_at and fires_at <= at:
        return True
    due_at = work.next_due()
    return due_at is not None and due_at <= at
