"""Which step is due when, on the two clocks."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from scheduler.model.cases import Case, CaseKey, ChannelKind, Habit, Outcome, WeakStrength
from scheduler.model.decisions import Decision, Hold, Reason, Rule, Send, Skip
from scheduler.policy.escalation import decide_step, next_look, step_due, waiting_steps
from scheduler.policy.opentime import OpenTime
from scheduler.settings import EscalationStep, Settings, StepClock, Target, TimeKind
from tests.world import TEAM, local, make_settings, ts_of

SETTINGS = make_settings()
OPEN_TIME = OpenTime(SETTINGS.calendar)
FIRST, SECOND, OPEN = SETTINGS.escalation


def opened(at: str, **what: object) -> Case:
    key = CaseKey(team=TEAM, channel="C1", ts=ts_of(local(at)))
    told: dict[str, object] = {
        "key": key, "author": "U1", "kind": ChannelKind.QUESTIONS, "topic": "", "asks": True,
        "reason": Reason.FIRST_POST, "opened_at": local(at), "run_end_at": local(at), **what,
    }  # fmt: skip
    return Case(**told)  # type: ignore[arg-type]


TUESDAY = opened("2026-04-14 10:00")
MAYBE = replace(TUESDAY, weak_sign_at=local("2026-04-14 10:30"), weak_strength=WeakStrength.LIKELY)


def due_of(case: Case, settings: Settings = SETTINGS) -> list[tuple[str, datetime]]:
    return [(due.step.id, due.due_at) for due in waiting_steps(case, settings, OPEN_TIME)]


def decided(case: Case, step: EscalationStep, now: str) -> Decision:
    return decide_step(case, step, SETTINGS, OPEN_TIME, habit=Habit(), now=local(now)).decision


def asked(case: Case, step: EscalationStep, now: str) -> list[tuple[Rule, bool, str]]:
    rulings = decide_step(case, step, SETTINGS, OPEN_TIME, habit=Habit(), now=local(now)).rulings
    return [(each.rule, each.holds, each.value) for each in rulings]


@pytest.mark.parametrize(
    ("opened_at", "due_at"),
    [
        pytest.param("2026-04-14 10:00", "2026-04-14 11:00", id="within-the-hours"),
        pytest.param("2026-04-14 16:30", "2026-04-15 09:30", id="over-the-evening"),
        pytest.param("2026-04-14 17:00", "2026-04-15 10:00", id="just-closed"),
        pytest.param("2026-04-14 23:10", "2026-04-15 10:00", id="at-night"),
        pytest.param("2026-04-17 16:30", "2026-04-20 09:30", id="over-a-weekend"),
        pytest.param("2026-04-18 12:00", "2026-04-20 10:00", id="on-a-saturday"),
        pytest.param("2026-05-01 16:45", "2026-05-07 09:45", id="over-golden-week"),
        pytest.param("2025-12-31 23:59", "2026-01-05 10:00", id="over-new-year"),
    ],
)
def test_a_step_is_due_after_its_open_time(opened_at: str, due_at: str):
    assert step_due(opened(opened_at), FIRST, OPEN_TIME) == local(due_at)


def test_a_step_may_count_every_hour():
    by_clock = replace(FIRST, time=TimeKind.CLOCK)
    saturday_night = opened("2026-04-18 23:30")
    assert step_due(saturday_night, by_clock, OPEN_TIME) == local("2026-04-19 00:30")


# what waits


def test_every_step_waits_for_an_untouched_case_the_earliest_first():
    assert due_of(TUESDAY) == [
        ("first", local("2026-04-14 11:00")),
        ("second", local("2026-04-14 13:00")),
        ("open", local("2026-04-16 10:00")),
    ]


def test_the_order_is_that_of_time_not_of_the_file():
    settings = replace(SETTINGS, escalation=SETTINGS.escalation[::-1])
    assert [step for step, _ in due_of(TUESDAY, settings)] == ["first", "second", "open"]


@pytest.mark.parametrize(
    ("changes", "steps"),
    [
        pytest.param({"touched_at": local("2026-04-14 10:30")}, ["open"], id="touched"),
        pytest.param({"steps_taken": ("first",)}, ["second", "open"], id="one-taken"),
        pytest.param({"steps_taken": ("first", "second", "open")}, [], id="all-taken"),
        pytest.param({"steps_taken": ("of-an-old-config",)}, ["first", "second", "open"], id="one-renamed"),
        pytest.param({"outcome": Outcome.RESOLVED}, [], id="closed"),
    ],
)
def test_a_step_waits_only_while_it_still_can_come(changes: dict[str, object], steps: list[str]):
    assert [step for step, _ in due_of(replace(TUESDAY, **changes))] == steps  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "look_at"),
    [
        pytest.param({}, local("2026-04-14 11:00"), id="the-first-step"),
        pytest.param({"steps_taken": ("first",)}, local("2026-04-14 13:00"), id="the-next-step"),
        pytest.param(
            {"steps_taken": ("first", "second", "open")}, local("2026-04-28 10:00"), id="then-its-expiry"
        ),
        pytest.param({"outcome": Outcome.ANSWERED}, None, id="never-again-once-closed"),
    ],
)
def test_planning_looks_next_at(changes: dict[str, object], look_at: datetime | None):
    assert next_look(replace(TUESDAY, **changes), SETTINGS, OPEN_TIME) == look_at  # type: ignore[arg-type]


# the decision


@pytest.mark.parametrize(
    ("case", "step", "now", "decision"),
    [
        pytest.param(TUESDAY, FIRST, "2026-04-14 11:00", Send(Reason.UNTOUCHED), id="when-it-is-due"),
        pytest.param(TUESDAY, FIRST, "2026-04-20 11:00", Send(Reason.UNTOUCHED), id="late-after-an-outage"),
        pytest.param(
            TUESDAY, FIRST, "2026-04-14 10:59", Hold(local("2026-04-14 11:00"), Reason.NOT_YET), id="before"
        ),
        pytest.param(TUESDAY, OPEN, "2026-04-16 10:00", Send(Reason.UNANSWERED), id="the-other-clock"),
        pytest.param(
            MAYBE,
            FIRST,
            "2026-04-14 11:00",
            Hold(local("2026-04-14 12:30"), Reason.MAYBE_ANSWERED),
            id="held-by-a-weak-sign",
        ),
        pytest.param(
            MAYBE,
            FIRST,
            "2026-04-14 12:30",
            Send(Reason.UNTOUCHED),
            id="once-the-weak-sign-has-had-its-time",
        ),
        pytest.param(
            replace(TUESDAY, touched_at=local("2026-04-14 10:30")),
            FIRST,
            "2026-04-14 11:00",
            Skip(Reason.TOUCHED),
            id="touched-in-time",
        ),
        pytest.param(
            replace(TUESDAY, touched_at=local("2026-04-14 10:30")),
            OPEN,
            "2026-04-16 10:00",
            Send(Reason.UNANSWERED),
            id="touched-but-not-answered",
        ),
        pytest.param(
            replace(MAYBE, weak_sign_at=local("2026-04-16 09:30")),
            OPEN,
            "2026-04-16 10:00",
            Hold(local("2026-04-20 10:30"), Reason.MAYBE_ANSWERED),
            id="a-weak-sign-may-be-the-answer-that-is-waited-for",
        ),
        pytest.param(TUESDAY, OPEN, "2026-04-28 10:00", Skip(Reason.EXPIRED), id="too-late-for-anything"),
        *(
            pytest.param(
                replace(TUESDAY, outcome=outcome),
                FIRST,
                "2026-04-14 11:00",
                Skip(Reason(outcome.value)),
                id=f"closed-{outcome.value}",
            )
            for outcome in Outcome
        ),
    ],
)
def test_the_alert_of_a_step(case: Case, step: EscalationStep, now: str, decision: Decision):
    assert decided(case, step, now) == decision


def test_a_step_that_waits_for_an_answer_may_come_at_once():
    step = EscalationStep(
        id="now",
        when=StepClock.UNANSWERED,
        after=timedelta(0),
        time=TimeKind.OPEN,
        tell=Target.CHANNEL,
        message="alert_still_open",
    )
    assert step_due(opened("2026-04-18 12:00"), step, OPEN_TIME) == local("2026-04-20 09:00")


WAITED = (Rule.WAITED, True, "2026-04-14T02:00:00+00:00")


def delayed(*, is_so: bool) -> list[tuple[Rule, bool, str]]:
    """What is asked of a step that a weak sign delays until 12:30."""
    untouched = [(Rule.STILL_OPEN, True, ""), (Rule.NO_SIGN_YET, True, ""), WAITED]
    return [*untouched, (Rule.MAYBE_ANSWERED, is_so, "2026-04-14T03:30:00+00:00")]


@pytest.mark.parametrize(
    ("case", "step", "now", "rulings"),
    [
        pytest.param(
            replace(TUESDAY, outcome=Outcome.RESOLVED),
            FIRST,
            "2026-04-14 11:00",
            [(Rule.STILL_OPEN, False, "resolved")],
            id="closed",
        ),
        pytest.param(
            replace(TUESDAY, touched_at=local("2026-04-14 10:30")),
            FIRST,
            "2026-04-14 11:00",
            [(Rule.STILL_OPEN, True, ""), (Rule.NO_SIGN_YET, False, "2026-04-14T01:30:00+00:00")],
            id="touched",
        ),
        pytest.param(
            TUESDAY,
            OPEN,
            "2026-04-14 11:00",
            [
                (Rule.STILL_OPEN, True, ""),
                (Rule.NO_REPLY_YET, True, ""),
                (Rule.WAITED, False, "2026-04-16T01:00:00+00:00"),
            ],
            id="too-early",
        ),
        pytest.param(MAYBE, FIRST, "2026-04-14 11:00", delayed(is_so=True), id="delayed"),
        pytest.param(MAYBE, FIRST, "2026-04-14 12:45", delayed(is_so=False), id="no-longer-delayed"),
    ],
)
def test_the_rules_that_were_asked_of_a_step_stand_there_in_order(
    case: Case, step: EscalationStep, now: str, rulings: list[tuple[Rule, bool, str]]
):
    assert asked(case, step, now) == rulings


def test_a_step_that_was_taken_does_not_delay_itself():
    """Its alert is asked about again right before it goes out."""
    taken = replace(MAYBE, steps_taken=("first",))
    assert decided(taken, FIRST, "2026-04-14 12:30") == Send(Reason.UNTOUCHED)
