"""Laws of the welcome: it goes out in the send window of an open day and in time, or not at all."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from scheduler.model.decisions import Hold, Reason, Send, Skip
from scheduler.model.facts import JoinSource
from scheduler.model.people import Member
from scheduler.policy.journeys import decide_welcome, welcome_due
from scheduler.policy.opentime import OpenTime
from scheduler.settings import Calendar, Hours, JourneyStep, Onboarding

ZONES = ("Asia/Tokyo", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo")
CLOSED = frozenset(date(2018, 1, day) for day in range(1, 10))
WINDOW = Hours(opens=time(10), closes=time(16))
HOURS = Hours(opens=time(9), closes=time(17))


@cache
def office_in(zone: str) -> OpenTime:
    return OpenTime(
        Calendar(zone=ZoneInfo(zone), hours=dict.fromkeys((0, 1, 2, 3, 6), HOURS), closed_on=CLOSED)
    )


offices = st.sampled_from(ZONES).map(office_in)
instants = st.datetimes(datetime(2017, 9, 1), datetime(2018, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
steps = st.builds(
    JourneyStep,
    id=st.sampled_from(("hello", "stamp")),
    after=st.timedeltas(timedelta(0), timedelta(days=9)),
    message=st.just("welcome"),
)
onboardings = st.builds(
    Onboarding,
    journey=st.just("newcomer"),
    steps=st.just(()),
    window=st.just(WINDOW),
    spread=st.timedeltas(timedelta(0), timedelta(hours=12)),
    late=st.timedeltas(timedelta(days=1), timedelta(days=40)),
    guests=st.just(False),
)


def is_in_window(office: OpenTime, at: datetime) -> bool:
    wall = at.astimezone(office.zone)
    return office.is_open_day(wall.date()) and WINDOW.opens <= wall.time() < WINDOW.closes


@given(offices, instants, steps, onboardings, st.text(max_size=5))
def test_a_welcome_is_due_inside_the_window_and_not_before_its_time(
    office: OpenTime, joined_at: datetime, step: JourneyStep, onboarding: Onboarding, key: str
):
    due = welcome_due(joined_at, step=step, onboarding=onboarding, open_time=office, jitter_key=key)
    assert due >= joined_at + step.after
    assert is_in_window(office, due)


@given(offices, instants, steps, onboardings, st.timedeltas(timedelta(0), timedelta(days=50)))
def test_what_is_sent_now_or_after_a_hold_is_inside_the_window_and_in_time(
    office: OpenTime, joined_at: datetime, step: JourneyStep, onboarding: Onboarding, passed: timedelta
):
    member = Member(team="T1", member="U1", joined_at=joined_at, join_source=JoinSource.EVENT)
    now = joined_at + passed
    decided = decide_welcome(member, step=step, onboarding=onboarding, open_time=office, now=now)
    sent_at = {Send: now, Hold: getattr(decided, "until", None), Skip: None}[type(decided)]
    assert sent_at is None or is_in_window(office, sent_at)
    assert sent_at is None or step.after <= sent_at - joined_at <= onboarding.late


@given(offices, instants, steps, onboardings, st.timedeltas(timedelta(0), timedelta(days=50)))
def test_when_a_hold_is_over_the_welcome_goes_out(
    office: OpenTime, joined_at: datetime, step: JourneyStep, onboarding: Onboarding, passed: timedelta
):
    member = Member(team="T1", member="U1", joined_at=joined_at, join_source=JoinSource.EVENT)
    now = joined_at + passed
    held = decide_welcome(member, step=step, onboarding=onboarding, open_time=office, now=now)
    assume(isinstance(held, Hold))
    assert isinstance(held, Hold)
    assert held.until > now
    again = decide_welcome(member, step=step, onboarding=onboarding, open_time=office, now=held.until)
    assert again == Send(Reason.NEW_MEMBER)
