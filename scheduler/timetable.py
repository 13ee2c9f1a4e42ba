"""The recurring jobs as data: their names and APScheduler triggers. Reads no clock, runs no thread.

APScheduler calculates when a job fires, and live it ticks; when each job last fired is stored by us, so that
a Friday missed while the process was down is seen. Weekdays are named: crontab's 5 is APScheduler's Saturday.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from scheduler.actions.context import Context
from scheduler.actions.forgetting import forget_old, tidy_inbox
from scheduler.actions.thanking import plan_thanks
from scheduler.policy.opentime import OpenTime
from scheduler.policy.thanks import next_thanks_due
from scheduler.ports import Store, Work
from scheduler.settings import Settings, Thanks

THANKS = "thanks"
FORGET = "forget"
TIDY = "tidy"


@dataclass(frozen=True, slots=True)
class Job:
    """A recurring job. One that fires later than `late` after its time is not run: its time has passed."""

    name: str
    trigger: BaseTrigger
    late: timedelta


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A job's latest time that has come; earlier ones that were missed with it are not run."""

    job: Job
    scheduled_at: datetime
    runs: bool


class ThanksTrigger(BaseTrigger):  # type: ignore[misc]
    """Fires on the last open day of every week that has one, at the time of the thank-you."""

    def __init__(self, thanks: Thanks, open_time: OpenTime) -> None:
        self._thanks = thanks
        self._open_time = open_time

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        after = previous_fire_time or now
        return next_thanks_due(self._thanks, self._open_time, after=after)


def jobs(settings: Settings, open_time: OpenTime) -> tuple[Job, ...]:
    """The recurring jobs that the settings ask for."""
    zone = settings.calendar.zone
    forget = CronTrigger(day="1st sun", hour=4, minute=30, timezone=zone)
    jobs = [Job(FORGET, forget, late=timedelta(days=7))]
    if settings.thanks:
        jobs.append(Job(THANKS, ThanksTrigger(settings.thanks, open_time), late=settings.thanks.late))
    return tuple(jobs)


def live_jobs(settings: Settings, open_time: OpenTime) -> tuple[Job, ...]:
    """Those, and what only a service does that Slack sends events to."""
    tidy = CronTrigger(hour=4, minute=45, timezone=settings.calendar.zone)
    return (*jobs(settings, open_time), Job(TIDY, tidy, late=timedelta(days=1)))


def run_due(
    store: Store, jobs: Sequence[Job], run: Mapping[str, Callable[[Work, datetime], None]], *, now: datetime
) -> None:
    """Runs, in one transaction each, the jobs whose time has come; `run` gets the time they were due.

    A job that is seen for the first time starts counting now. One that is too late is skipped, not made up
    for. When a job raises, its transaction is undone, and the next call finds it due again.
    """
    with store.begin() as work:
        last_fired = work.jobs.last_fired()
        for job in jobs:
            if job.name not in last_fired:
                work.jobs.fired(job.name, now)
    for occurrence in due(jobs, last_fired, now=now):
        with store.begin() as work:
            work.jobs.fired(occurrence.job.name, occurrence.scheduled_at)
            if occurrence.runs:
                run[occurrence.job.name](work, occurrence.scheduled_at)


def due(jobs: Sequence[Job], last_fired: Mapping[str, datetime], *, now: datetime) -> Iterator[Occurrence]:
    """What has come since each job last fired, once a job, however often it was missed."""
    for job in jobs:
        latest = None
        fires_at = _next(job, last_fired[job.name]) if job.name in last_fired else None
        while fires_at and fires_at <= now:
            latest = fires_at
            fires_at = _next(job, latest)
        if latest:
            yield Occurrence(job, latest, runs=now - latest <= job.late)


def next_fire(jobs: Sequence[Job], last_fired: Mapping[str, datetime], *, now: datetime) -> datetime | None:
    """The earliest time at which a job fires next."""
    times = (_next(job, last_fired.get(job.name, now)) for job in jobs)
    return min((at for at in times if at), default=None)


def runs(context: Context, *, now: datetime) -> Mapping[str, Callable[[Work, datetime], None]]:
    """What each job does; each is given the time it was due."""
    return {
        THANKS: lambda work, due_at: plan_thanks(work, context, scheduled_at=due_at, now=now),
        FORGET: lambda work, _: forget_old(work, context, now=now),
        TIDY: lambda work, _: tidy_inbox(work, now=now),
    }


def attach(scheduler: BaseScheduler, tick: Callable[[], None], *, every: timedelta) -> None:
    """Has APScheduler call `tick`. A tick that comes late still runs, and never twice at once."""
    scheduler.add_job(
        tick,
        IntervalTrigger(seconds=every.total_seconds(), timezone=UTC),
        id="tick",
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
        replace_existing=True,
    )


@lru_cache(maxsize=64)
def _next(job: Job, last_fired_at: datetime) -> datetime | None:
    fires_at = job.trigger.get_next_fire_time(last_fired_at, last_fired_at)
    return fires_at.astimezone(UTC) if fires_at else None
