from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from scheduler.model.decisions import Decision, Hold, Reason, Send, Skip
from scheduler.model.facts import JoinSource
from scheduler.model.people import Member
from scheduler.policy.journeys import decide_welcome, next_in_window, welcome_due, welcome_key
from scheduler.policy.opentime import OpenTime
from scheduler.settings import Hours, JourneyStep, Onboarding
from tests.unit.policy.calendars import TOKYO, japan


def tokyo(text: str) -> datetime:
    """A Tokyo wall time as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO).astimezone(UTC)


HELLO = JourneyStep(id="hello", after=timedelta(minutes=30), message="welcome")
ONBOARDING = Onboarding(
    journey="newcomer",
    steps=(HELLO,),
    window=Hours(opens=time(10), closes=time(16)),
    spread=timedelta(0),
    late=timedelta(days=14),
    guests=False,
)
SPREAD = replace(ONBOARDING, spread=timedelta(hours=2))
MEMBER = Member(team="T1", member="U1", joined_at=tokyo("2026-11-19T11:00"), join_source=JoinSource.EVENT)


@pytest.fixture(scope="module")
def office() -> OpenTime:
    return OpenTime(japan())


def decide(
    office: OpenTime, member: Member = MEMBER, *, now: str, onboarding: Onboarding = ONBOARDING
) -> Decision:
    return decide_welcome(member, step=HELLO, onboarding=onboarding, open_time=office, now=tokyo(now))


def due(
    office: OpenTime, joined_at: str, *, onboarding: Onboarding = ONBOARDING, key: str = "key"
) -> datetime:
    return welcome_due(tokyo(joined_at), step=HELLO, onboarding=onboarding, open_time=office, jitter_key=key)


def test_the_key_names_the_step_of_one_enrolment():
    key = welcome_key(team="T1", member="U1", journey="newcomer", enrolment=1, step="hello")
    assert key == "welcome:T1:U1:newcomer:1:hello"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param("2026-11-19T12:00", "2026-11-19T12:00", id="inside"),
        pytest.param("2026-11-19T09:00", "2026-11-19T10:00", id="the-office-is-open-but-the-window-is-not"),
        pytest.param("2026-11-19T15:59:59", "2026-11-19T15:59:59", id="the-last-second"),
        pytest.param("2026-11-19T16:00", "2026-11-20T10:00", id="its-end-is-outside"),
        pytest.param("2026-11-20T16:00", "2026-11-24T10:00", id="over-a-long-weekend"),
        pytest.param("2026-12-28T16:00", "2027-01-04T10:00", id="over-new-year"),
    ],
)
def test_the_send_window_is_on_open_days(office: OpenTime, at: str, expected: str):
    assert next_in_window(ONBOARDING, office, at=tokyo(at)) == tokyo(expected)


@pytest.mark.parametrize(
    ("joined_at", "expected"),
    [
        pytest.param("2026-11-19T11:00", "2026-11-19T11:30", id="a-little-after-joining"),
        pytest.param("2026-11-19T09:00", "2026-11-19T10:00", id="joined-in-the-early-morning"),
        pytest.param("2026-11-19T15:30", "2026-11-20T10:00", id="ready-when-the-window-closes"),
        pytest.param("2026-11-20T20:00", "2026-11-24T10:00", id="joined-on-friday-night"),
        pytest.param("2026-05-02T12:00", "2026-05-07T10:00", id="joined-in-golden-week"),
    ],
)
def test_a_welcome_is_due_in_the_send_window(office: OpenTime, joined_at: str, expected: str):
    assert due(office, joined_at) == tokyo(expected)


def test_welcomes_are_spread_from_the_beginning_of_the_window(office: OpenTime):
    dues = [due(office, "2026-04-01T03:00", onboarding=SPREAD, key=f"U{number}") for number in range(50)]
    assert len(set(dues)) == 50
    assert tokyo("2026-04-01T10:00") <= min(dues) < max(dues) < tokyo("2026-04-01T12:00")


def test_the_spread_ends_with_the_window(office: OpenTime):
    dues = [due(office, "2026-04-01T15:20", onboarding=SPREAD, key=f"U{number}") for number in range(50)]
    assert tokyo("2026-04-01T15:50") <= min(dues) < max(dues) < tokyo("2026-04-01T16:00")


def test_the_same_key_is_due_at_the_same_time_again(office: OpenTime):
    assert due(office, "2026-04-01T03:00", onboarding=SPREAD, key="welcome:T1:U1:newcomer:1:hello") == tokyo(
        "2026-04-01T11:00:58"
    )


@pytest.mark.parametrize(
    ("now", "decision"),
    [
        pytest.param("2026-11-19T11:30", Send(Reason.NEW_MEMBER), id="its-time"),
        pytest.param("2026-11-24T10:00", Send(Reason.NEW_MEMBER), id="some-days-late"),
        pytest.param(
            "2026-11-19T11:29:59", Hold(tokyo("2026-11-19T11:30"), Reason.NOT_YET), id="a-second-before"
        ),
        pytest.param(
            "2026-11-19T20:00",
            Hold(tokyo("2026-11-20T10:00"), Reason.OUTSIDE_SEND_WINDOW),
            id="due-but-the-window-is-closed",
        ),
        pytest.param("2026-12-03T11:00", Send(Reason.NEW_MEMBER), id="the-last-instant-in-time"),
        pytest.param("2026-12-03T11:00:01", Skip(Reason.TOO_LATE), id="a-second-too-late"),
    ],
)
def test_a_new_member_is_welcomed_in_time(office: OpenTime, now: str, decision: Decision):
    assert decide(office, now=now) == decision


def test_a_member_who_joined_at_night_waits_for_the_window(office: OpenTime):
    member = replace(MEMBER, joined_at=tokyo("2026-11-20T20:00"))
    held = Hold(tokyo("2026-11-24T10:00"), Reason.OUTSIDE_SEND_WINDOW)
    assert decide(office, member, now="2026-11-20T20:30") == held


def test_a_step_whose_time_has_not_come_is_not_yet_due_outside_the_window_either(office: OpenTime):
    member = replace(MEMBER, joined_at=tokyo("2026-11-19T15:45"))
    held = Hold(tokyo("2026-11-20T10:00"), Reason.NOT_YET)
    assert decide(office, member, now="2026-11-19T16:05") == held


def test_a_member_who_is_spread_into_the_window_waits_for_their_turn(office: OpenTime):
    member = replace(MEMBER, joined_at=tokyo("2026-11-19T03:00"))
    held = Hold(tokyo("2026-11-19T11:00:58"), Reason.NOT_YET)
    assert decide(office, member, now="2026-11-19T10:30", onboarding=SPREAD) == held


def test_a_welcome_that_could_only_be_late_is_skipped_at_once(office: OpenTime):
    member = replace(MEMBER, joined_at=tokyo("2026-12-28T17:00"))
    onboarding = replace(ONBOARDING, late=timedelta(days=3))
    assert decide(office, member, now="2026-12-28T17:30", onboarding=onboarding) == Skip(Reason.TOO_LATE)


@pytest.mark.parametrize(
    ("member", "reason"),
    [
        pytest.param(replace(MEMBER, is_bot=True), Reason.IS_BOT, id="a-bot"),
        pytest.param(replace(MEMBER, is_guest=True), Reason.IS_GUEST, id="a-guest"),
        pytest.param(
            replace(MEMBER, deactivated_at=tokyo("2026-11-19T11:10")),
            Reason.IS_DEACTIVATED,
            id="deactivated",
        ),
        pytest.param(
            replace(MEMBER, join_source=JoinSource.FIRST_SEEN), Reason.JOIN_UNKNOWN, id="only-seen-first"
        ),
        pytest.param(replace(MEMBER, join_source=None), Reason.JOIN_UNKNOWN, id="no-source"),
        pytest.param(replace(MEMBER, joined_at=None), Reason.JOIN_UNKNOWN, id="no-instant"),
    ],
)
def test_who_gets_no_welcome(office: OpenTime, member: Member, reason: Reason):
    assert decide(office, member, now="2026-11-19T12:00") == Skip(reason)


@pytest.mark.parametrize("source", [JoinSource.EVENT, JoinSource.SYNC_WINDOW, JoinSource.EARLIEST_TRACE])
def test_a_join_that_is_known_counts(office: OpenTime, source: JoinSource):
    member = replace(MEMBER, join_source=source)
    assert decide(office, member, now="2026-11-19T12:00") == Send(Reason.NEW_MEMBER)


def test_guests_are_welcomed_where_the_config_says_so(office: OpenTime):
    guest = replace(MEMBER, is_guest=True)
    onboarding = replace(ONBOARDING, guests=True)
    assert decide(office, guest, now="2026-11-19T12:00", onboarding=onboarding) == Send(Reason.NEW_MEMBER)


def test_another_enrolment_is_spread_anew(office: OpenTime):
    first, second = (
        decide_welcome(
            replace(MEMBER, joined_at=tokyo("2026-11-19T03:00")),
            step=HELLO,
            onboarding=SPREAD,
            open_time=office,
            now=tokyo("2026-11-19T09:00"),
            enrolment=enrolment,
        )
        for enrolment in (1, 2)
    )
    assert first != second
