from dataclasses import replace

import pytest

from scheduler.model.cases import Case, SignKind, WeakStrength
from scheduler.model.decisions import Reason, Rule, Ruling
from scheduler.model.messages import OutboxState
from scheduler.report.explain import Dossier
from scheduler.report.explain.lines import Line, What
from scheduler.report.explain.timeline import timeline
from tests.unit.report.examples import TOKYO, at
from tests.unit.report.explain.dossiers import OPEN, alert, closed, dossier, opened, planned, told, touched

RULES = (Ruling(Rule.FIRST_POST, holds=True, value="0"),)


def shown(story: Dossier) -> list[tuple[str, str]]:
    """(local time, what happened) of each line."""
    return [(f"{line.at.astimezone(TOKYO):%d %H:%M}", line.what) for line in timeline(story)]


def line_of(story: Dossier, what: What) -> Line:
    return next(line for line in timeline(story) if line.what is what)


def test_a_case_is_told_from_opening_to_closing():
    story = dossier(opened(), touched("2026-04-20 10:30", how="stamp"), closed("2026-04-20 11:00"))

    assert shown(story) == [("20 10:00", "watched"), ("20 10:30", "touched"), ("20 11:00", "closed")]


def test_a_line_keeps_who_how_why_and_the_rules_asked():
    story = dossier(opened(rulings=RULES), touched("2026-04-20 10:30", by="U2", how="stamp"))

    assert timeline(story) == (
        Line(at=at("2026-04-20 10:00"), what=What.WATCHED, reason=Reason.FIRST_POST, rulings=RULES),
        Line(
            at=at("2026-04-20 10:30"),
            what=What.TOUCHED,
            reason=Reason.TOUCHED,
            by="U2",
            how=SignKind.STAMP,
        ),
    )


@pytest.mark.parametrize(
    ("learnt", "expected"),
    [
        pytest.param("2026-04-20 10:30:59", None, id="at once"),
        pytest.param("2026-04-20 12:00", at("2026-04-20 12:00"), id="later"),
    ],
)
def test_what_was_learnt_later_stands_when_it_happened_and_says_so(learnt: str, expected: object):
    story = dossier(opened(), planned("2026-04-20 11:00"), touched("2026-04-20 10:30", learnt=learnt))

    assert [what for _, what in shown(story)] == ["watched", "touched", "alert_planned"]
    assert line_of(story, What.TOUCHED).learnt_at == expected


def test_an_alert_that_goes_at_once_is_one_line_with_its_rules():
    story = dossier(opened(), planned("2026-04-20 11:00", rulings=RULES), alerts=[alert("2026-04-20 11:00")])

    assert shown(story) == [("20 10:00", "watched"), ("20 11:00", "alert_sent")]
    assert line_of(story, What.ALERT_SENT).rulings == RULES


def test_an_alert_that_waits_for_the_end_of_a_quiet_time_is_three_lines():
    waits = told(
        "delivery", "hold", Reason.QUIET_TIME, "2026-04-20 12:10", step="first",
        until=str(at("2026-04-20 13:00")),
    )  # fmt: skip
    sent = alert("2026-04-20 12:10", sent_at=at("2026-04-20 13:00"))
    story = dossier(opened(), planned("2026-04-20 12:10", rulings=RULES), waits, alerts=[sent])

    assert shown(story)[1:] == [
        ("20 12:10", "alert_planned"),
        ("20 12:10", "alert_held"),
        ("20 13:00", "alert_sent"),
    ]
    held, gone = line_of(story, What.ALERT_HELD), line_of(story, What.ALERT_SENT)
    assert (held.until, held.to, held.step) == (at("2026-04-20 13:00"), "U2", "first")
    assert (gone.reason, gone.rulings) == (None, ())


@pytest.mark.parametrize(
    ("rule", "outcome", "reason", "expected"),
    [
        pytest.param("first", "hold", Reason.NOBODY_TO_TELL, What.ALERT_HELD, id="nobody can be told"),
        pytest.param("first", "skip", Reason.TOO_LATE, What.ALERT_SKIPPED, id="a step is passed over"),
        pytest.param("delivery", "skip", Reason.TOUCHED, What.ALERT_SKIPPED, id="somebody was faster"),
        pytest.param("delivery", "dead", Reason.CANNOT_RENDER, What.ALERT_DEAD, id="no words for it"),
        pytest.param("delivery", "unknown", Reason.OUTCOME_UNKNOWN, What.ALERT_UNSURE, id="not known"),
    ],
)
def test_what_did_not_go_out_says_so(rule: str, outcome: str, reason: Reason, expected: What):
    step = "first" if rule == "delivery" else ""
    story = dossier(opened(), told(rule, outcome, reason, "2026-04-20 11:00", step=step))

    line = timeline(story)[-1]
    assert (line.what, line.reason, line.step) == (expected, reason, "first")


def test_what_a_later_version_writes_is_passed_over():
    assert shown(dossier(opened(), told("first", "claimed", Reason.TOUCHED, "2026-04-20 11:00"))) == [
        ("20 10:00", "watched")
    ]


def test_a_message_that_could_not_be_put_together_is_told_once():
    story = dossier(
        opened(),
        told("render", "dead", Reason.CANNOT_RENDER, "2026-04-20 11:00", step="first", error="no name"),
        told("delivery", "dead", Reason.CANNOT_RENDER, "2026-04-20 11:00", step="first"),
    )

    assert [what for _, what in shown(story)] == ["watched", "alert_dead"]


def test_an_interrupted_alert_is_not_said_to_have_gone():
    sending = alert("2026-04-20 11:00", state=OutboxState.SENDING)

    assert shown(dossier(opened(), planned("2026-04-20 11:00"), alerts=[sending]))[-1][1] == "alert_unsure"


def test_an_alert_whose_record_is_gone_still_shows():
    assert shown(dossier(alerts=[alert("2026-04-20 11:00")])) == [("20 11:00", "alert_sent")]


def test_each_opening_has_its_own_alerts():
    again = replace(OPEN, key=replace(OPEN.key, opening=2))
    sent = replace(alert("2026-04-21 11:00"), case=again.key)
    story = dossier(
        opened(),
        planned("2026-04-20 11:00"),
        closed("2026-04-20 12:00"),
        opened("2026-04-21 10:00", opening=2, reason=Reason.ASKED_AGAIN),
        planned("2026-04-21 11:00", opening=2),
        alerts=[sent],
    )

    assert [(line.what.value, line.opening) for line in timeline(story)] == [
        ("watched", 1),
        ("alert_planned", 1),
        ("closed", 1),
        ("watched", 2),
        ("alert_sent", 2),
    ]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        pytest.param(
            replace(OPEN, weak_sign_at=at("2026-04-20 10:20")), ["weak_sign"], id="before anybody came"
        ),
        pytest.param(
            replace(OPEN, weak_sign_at=at("2026-04-20 10:20"), touched_at=at("2026-04-20 10:10")),
            [],
            id="after a touch it tells nothing",
        ),
        pytest.param(
            replace(OPEN, weak_sign_at=at("2026-04-20 10:20"), closed_at=at("2026-04-20 10:10")),
            [],
            id="after the end neither",
        ),
        pytest.param(OPEN, [], id="none"),
    ],
)
def test_a_weak_sign_is_told_when_it_could_matter(case: Case, expected: list[str]):
    assert [what for _, what in shown(dossier(opened(), cases=[case]))[1:]] == expected


def test_how_much_a_weak_sign_looks_like_an_answer_is_kept():
    case = replace(OPEN, weak_sign_at=at("2026-04-20 10:20"), weak_strength=WeakStrength.SLIGHT)

    assert line_of(dossier(opened(), cases=[case]), What.WEAK_SIGN).strength is WeakStrength.SLIGHT


ANSWERED = replace(
    OPEN, answered_at=at("2026-04-20 11:00"), answered_by="U3", closed_at=at("2026-04-20 11:00")
)


@pytest.mark.parametrize(
    ("touch", "expected"),
    [
        pytest.param(touched("2026-04-20 10:30", how="stamp"), "U3", id="after a stamp by somebody else"),
        pytest.param(
            touched("2026-04-20 11:00"), None, id="the touch that was the answer names them already"
        ),
    ],
)
def test_who_answered_is_told_once(touch: object, expected: str | None):
    story = dossier(opened(), touch, closed("2026-04-20 11:00"), cases=[ANSWERED])  # type: ignore[arg-type]

    assert line_of(story, What.CLOSED).by == expected
