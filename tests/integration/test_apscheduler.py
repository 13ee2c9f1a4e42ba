"""The timetable on a real APScheduler: it ticks, and what is due is ours to say."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Lock

import pytest
from apscheduler.events import EVENT_JOB_MAX_INSTANCES
from apscheduler.schedulers.background import BackgroundScheduler

from scheduler.timetable import attach

SOON = timedelta(milliseconds=5)
LONG = 10  # seconds to wait for what comes at once; reached only when the test fails


@dataclass
class Ticks:
    """Counts ticks, and how many run at the same time."""

    wanted: int = 3
    count: int = 0
    at_once: int = 0
    most_at_once: int = 0
    enough: Event = field(default_factory=Event)
    may_end: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def tick(self) -> None:
        with self.lock:
            self.count += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            if self.count == self.wanted:
                self.enough.set()
        self.may_end.wait(LONG)
        with self.lock:
            self.at_once -= 1


@pytest.fixture
def scheduler() -> Iterator[BackgroundScheduler]:
    scheduler = BackgroundScheduler(timezone="UTC")
    yield scheduler
    if scheduler.running:
        scheduler.shutdown(wait=True)


def test_it_ticks_and_stops_cleanly(scheduler: BackgroundScheduler):
    ticks = Ticks()
    ticks.may_end.set()
    attach(scheduler, ticks.tick, every=SOON)

    scheduler.start()
    came = ticks.enough.wait(LONG)
    scheduler.shutdown(wait=True)
    at_the_end = ticks.count

    assert (came, scheduler.running, ticks.at_once) == (True, False, 0)
    assert at_the_end == ticks.count >= ticks.wanted


def test_a_tick_that_takes_long_never_runs_twice_at_once(scheduler: BackgroundScheduler):
    ticks = Ticks()
    skipped = Event()
    scheduler.add_listener(lambda _: skipped.set(), EVENT_JOB_MAX_INSTANCES)
    attach(scheduler, ticks.tick, every=SOON)

    scheduler.start()
    came = skipped.wait(LONG)
    ticks.may_end.set()
    scheduler.shutdown(wait=True)

    assert (came, ticks.most_at_once) == (True, 1)


def test_a_tick_that_comes_late_still_runs(scheduler: BackgroundScheduler):
    attach(scheduler, Ticks().tick, every=SOON)
    scheduler.start(paused=True)
    (job,) = scheduler.get_jobs()

    assert (job.misfire_grace_time, job.max_instances, job.coalesce) == (None, 1, True)


def test_attached_twice_it_ticks_once(scheduler: BackgroundScheduler):
    scheduler.start(paused=True)
    for _ in range(2):
        attach(scheduler, Ticks().tick, every=SOON)

    assert [job.id for job in scheduler.get_jobs()] == ["tick"]


def test_the_zone_of_the_machine_does_not_matter(scheduler: BackgroundScheduler):
    attach(scheduler, Ticks().tick, every=timedelta(days=1))
    scheduler.start(paused=True)
    (job,) = scheduler.get_jobs()

    assert job.next_run_time.utcoffset() == timedelta(0)
