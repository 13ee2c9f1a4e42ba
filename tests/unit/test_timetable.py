from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

from scheduler.actions.thanking import plan_thanks
from scheduler.model.people import Member
from scheduler.policy.opentime import OpenTime
from scheduler.ports import Work
from scheduler.settings import Calendar, Hours, Thanks
from scheduler.store.engine import SqlStore, open_store
from scheduler.timetable import (
    FORGET,
    THANKS,
    Job,
    Occurrence,
    ThanksTrigger,
    due,
    jobs,
    next_fire,
    run_due,
)
from tests.unit.policy.calendars import TOKYO, japan
from tests.world import CHANNELS, World, joined, local, make_settings, shown

HOUR = timedelta(hours=1)
NOON = datetime(2026, 4, 14, 12, tzinfo=UTC)
AT_HALF_PAST_FOUR = Thanks(
    id="friday", channel="chat", at=time(16, 30), min_open_days=2, late=HOUR, message="thanks"
)


class Never(BaseTrigger):  # type: ignore[misc]
    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> None:
        return None


def every(hours: int, *, late: timedelta = HOUR, name: str = "chime") -> Job:
    """A job so many hours after it last fired."""
    return Job(name, IntervalTrigger(hours=hours, timezone=UTC), late=late)


class Bell:
    """Notes the times it was rung for."""

    def __init__(self) -> None:
        self.rung: list[datetime] = []

    def ring(self, work: Work, due_at: datetime) -> None:
        self.rung.append(due_at)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    store = open_store(f"sqlite:///{tmp_path / 'jobs.db'}", "T1", throw_away=True)
    yield store
    store.close()


def last_fired(store: SqlStore) -> dict[str, datetime]:
    with store.begin() as work:
        return dict(work.jobs.last_fired())


def test_a_job_that_is_seen_for_the_first_time_starts_counting_now(store: SqlStore):
    bell = Bell()
    run_due(store, [every(1)], {"chime": bell.ring}, now=NOON + HOUR / 2)

    assert (bell.rung, last_fired(store)) == ([], {"chime": NOON + HOUR / 2})


@pytest.mark.parametrize(
    ("job", "now", "rung", "fired"),
    [
        pytest.param(every(1), NOON + HOUR - HOUR / 60, [], NOON, id="not yet"),
        pytest.param(every(1), NOON + HOUR, [NOON + HOUR], NOON + HOUR, id="at its time"),
        pytest.param(
            every(1), NOON + HOUR * 3 / 2, [NOON + HOUR], NOON + HOUR, id="missed once, made up for"
        ),
        pytest.param(
            every(1), NOON + 5 * HOUR, [NOON + 5 * HOUR], NOON + 5 * HOUR, id="missed often, run once"
        ),
        pytest.param(
            every(24), NOON + 25 * HOUR, [NOON + 24 * HOUR], NOON + 24 * HOUR, id="as late as it may be"
        ),
        pytest.param(
            every(24), NOON + 26 * HOUR, [], NOON + 24 * HOUR, id="too late: not run, and marked as fired"
        ),
    ],
)
def test_a_job_runs_once_for_the_latest_time_that_has_come(
    store: SqlStore, job: Job, now: datetime, rung: list[datetime], fired: datetime
):
    bell = Bell()
    run_due(store, [job], {"chime": bell.ring}, now=NOON)
    for _ in range(2):
        run_due(store, [job], {"chime": bell.ring}, now=now)

    assert (bell.rung, last_fired(store)) == (rung, {"chime": fired})


def test_a_job_that_raises_is_undone_and_due_again(store: SqlStore):
    def breaks(work: Work, due_at: datetime) -> None:
        work.members.posted("UN", "1.0")
        raise ConnectionError

    bell = Bell()
    run_due(store, [every(1)], {"chime": bell.ring}, now=NOON)
    with pytest.raises(ConnectionError):
        run_due(store, [every(1)], {"chime": breaks}, now=NOON + HOUR)
    with store.begin() as work:
        undone = work.members.get("UN")
    run_due(store, [every(1)], {"chime": bell.ring}, now=NOON + HOUR)

    assert (undone, bell.rung) == (Member(team="T1", member="UN"), [NOON + HOUR])


def test_each_job_counts_for_itself(store: SqlStore):
    chime, gong = Bell(), Bell()
    both = [every(1), every(3, name="gong")]
    for hours in range(5):
        run_due(store, both, {"chime": chime.ring, "gong": gong.ring}, now=NOON + hours * HOUR)

    assert (chime.rung, gong.rung) == ([NOON + h * HOUR for h in (1, 2, 3, 4)], [NOON + 3 * HOUR])


def test_a_job_that_never_fires_again_is_never_due():
    job = Job("silent", Never(), late=HOUR)

    assert list(due([job], {"silent": NOON}, now=NOON + HOUR)) == []
    assert next_fire([job], {"silent": NOON}, now=NOON) is None


def test_what_is_due_says_whether_it_runs():
    job = every(24)

    assert list(due([job], {"chime": NOON}, now=NOON + 26 * HOUR)) == [
        Occurrence(job, NOON + 24 * HOUR, runs=False)
    ]


def test_the_next_time_is_the_earliest_of_all_jobs():
    both = [every(5), every(3, name="gong")]

    assert next_fire(both, {"chime": NOON, "gong": NOON + HOUR}, now=NOON) == NOON + 4 * HOUR
    assert next_fire([], {}, now=NOON) is None


def test_the_config_decides_which_jobs_there_are():
    settings = make_settings()
    open_time = OpenTime(settings.calendar)

    assert [job.name for job in jobs(settings, open_time)] == [FORGET, THANKS]
    assert [job.name for job in jobs(replace(settings, thanks=None), open_time)] == [FORGET]


def times(job: Job, start: str, until: str, zone: ZoneInfo = TOKYO) -> list[datetime]:
    """The job's times after `start` up to `until`, local."""
    at, end, found = local(start, zone), local(until, zone), list[datetime]()
    while (at := next_fire([job], {job.name: at}, now=at) or end) < end:
        found.append(at)
    return found


def forget_job(zone: str = "Asia/Tokyo") -> Job:
    settings = make_settings()
    calendar = replace(settings.calendar, zone=ZoneInfo(zone))
    return jobs(replace(settings, calendar=calendar), OpenTime(calendar))[0]


def test_old_rows_are_forgotten_on_the_first_sunday_of_a_month_before_dawn():
    found = times(forget_job(), "2026-01-01 00:00", "2027-01-01 00:00")

    assert {at.astimezone(TOKYO).strftime("%A %H:%M") for at in found} == {"Sunday 04:30"}
    assert " ".join(shown(at)[5:10] for at in found) == (
        "01-04 02-01 03-01 04-05 05-03 06-07 07-05 08-02 09-06 10-04 11-01 12-06"
    )


@pytest.mark.parametrize(
    ("zone", "month", "at"),
    [
        pytest.param("Australia/Sydney", 4, "2026-04-04T18:30", id="sydney, the night an hour comes twice"),
        pytest.param("Australia/Sydney", 10, "2026-10-03T17:30", id="sydney, the night an hour is missing"),
        pytest.param("Australia/Lord_Howe", 10, "2026-10-03T17:30", id="lord howe, half an hour is missing"),
        pytest.param("Asia/Kathmandu", 10, "2026-10-03T22:45", id="kathmandu"),
    ],
)
def test_a_change_of_the_clocks_moves_no_job_from_its_local_time(zone: str, month: int, at: str):
    found = times(forget_job(zone), f"2026-{month:02}-01 00:00", f"2026-{month:02}-28 00:00", ZoneInfo(zone))

    assert found == [datetime.fromisoformat(f"{at}+00:00")]


def thanks_job(calendar: Calendar) -> Job:
    return Job(THANKS, ThanksTrigger(AT_HALF_PAST_FOUR, OpenTime(calendar)), late=HOUR)


def test_the_thank_you_of_a_year_comes_on_the_last_open_day_of_each_week():
    found = times(thanks_job(japan()), "2025-12-20 00:00", "2027-01-20 00:00")

    assert {shown(at)[11:] for at in found} == {"16:30"}
    assert " ".join(shown(at)[2:10] for at in found) == (
        "25-12-26 "  # nothing from 12-29 to 01-04
        "26-01-09 26-01-16 26-01-23 26-01-30 26-02-06 26-02-13 26-02-20 26-02-27 26-03-06 26-03-13 "
        "26-03-19 "  # Thursday: the 20th is a holiday
        "26-03-27 26-04-03 26-04-10 26-04-17 26-04-24 26-05-01 "
        "26-05-08 "  # Golden Week closes until Wednesday
        "26-05-15 26-05-22 26-05-29 26-06-05 26-06-12 26-06-19 26-06-26 26-07-03 26-07-10 26-07-17 26-07-24 "
        "26-07-31 26-08-07 26-08-14 26-08-21 26-08-28 26-09-04 26-09-11 26-09-18 26-09-25 26-10-02 26-10-09 "
        "26-10-16 26-10-23 26-10-30 26-11-06 26-11-13 26-11-20 26-11-27 26-12-04 26-12-11 26-12-18 26-12-25 "
        "26-12-28 "  # Monday, the only open day; the decision then finds the week too short
        "27-01-08 27-01-15"
    )


def test_the_thank_you_keeps_its_local_time_when_the_clocks_change():
    zone = ZoneInfo("Europe/Berlin")
    office = dict.fromkeys(range(5), Hours(opens=time(9), closes=time(17)))
    found = times(thanks_job(Calendar(zone=zone, hours=office)), "2026-03-23 00:00", "2026-04-05 00:00", zone)

    assert found == [datetime(2026, 3, 27, 15, 30, tzinfo=UTC), datetime(2026, 4, 3, 14, 30, tzinfo=UTC)]


#: Weeks of 2010 to 2029 without an open day, and with a single one: that is too short for a thank-you.
ALL_CLOSED = {"2014-W01", "2015-W01", "2019-W18", "2020-W01", "2025-W01", "2026-W01"}
TOO_SHORT = {"2013-W01", "2015-W53", "2019-W01", "2020-W53", "2026-W53"}


def test_in_twenty_years_there_is_at_most_one_thank_you_a_week(tmp_path: Path):
    world = World(tmp_path, replace(make_settings(calendar=japan()), thanks=AT_HALF_PAST_FOUR))
    world.fold(*CHANNELS)
    timetable = jobs(world.settings, world.context.open_time)
    weeks = Counter[str]()

    def plan(work: Work, due_at: datetime) -> None:
        work.members.trace(joined(f"U{due_at:%Y%m%d}", f"{due_at:%Y-%m-%d} 09:00"))
        for _ in range(2):
            plan_thanks(work, world.context, scheduled_at=due_at, now=now)
        weeks[f"{due_at.astimezone(TOKYO):%G-W%V}"] += 1

    run = {THANKS: plan, FORGET: Bell().ring}
    now = local("2010-01-01 00:00")
    run_due(world.store, timetable, run, now=now)
    while (now := next_fire(timetable, last_fired(world.store), now=now) or now) < local("2030-01-01 00:00"):
        for late in (timedelta(0), HOUR / 2):
            run_due(world.store, timetable, run, now=now + late)
    planned = [message.dedup_key for message, _ in world.outbox()]
    world.store.close()

    assert planned == [f"thanks:T1:{week}:Cchat" for week in weeks if week not in TOO_SHORT]
    assert set(weeks.values()) == {1}
    assert len(weeks) == 1043 - len(ALL_CLOSED)
    assert weeks.keys().isdisjoint(ALL_CLOSED)
