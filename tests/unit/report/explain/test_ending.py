from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.model.cases import Outcome, SignKind, WeakStrength
from scheduler.model.decisions import DecisionRecord, Reason
from scheduler.report.explain import Dossier
from scheduler.report.explain.ending import Ending, ending
from scheduler.report.explain.timeline import timeline
from tests.unit.report.examples import at
from tests.unit.report.explain.dossiers import OPEN, alert, closed, dossier, opened, planned, told, touched

HOUR = timedelta(hours=1)
AGAIN = opened("2026-04-21 10:00", opening=2, reason=Reason.ASKED_AGAIN)


def ending_of(story: Dossier) -> Ending:
    return ending(story, timeline(story))


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param((opened(),), "open", id="nobody came yet"),
        pytest.param((opened(), closed("2026-04-20 11:00")), "answered", id="answered"),
        pytest.param((opened(), closed("2026-04-20 11:00", Reason.WITHDRAWN)), "withdrawn", id="withdrawn"),
        pytest.param((opened(), closed("2026-04-20 11:00", Reason.CASE_GONE)), "case_gone", id="was no case"),
        pytest.param(
            (told("case", "none", Reason.ASKS_NOTHING, "2026-04-20 10:00"),), "none", id="not watched"
        ),
        pytest.param(
            (told("case", "none", Reason.ASKS_NOTHING, "2026-04-20 10:00"), opened("2026-04-20 10:05")),
            "open",
            id="watched once more was told",
        ),
        pytest.param(
            (
                opened(),
                closed("2026-04-20 11:00"),
                told("case", "waiting_again", Reason.FIRST_POST, "2026-04-20 11:10"),
            ),
            "open",
            id="the answer was taken back",
        ),
        pytest.param((opened(), closed("2026-04-20 11:00"), AGAIN), "open", id="opened again"),
        pytest.param(
            (
                opened(),
                closed("2026-04-20 11:00"),
                AGAIN,
                closed("2026-04-21 11:00", Reason.CASE_GONE, opening=2),
            ),
            "answered",
            id="the second opening was none",
        ),
        pytest.param((), "unknown", id="nothing is known"),
    ],
)
def test_the_last_turn_of_the_record_is_the_ending(records: tuple[DecisionRecord, ...], expected: str):
    assert ending_of(dossier(*records, cases=())).outcome == expected


def test_an_answer_says_who_how_and_after_what_time():
    story = dossier(opened(), touched("2026-04-20 11:00", by="U3"), closed("2026-04-20 11:00"))

    assert ending_of(story) == Ending(
        outcome="answered",
        reason=Reason.ANSWERED,
        after=HOUR,
        by="U3",
        how=SignKind.REPLY,
        is_touched=True,
        openings=1,
    )


def test_a_second_opening_counts_its_time_from_its_own_beginning():
    end = closed("2026-04-21 11:00", opening=2)
    told_end = ending_of(dossier(opened(), closed("2026-04-20 11:00"), AGAIN, end))

    assert (told_end.after, told_end.openings) == (HOUR, 2)


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param((), False, id="never"),
        pytest.param((touched("2026-04-20 10:30"),), True, id="touched"),
        pytest.param(
            (
                touched("2026-04-20 10:30"),
                told("touch", "taken_back", Reason.UNTOUCHED, "2026-04-20 10:31"),
            ),
            False,
            id="and taken back",
        ),
    ],
)
def test_a_touch_that_was_taken_back_is_none(records: tuple[DecisionRecord, ...], expected: bool):
    assert ending_of(dossier(opened(), *records)).is_touched is expected


@pytest.mark.parametrize(
    ("strength", "expected"),
    [
        pytest.param(WeakStrength.STRONG, True, id="reads like the answer"),
        pytest.param(WeakStrength.SLIGHT, False, id="about something else"),
    ],
)
def test_a_weak_sign_may_have_been_the_answer(strength: WeakStrength, expected: bool):
    case = replace(OPEN, weak_sign_at=at("2026-04-20 10:20"), weak_strength=strength)

    assert ending_of(dossier(opened(), cases=[case])).is_maybe_answered is expected


def test_what_shadow_mode_did_not_really_send_is_counted_apart():
    story = dossier(
        opened(),
        planned("2026-04-20 11:00"),
        planned("2026-04-20 13:00", "second"),
        alerts=[
            alert("2026-04-20 11:00", posted_ts=""),
            alert("2026-04-20 13:00", "second", posted_ts="1.0"),
        ],
        cases=[OPEN],
    )

    assert (ending_of(story).alerts, ending_of(story).shadow_alerts) == (1, 1)


def test_only_alerts_that_went_out_are_counted():
    waits = alert("2026-04-20 13:00", "second", state="pending", sent_at=None)
    story = dossier(
        opened(), planned("2026-04-20 11:00"), planned("2026-04-20 13:00", "second"),
        alerts=[alert("2026-04-20 11:00"), waits],
    )  # fmt: skip

    assert ending_of(story).alerts == 1


def test_without_a_record_the_case_itself_tells_how_it_ended():
    gone = replace(
        OPEN,
        answered_by="U2",
        touched_at=at("2026-04-20 11:00"),
        closed_at=at("2026-04-20 11:00"),
        outcome=Outcome.ANSWERED,
    )

    assert ending_of(dossier(cases=[gone])) == Ending(
        outcome="answered", after=HOUR, by="U2", is_touched=True, openings=1
    )
