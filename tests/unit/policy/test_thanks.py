from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.model.decisions import Decision, Hold, Reason, Send, Skip
from scheduler.policy.opentime import OpenTime
from scheduler.policy.thanks import (
    decide_thanks,
    is_last_open_day,
    is_long_break,
    next_open_day,
    next_thanks_due,
    open_days_of_week,
    thanks_due,
    thanks_key,
)
from scheduler.settings import Calendar, Cap, Hours, Limits, QuietTime, Thanks
from tests.unit.policy.calendars import TOKYO, japan

FRIDAY = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)  # 16:30 in Tokyo
WEEKLY_CAP = Cap(most=5, per=timedelta(days=7))
NO_LIMITS = Limits(quiet=(), per_member=WEEKLY_CAP, per_ambassador=WEEKLY_CAP, welcomes=WEEKLY_CAP)
THANKS = Thanks(
    id="friday",
    channel="C9",
    at=time(16, 30),
    min_open_days=2,
    late=timedelta(hours=2),
    message="thanks",
)


@pytest.fixture(scope="module")
def office() -> OpenTime:
    return OpenTime(japan())


def decide(
    office: OpenTime,
    *,
    now: datetime = FRIDAY,
    scheduled_at: datetime | None = None,
    thanks: Thanks = THANKS,
    human_thanked: bool = False,
    something_happened: bool = True,
    limits: Limits = NO_LIMITS,
) -> Decision:
    return decide_thanks(
        thanks,
        office,
        now=now,
        scheduled_at=scheduled_at or now,
        human_thanked=human_thanked,
        something_happened=something_happened,
        limits=limits,
    )


@pytest.mark.parametrize(
    ("day", "last"),
    [
        pytest.param(date(2026, 11, 20), date(2026, 11, 20), id="an-ordinary-friday"),
        pytest.param(date(2026, 3, 20), date(2026, 3, 19), id="a-holiday-on-friday-moves-it-to-thursday"),
        pytest.param(date(2026, 5, 1), date(2026, 5, 1), id="the-friday-before-golden-week"),
        pytest.param(date(2026, 5, 6), date(2026, 5, 8), id="the-end-of-golden-week"),
        pytest.param(date(2026, 9, 21), date(2026, 9, 25), id="silver-week-leaves-two-days"),
        pytest.param(date(2026, 11, 23), date(2026, 11, 27), id="a-holiday-on-monday"),
        pytest.param(date(2025, 12, 22), date(2025, 12, 26), id="the-last-week-of-the-office-year"),
        pytest.param(date(2026, 1, 1), None, id="nothing-open-around-new-year"),
        pytest.param(date(2019, 5, 1), None, id="nothing-open-when-the-emperor-changed"),
        pytest.param(date(2026, 12, 31), date(2026, 12, 28), id="one-open-monday"),
    ],
)
def test_the_last_open_day_of_the_week(office: OpenTime, day: date, last: date | None):
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=ahead) for ahead in range(7)]
    assert [each for each in week if is_last_open_day(office, each)] == ([] if last is None else [last])


def test_the_open_days_of_silver_week(office: OpenTime):
    assert open_days_of_week(office, date(2026, 9, 27)) == (date(2026, 9, 24), date(2026, 9, 25))


@pytest.mark.parametrize(
    ("day", "following", "long"),
    [
        pytest.param(date(2026, 11, 18), date(2026, 11, 19), False, id="tomorrow"),
        pytest.param(date(2026, 11, 13), date(2026, 11, 16), False, id="a-normal-weekend"),
        pytest.param(date(2026, 11, 20), date(2026, 11, 24), True, id="a-long-weekend"),
        pytest.param(date(2026, 5, 1), date(2026, 5, 7), True, id="golden-week"),
        pytest.param(date(2026, 12, 28), date(2027, 1, 4), True, id="new-year"),
    ],
)
def test_the_next_open_day_and_whether_it_is_far(office: OpenTime, day: date, following: date, long: bool):
    assert (next_open_day(office, day), is_long_break(office, day)) == (following, long)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        pytest.param(date(2026, 11, 20), "thanks:T1:2026-W47:C9", id="in-november"),
        pytest.param(date(2027, 1, 1), "thanks:T1:2026-W53:C9", id="new-year-in-the-old-years-last-week"),
        pytest.param(date(2025, 12, 29), "thanks:T1:2026-W01:C9", id="december-in-the-new-years-first-week"),
    ],
)
def test_the_key_counts_iso_weeks(day: date, key: str):
    assert thanks_key(team="T1", channel="C9", day=day) == key


@pytest.mark.parametrize(
    ("opens", "closes", "due"),
    [
        pytest.param(time(9), time(17), datetime(2026, 11, 20, 7, 30, tzinfo=UTC), id="within-the-hours"),
        pytest.param(time(9), time(12), datetime(2026, 11, 20, 3, 0, tzinfo=UTC), id="the-day-ends-before"),
        pytest.param(time(18), time(22), datetime(2026, 11, 20, 9, 0, tzinfo=UTC), id="the-day-begins-after"),
    ],
)
def test_its_time_is_moved_into_the_hours_of_the_day(opens: time, closes: time, due: datetime):
    hours = dict.fromkeys(range(5), Hours(opens=opens, closes=closes))
    open_time = OpenTime(Calendar(zone=TOKYO, hours=hours))
    assert thanks_due(THANKS, open_time, day=date(2026, 11, 20)) == due


def test_its_time_in_a_gap_is_when_the_gap_ends():
    hours = {6: Hours(opens=time(0), closes=time(9))}
    berlin = OpenTime(Calendar(zone=ZoneInfo("Europe/Berlin"), hours=hours))
    thanks = replace(THANKS, at=time(2, 30))
    assert thanks_due(thanks, berlin, day=date(2026, 3, 29)) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "due"),
    [
        pytest.param(
            datetime(2026, 11, 18, 0, 0, tzinfo=UTC),
            datetime(2026, 11, 20, 7, 30, tzinfo=UTC),
            id="this-week",
        ),
        pytest.param(
            datetime(2026, 11, 20, 7, 30, tzinfo=UTC),
            datetime(2026, 11, 27, 7, 30, tzinfo=UTC),
            id="next-week",
        ),
        pytest.param(
            datetime(2025, 12, 27, 0, 0, tzinfo=UTC),
            datetime(2026, 1, 9, 7, 30, tzinfo=UTC),
            id="over-new-year",
        ),
        pytest.param(
            datetime(2026, 3, 16, 0, 0, tzinfo=UTC), datetime(2026, 3, 19, 7, 30, tzinfo=UTC), id="a-thursday"
        ),
    ],
)
def test_the_next_one_is_due_on_the_next_last_open_day(office: OpenTime, after: datetime, due: datetime):
    assert next_thanks_due(THANKS, office, after=after) == due


def test_goes_out_at_its_time_on_the_last_open_day(office: OpenTime):
    assert decide(office) == Send(Reason.END_OF_WEEK)


def test_goes_out_when_it_is_only_a_little_late(office: OpenTime):
    assert decide(office, now=FRIDAY + THANKS.late, scheduled_at=FRIDAY) == Send(Reason.END_OF_WEEK)


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(datetime(2026, 11, 19, 7, 30, tzinfo=UTC), id="thursday"),
        pytest.param(datetime(2026, 11, 15, 7, 30, tzinfo=UTC), id="the-sunday-before"),
        pytest.param(datetime(2026, 11, 20, 7, 29, 59, tzinfo=UTC), id="a-second-before"),
    ],
)
def test_waits_for_its_time_on_the_last_open_day(office: OpenTime, now: datetime):
    assert decide(office, now=now) == Hold(FRIDAY, Reason.NOT_YET)


def test_who_looks_at_a_weekday_long_past_waits_for_a_time_to_come(office: OpenTime):
    wednesday, monday = datetime(2026, 11, 18, 7, 30, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)
    next_friday = datetime(2026, 11, 27, 7, 30, tzinfo=UTC)
    assert decide(office, now=monday, scheduled_at=wednesday) == Hold(next_friday, Reason.NOT_YET)


@pytest.mark.parametrize(
    ("now", "late"),
    [
        pytest.param(FRIDAY + timedelta(hours=2, seconds=1), timedelta(hours=2), id="later-than-allowed"),
        pytest.param(FRIDAY + timedelta(hours=8), timedelta(days=2), id="the-day-after-is-too-late-anyway"),
    ],
)
def test_is_never_sent_too_late(office: OpenTime, now: datetime, late: timedelta):
    thanks = replace(THANKS, late=late)
    assert decide(office, now=now, scheduled_at=FRIDAY, thanks=thanks) == Skip(Reason.TOO_LATE)


def test_a_week_with_one_open_day_gets_none(office: OpenTime):
    assert decide(office, now=datetime(2026, 12, 28, 7, 30, tzinfo=UTC)) == Skip(Reason.SHORT_WEEK)


def test_a_week_with_two_open_days_gets_one(office: OpenTime):
    assert decide(office, now=datetime(2026, 9, 25, 7, 30, tzinfo=UTC)) == Send(Reason.END_OF_WEEK)


def test_stays_silent_when_a_human_has_thanked(office: OpenTime):
    assert decide(office, human_thanked=True) == Skip(Reason.HUMAN_THANKED)


def test_stays_silent_when_there_is_nothing_to_give_thanks_for(office: OpenTime):
    assert decide(office, something_happened=False) == Skip(Reason.QUIET_WEEK)


def test_waits_for_the_end_of_a_quiet_time(office: OpenTime):
    limits = replace(NO_LIMITS, quiet=(QuietTime(from_at=time(16), to_at=time(17)),))
    assert decide(office, limits=limits) == Hold(datetime(2026, 11, 20, 8, 0, tzinfo=UTC), Reason.QUIET_TIME)


def test_in_twenty_years_every_week_with_two_open_days_gets_one_thank_you_on_its_last(office: OpenTime):
    first = datetime(2010, 1, 1, 7, 30, tzinfo=UTC)
    instants = [first + timedelta(days=ahead) for ahead in range(20 * 365 + 5)]
    thanked = [at.date() for at in instants if decide(office, now=at) == Send(Reason.END_OF_WEEK)]
    weeks = Counter(day.isocalendar()[:2] for day in thanked)
    closed = japan().closed_on

    by_week: dict[tuple[int, int], list[date]] = {}
    for at in instants:
        if at.weekday() < 5 and at.date() not in closed:
            by_week.setdefault(at.date().isocalendar()[:2], []).append(at.date())

    assert instants[-1].date() == date(2029, 12, 31)
    assert max(weeks.values()) == 1
    assert thanked == [days[-1] for days in by_week.values() if len(days) >= 2]
