"""(c): what a planning tick costs that finds 10 cases due, among many open ones and among few."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.live.cases import waiting_case
from benchmarks.live.figures import Figure
from benchmarks.live.ours import TEAM
from benchmarks.live.standin import START
from scheduler.actions.context import Context
from scheduler.actions.directory import directory_of
from scheduler.actions.planning import plan_cases, plan_welcomes
from scheduler.app.loading import load
from scheduler.model.cases import Case
from scheduler.policy.opentime import OpenTime
from scheduler.store.connecting import file_address
from scheduler.store.engine import SqlStore, open_store

_FEW, _MANY = 1_000, 100_000
_DUE = 10
_ROUNDS = 25
_FAR = timedelta(days=3650)
_WAITED = timedelta(hours=2)


class Office:
    """A database with so many open cases; none of them is due before `tick` makes some."""

    def __init__(self, file: Path, cases: int) -> None:
        self.store: SqlStore = open_store(file_address(file), TEAM)
        settings = load(None).settings
        self._context = Context(
            settings=settings, open_time=OpenTime(settings.calendar), directory=directory_of(settings)
        )
        self._numbers = count(1)
        self._now = START + timedelta(hours=3)
        with self.store.begin() as work:
            for _ in range(cases):
                work.cases.save(self._case(self._now + _FAR))

    def tick(self) -> float:
        """Seconds that planning took, its commit included."""
        with self.store.begin() as work:
            for _ in range(_DUE):
                work.cases.save(self._case(self._now))
        began = perf_counter()
        with self.store.begin() as work:
            plan_cases(work, self._context, now=self._now)
            plan_welcomes(work, self._context, now=self._now)
        return perf_counter() - began

    def _case(self, due_at: datetime) -> Case:
        number = next(self._numbers)
        case = waiting_case(TEAM, f"C{number % 140:010d}", number, opened_at=self._now - _WAITED)
        return replace(case, due_at=due_at)


def measure_ticks(folder: Path) -> Figure:
    """Both in turns."""
    few, many = Office(folder / "few.db", _FEW), Office(folder / "many.db", _MANY)
    with closing(few.store), closing(many.store):
        few.tick(), many.tick()
        took = [(few.tick(), many.tick()) for _ in range(_ROUNDS)]
    small, large = (median(each) for each in zip(*took, strict=True))
    return Figure(
        what=f"(c) a planning tick with {_DUE} due among {_MANY:,} open cases, against {_FEW:,}",
        told=f"{large * 1000:.1f} ms, among {_FEW:,} {small * 1000:.1f} ms",
        value=large / small,
        goal=1.5,
        at_least=False,
    )
