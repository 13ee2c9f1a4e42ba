"""Whom an alert goes to: by topic, by a fair turn, never the author, never beyond what somebody can carry."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.cases import Case, CaseKey, ChannelKind
from scheduler.model.decisions import Reason
from scheduler.model.people import Absence, Ambassador
from scheduler.policy.routing import MEMORY, Load, Recipient, choose_recipient
from scheduler.settings import Cap, Limits, Target
from tests.world import DAY, HOUR, TEAM, local, make_settings

NOW = local("2026-04-14 11:00")  # a Tuesday
TODAY = date(2026, 4, 14)
LIMITS = make_settings().limits
OFFICE, SYSTEMS = frozenset({"office"}), frozenset({"systems"})
A = Ambassador(member="UA", topics=OFFICE)
B = Ambassador(member="UB", topics=SYSTEMS)
C = Ambassador(member="UC")
CASE = Case(
    key=CaseKey(team=TEAM, channel="C1", ts="1.0"),
    author="U1",
    kind=ChannelKind.QUESTIONS,
    topic="office",
    reason=Reason.FIRST_POST,
    asks=True,
    opened_at=NOW - HOUR,
    run_end_at=NOW - HOUR,
)
NOBODY = Reason.NOBODY_TO_TELL


def chosen(
    target: Target = Target.TOPIC,
    *,
    people: Sequence[Ambassador] = (A, B, C),
    case: Case = CASE,
    channel: str = "C9",
    alerts: Sequence[tuple[str, datetime]] = (),
    told: Sequence[str] = (),
    limits: Limits = LIMITS,
    day: date = TODAY,
) -> str | Reason:
    recipient = choose_recipient(
        target,
        case,
        ambassadors=people,
        channel=channel,
        load=Load(alerts, told),
        limits=limits,
        day=day,
        now=NOW,
    )
    return recipient if isinstance(recipient, Reason) else recipient.to


# circles


@pytest.mark.parametrize(
    ("target", "topic", "told", "to"),
    [
        pytest.param(Target.TOPIC, "office", (), "UA", id="who-looks-after-the-topic"),
        pytest.param(Target.TOPIC, "systems", (), "UB", id="another-topic"),
        pytest.param(Target.TOPIC, "tax", (), "UC", id="who-looks-after-every-topic"),
        pytest.param(Target.TOPIC, "office", ("UA", "UC"), "UB", id="then-anyone"),
        pytest.param(Target.TOPIC, "office", ("UA", "UB", "UC"), "C9", id="then-the-channel"),
        pytest.param(Target.ANYONE, "systems", (), "UA", id="anyone-whatever-the-topic"),
        pytest.param(Target.ANYONE, "office", ("UA", "UB", "UC"), "C9", id="nobody-is-left"),
        pytest.param(Target.CHANNEL, "office", (), "C9", id="the-channel-at-once"),
    ],
)
def test_the_circles_widen(target: Target, topic: str, told: Sequence[str], to: str):
    assert chosen(target, case=replace(CASE, topic=topic), told=told) == to


@pytest.mark.parametrize("target", list(Target))
def test_without_anybody_and_without_a_channel_there_is_nobody_to_tell(target: Target):
    assert chosen(target, people=(), channel="") is NOBODY


def test_the_channel_has_no_ambassador_and_a_person_is_their_own():
    def recipient(target: Target) -> Recipient | Reason:
        return choose_recipient(
            target, CASE, ambassadors=(A,), channel="C9", load=Load((), ()), limits=LIMITS, day=TODAY, now=NOW
        )

    assert recipient(Target.TOPIC) == Recipient("UA", "UA")
    assert recipient(Target.CHANNEL) == Recipient("C9", None)


# who may be told


@pytest.mark.parametrize(
    ("person", "alerts"),
    [
        pytest.param(replace(A, member="U1"), (), id="the-author"),
        pytest.param(replace(A, quiet_weekdays=frozenset({1})), (), id="on-their-quiet-weekday"),
        pytest.param(
            replace(A, absences=(Absence(from_on=date(2026, 4, 14), to_on=date(2026, 4, 20)),)),
            (),
            id="on-the-first-day-of-an-absence",
        ),
        pytest.param(
            replace(A, absences=(Absence(from_on=date(2026, 4, 1), to_on=date(2026, 4, 14)),)),
            (),
            id="on-the-last-day-of-an-absence",
        ),
        pytest.param(A, (NOW - HOUR, NOW - HOUR * 23), id="with-two-alerts-within-a-day"),
        pytest.param(
            replace(A, weekly_budget=1), (NOW - DAY * 6,), id="when-the-budget-of-the-week-is-used-up"
        ),
        pytest.param(replace(A, weekly_budget=0), (), id="without-a-budget"),
    ],
)
def test_is_not_told(person: Ambassador, alerts: Sequence[datetime]):
    load = [(person.member, at) for at in alerts]
    assert chosen(people=(person,), channel="", alerts=load) is NOBODY


@pytest.mark.parametrize(
    ("person", "alerts"),
    [
        pytest.param(replace(A, quiet_weekdays=frozenset({0, 2, 3, 4})), (), id="on-the-one-weekday-left"),
        pytest.param(
            replace(A, absences=(Absence(from_on=date(2026, 4, 15), to_on=date(2026, 4, 20)),)),
            (),
            id="on-the-day-before-an-absence",
        ),
        pytest.param(
            replace(A, absences=(Absence(from_on=date(2026, 4, 1), to_on=date(2026, 4, 13)),)),
            (),
            id="on-the-day-after-an-absence",
        ),
        pytest.param(A, (NOW - HOUR, NOW - DAY), id="when-the-alert-of-a-day-ago-no-longer-counts"),
        pytest.param(
            replace(A, weekly_budget=1), (NOW - DAY * 7,), id="when-the-alert-of-a-week-ago-no-longer-counts"
        ),
    ],
)
def test_is_told(person: Ambassador, alerts: Sequence[datetime]):
    assert chosen(people=(person,), channel="", alerts=[("UA", at) for at in alerts]) == "UA"


def test_others_alerts_do_not_use_up_a_budget():
    person = replace(A, weekly_budget=1)
    assert chosen(people=(person,), channel="", alerts=[("UB", NOW - HOUR)] * 9) == "UA"


def test_a_cap_of_the_config_holds_beside_the_budget():
    limits = replace(LIMITS, per_ambassador=Cap(most=1, per=DAY * 3))
    assert chosen(people=(A, B), alerts=[("UA", NOW - DAY * 2)], limits=limits) == "UB"


# whose turn


@pytest.mark.parametrize(
    ("alerts", "to"),
    [
        pytest.param([], "UA", id="nobody-had-one-so-by-id"),
        pytest.param([("UA", NOW - DAY * 9)], "UB", id="who-had-fewer"),
        pytest.param(
            [("UA", NOW - DAY * 3), ("UB", NOW - DAY * 9), ("UC", NOW - DAY * 6)],
            "UB",
            id="who-was-asked-longest-ago",
        ),
        pytest.param(
            [("UA", NOW - DAY * 2), ("UB", NOW - DAY * 3), ("UB", NOW - DAY * 9), ("UC", NOW - DAY * 5)],
            "UC",
            id="fewest-first-then-longest-ago",
        ),
        pytest.param(
            [("UA", NOW - MEMORY), ("UB", NOW - DAY), ("UC", NOW - DAY)], "UA", id="four-weeks-are-forgotten"
        ),
    ],
)
def test_turns_are_fair(alerts: Sequence[tuple[str, datetime]], to: str):
    assert chosen(Target.ANYONE, alerts=alerts) == to


def test_in_a_row_of_cases_everybody_gets_as_many():
    alerts: list[tuple[str, datetime]] = []
    free = replace(LIMITS, per_ambassador=Cap(most=99, per=DAY))
    people = [replace(person, weekly_budget=99) for person in (A, B, C)]
    for minute in range(12):
        to = chosen(Target.ANYONE, people=people, alerts=alerts, limits=free)
        alerts.append((str(to), NOW - HOUR + timedelta(minutes=minute)))
    assert [to for to, _ in alerts] == ["UA", "UB", "UC"] * 4


@given(
    st.permutations([A, B, C]),
    st.lists(st.tuples(st.sampled_from(["UA", "UB", "UC"]), st.just(NOW - DAY * 2)), max_size=4),
)
def test_the_order_in_the_config_makes_no_difference(
    people: Sequence[Ambassador], alerts: Sequence[tuple[str, datetime]]
):
    assert chosen(people=people, alerts=alerts) == chosen(alerts=alerts)
