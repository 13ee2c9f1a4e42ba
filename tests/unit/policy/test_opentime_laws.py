"""Laws of open time, over zones and seasons that hurt."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from scheduler.policy.opentime import OpenTime
from scheduler.settings import Calendar, Hours

ZONES = (
    "Asia/Tokyo",
    "Europe/Berlin",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Kathmandu",
)
HOURS = (
    Hours(opens=time(9), closes=time(17)),
    Hours(opens=time(0), closes=time(0)),
    Hours(opens=time(2, 30), closes=time(6)),
    Hours(opens=time(0, 30), closes=time(2, 15)),
    Hours(opens=time(23, 15), closes=time(23, 45)),
)
WEEKDAYS = ((0, 1, 2, 3, 4), (5, 6), tuple(range(7)), (6,))
NEW_YEAR = frozenset(date(2018, 1, day) for day in range(1, 8))
MINUTE = timedelta(minutes=1)


@cache
def open_time_of(zone: str, hours: Hours, weekdays: tuple[int, ...]) -> OpenTime:
    calendar = Calendar(zone=ZoneInfo(zone), hours=dict.fromkeys(weekdays, hours), closed_on=NEW_YEAR)
    return OpenTime(calendar)


open_times = st.builds(
    open_time_of, st.sampled_from(ZONES), st.sampled_from(HOURS), st.sampled_from(WEEKDAYS)
)
instants = st.datetimes(datetime(2017, 9, 1), datetime(2019, 4, 30), timezones=st.just(UTC))  # noqa: DTZ001
durations = st.timedeltas(timedelta(microseconds=1), timedelta(days=40))
minutes = st.integers(0, 4 * 24 * 60).map(lambda count: count * MINUTE)


@given(open_times, instants, durations)
def test_as_much_open_time_lies_between_as_was_added(open_time: OpenTime, at: datetime, duration: timedelta):
    assert open_time.between(at, open_time.add(at, duration)) == duration


@given(open_times, instants, durations, durations)
def test_adding_twice_is_adding_the_sum(
    open_time: OpenTime, at: datetime, first: timedelta, second: timedelta
):
    assert open_time.add(open_time.add(at, first), second) == open_time.add(at, first + second)


@given(open_times, instants, instants, durations)
def test_who_begins_later_is_not_done_sooner(
    open_time: OpenTime, one: datetime, other: datetime, duration: timedelta
):
    earlier, later = sorted((one, other))
    assert open_time.add(earlier, duration) <= open_time.add(later, duration)


@given(open_times, instants, durations)
def test_the_instant_is_the_first_one_up_to_which_so_much_was_open(
    open_time: OpenTime, at: datetime, duration: timedelta
):
    done_at = open_time.add(at, duration)
    assert open_time.between(at, done_at - timedelta(microseconds=1)) < duration


@given(open_times, st.lists(instants, min_size=3, max_size=3))
def test_parts_of_a_time_add_up(open_time: OpenTime, instants: list[datetime]):
    start, middle, end = sorted(instants)
    parts = open_time.between(start, middle) + open_time.between(middle, end)
    assert parts == open_time.between(start, end)


@given(open_times, instants)
def test_the_next_opening_is_open_and_nothing_before_it_is(open_time: OpenTime, at: datetime):
    opening = open_time.next_opening(at)
    assert open_time.is_open(opening)
    assert open_time.between(at, opening) == timedelta(0)


@given(open_times, instants, minutes)
def test_counting_every_minute_gives_the_same(open_time: OpenTime, at: datetime, length: timedelta):
    start = at.replace(second=0, microsecond=0)
    each_minute = (start + count * MINUTE for count in range(length // MINUTE))
    assert open_time.between(start, start + length) == sum(map(open_time.is_open, each_minute)) * MINUTE


@given(st.sampled_from(ZONES), instants)
def test_is_open_when_the_clock_on_the_wall_says_so(zone: str, at: datetime):
    open_time = open_time_of(zone, HOURS[0], WEEKDAYS[0])
    wall = at.astimezone(ZoneInfo(zone))
    in_hours = wall.weekday() < 5 and wall.date() not in NEW_YEAR and time(9) <= wall.time() < time(17)
    assert open_time.is_open(at) is in_hours
