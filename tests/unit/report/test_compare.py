"""What a comparison finds: which messages and cases differ, how, and why there is no alert on a side."""

from dataclasses import replace

import pytest

from scheduler.model.cases import ChannelKind, Outcome
from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind, OutboxState
from scheduler.report import local_period
from scheduler.report.compare.pairs import CaseDiffers, MessageDiffers
from scheduler.report.compare.whynot import Missing, why_no_case, why_not
from scheduler.settings import ChannelRule, Settings
from tests.unit.report.compared import changed, compared, side, without
from tests.unit.report.examples import (
    ALONE,
    ANSWERED,
    CASES,
    DECISIONS,
    MAYBE,
    MESSAGES,
    TOKYO,
    a_decision,
    at,
)

FIRST_LOOK = f"alert:{ALONE.key}:first-look"
WELCOME = "welcome:T1:U1:newcomer:1:welcome"


def test_the_same_rows_have_no_difference(settings: Settings):
    comparison = compared(side(settings), side(settings))

    assert (comparison.is_same, comparison.cases, comparison.messages) == (True, (), ())


def test_what_went_out_on_neither_side_is_no_difference(settings: Settings):
    unsent = [line for line in MESSAGES if line[0].sent_at is None]

    assert compared(
        side(settings), side(settings, messages=without(*(m.dedup_key for m, _ in unsent)))
    ).is_same


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"recipient": "U3"}, MessageDiffers.RECIPIENT, id="whom"),
        pytest.param({"sent_at": at("2026-04-22 13:30")}, MessageDiffers.TIME, id="when"),
        pytest.param({"payload_hash": "x"}, MessageDiffers.WORDS, id="words"),
        pytest.param(
            {"recipient": "U3", "sent_at": at("2026-04-22 13:30")}, MessageDiffers.RECIPIENT, id="both"
        ),
        pytest.param({"state": OutboxState.PENDING, "sent_at": None}, MessageDiffers.ONLY_A, id="not sent"),
        pytest.param({"reason": Reason.UNANSWERED}, None, id="for another reason"),
    ],
)
def test_a_message_differs_in_one_way(
    changes: dict[str, object], expected: MessageDiffers | None, settings: Settings
):
    comparison = compared(side(settings), side(settings, messages=changed(FIRST_LOOK, **changes)))

    assert [pair.differs for pair in comparison.messages] == [expected] * bool(expected)


def test_each_side_may_be_alone_with_a_message(settings: Settings):
    all_of_them, fewer = side(settings), side(settings, messages=without(WELCOME))

    (only_a,), (only_b,) = compared(all_of_them, fewer).messages, compared(fewer, all_of_them).messages
    assert (only_a.key, only_a.kind, only_a.differs) == (WELCOME, MessageKind.WELCOME, MessageDiffers.ONLY_A)
    assert (only_b.a, only_b.differs) == (None, MessageDiffers.ONLY_B)


def test_messages_count_by_when_they_were_due_in_either(settings: Settings):
    late = changed(WELCOME, due_at=at("2026-04-21 09:00"), sent_at=at("2026-04-21 09:00"))
    day = at("2026-04-21 09:00").astimezone(TOKYO).date()
    a, b = side(settings), side(settings, messages=late)

    assert [pair.key for pair in compared(a, b, local_period(TOKYO, day, day)).messages] == [WELCOME]
    assert compared(a, b, local_period(TOKYO, None, at("2026-04-19 09:00").date())).messages == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"outcome": Outcome.RESOLVED}, CaseDiffers.FATE, id="closed in another way"),
        pytest.param({"closed_at": at("2026-04-29 12:00")}, CaseDiffers.FATE, id="closed earlier"),
        pytest.param({"touched_at": at("2026-04-29 12:00")}, CaseDiffers.FATE, id="touched"),
        pytest.param({"answered_at": at("2026-04-29 12:00")}, CaseDiffers.FATE, id="answered"),
        pytest.param({"reason": Reason.ALWAYS_ANSWERED}, None, id="opened for another reason"),
        pytest.param({"asks": False}, None, id="read otherwise"),
    ],
)
def test_a_case_differs_by_its_fate(
    changes: dict[str, object], expected: CaseDiffers | None, settings: Settings
):
    cases = [replace(case, **changes) if case is ALONE else case for case in CASES]  # type: ignore[arg-type]

    comparison = compared(side(settings), side(settings, cases))

    assert [(pair.key, pair.differs) for pair in comparison.cases] == [(ALONE.key, expected)] * bool(expected)


def test_a_case_that_opens_on_one_side_tells_why_not_on_the_other(settings: Settings):
    others = [case for case in CASES if case is not ALONE]
    record = (*DECISIONS, a_decision(str(ALONE.key), "case", "none", Reason.ASKS_NOTHING, "2026-04-22 12:00"))
    quiet = side(settings, others, without(FIRST_LOOK), record)

    (pair,) = [each for each in compared(side(settings), quiet).cases if each.key == ALONE.key]

    assert (pair.differs, pair.b.case, pair.b.why_none) == (CaseDiffers.ONLY_A, None, Reason.ASKS_NOTHING)
    assert (pair.a.why_none, pair.a.case is None) == (None, False)


def test_a_channel_that_the_config_turns_off_is_the_reason(settings: Settings):
    off = replace(settings, channels=(ChannelRule(match=("雑談",), kind=ChannelKind.OFF), *settings.channels))

    assert why_no_case(side(off, ()), ALONE.key) is Reason.CHANNEL_OFF
    assert why_no_case(side(settings, (), (), ()), ALONE.key) is Missing.NO_CASE


def test_other_words_of_an_alert_do_not_make_a_case_differ(settings: Settings):
    comparison = compared(side(settings), side(settings, messages=changed(FIRST_LOOK, payload_hash="x")))

    assert (comparison.cases, len(comparison.messages), comparison.is_same) == ((), 1, False)


@pytest.mark.parametrize(
    ("changes", "decisions", "expected"),
    [
        pytest.param({"touched_at": at("2026-04-22 12:30")}, (), Reason.TOUCHED, id="somebody came"),
        pytest.param(
            {"touched_at": at("2026-04-22 12:30"), "answered_at": at("2026-04-22 12:30")},
            (),
            Reason.ANSWERED,
            id="somebody replied",
        ),
        pytest.param({"outcome": Outcome.WITHDRAWN}, (), Reason.WITHDRAWN, id="deleted"),
        pytest.param({}, (), Reason.EXPIRED, id="its time was over"),
        pytest.param({"outcome": None, "closed_at": None}, (), Missing.NOT_DUE, id="not due yet"),
        pytest.param(
            {"touched_at": at("2026-04-27 12:30")},
            (a_decision(str(ALONE.key), "first-look", "hold", Reason.NOBODY_TO_TELL, "2026-04-22 13:00"),),
            Reason.NOBODY_TO_TELL,
            id="nobody could be told, long before somebody came",
        ),
        pytest.param(
            {"touched_at": at("2026-04-22 12:30")},
            (a_decision(str(ALONE.key), "first-look", "hold", Reason.NOT_YET, "2026-04-22 13:00"),),
            Reason.TOUCHED,
            id="held for its time only, and then somebody came",
        ),
    ],
)
def test_why_there_is_no_alert(
    changes: dict[str, object], decisions: tuple[object, ...], expected: object, settings: Settings
):
    case = replace(ALONE, **changes)  # type: ignore[arg-type]

    assert why_not(side(settings, (case,), (), decisions), ALONE.key, "first-look") is expected  # type: ignore[arg-type]


def test_a_dropped_alert_tells_its_own_reason(settings: Settings):
    assert why_not(side(settings), ANSWERED.key, "first-look") is Reason.TOUCHED


def test_a_touch_does_not_overtake_a_step_that_waits_for_an_answer(settings: Settings):
    touched = replace(ALONE, touched_at=at("2026-04-22 12:30"), outcome=None, closed_at=None)

    assert why_not(side(settings, (touched,), (), ()), ALONE.key, "still-open") is Missing.NOT_DUE


def test_a_step_that_the_config_does_not_have_is_said_to_be_missing(settings: Settings):
    assert why_not(side(settings, messages=()), ALONE.key, "gone") is Missing.NO_STEP


ALERTS = [line for line in MESSAGES if line[0].case == ALONE.key]


def test_a_post_that_waited_and_is_shown_to_nobody_is_lost(settings: Settings):
    comparison = compared(side(settings), side(settings, [each for each in CASES if each is not ALONE], ()))

    assert [pair.key for pair in comparison.lost] == [ALONE.key, MAYBE.key]
    assert [pair.was_touched for pair in comparison.lost] == [False, False]
    assert (comparison.gained, comparison.spared, comparison.added) == ((), (), ())


def test_an_alert_that_a_human_makes_needless_is_spared(settings: Settings):
    came = replace(ALONE, touched_at=at("2026-04-22 13:30"))
    a, b = side(settings, (came,), ALERTS), side(settings, (came,), ())

    there, back = compared(a, b), compared(b, a)

    assert ([pair.key for pair in there.spared], there.lost) == ([ALONE.key], ())
    assert ([pair.key for pair in back.added], back.gained) == ([ALONE.key], ())


def test_a_post_that_is_still_shown_to_somebody_is_neither_lost_nor_spared(settings: Settings):
    comparison = compared(side(settings), side(settings, messages=without(FIRST_LOOK)))

    (pair,) = comparison.cases
    assert (pair.differs, pair.steps[0].differs, pair.steps[0].b) == (
        CaseDiffers.ALERTS,
        MessageDiffers.ONLY_A,
        Reason.EXPIRED,
    )
    assert (comparison.lost, comparison.spared) == ((), ())


def test_the_two_directions_mirror_each_other(settings: Settings):
    a, b = side(settings), side(settings, CASES[1:], MESSAGES[3:])
    there, back = compared(a, b), compared(b, a)
    mirror = {
        CaseDiffers.ONLY_A: CaseDiffers.ONLY_B,
        CaseDiffers.FATE: CaseDiffers.FATE,
        CaseDiffers.ALERTS: CaseDiffers.ALERTS,
    }

    assert [mirror[pair.differs] for pair in there.cases] == [pair.differs for pair in back.cases]
    assert [pair.key for pair in there.lost] == [pair.key for pair in back.gained]
    assert [pair.key for pair in there.messages] == [pair.key for pair in back.messages]


def test_the_first_alert_is_counted_in_open_time(settings: Settings):
    waits = side(settings).first_alerts

    assert (waits.beginners.count, waits.all_cases.count) == (2, 2)
    assert waits.all_cases.median is not None
    assert str(waits.all_cases.median.open) == "1:00:00"


def test_alerts_are_counted_by_ambassador_and_day(settings: Settings):
    told = side(settings).alerts_by_day

    assert sorted((who or "", day.isoformat(), count) for (who, day), count in told.items()) == [
        ("", "2026-04-23", 1),
        ("U2", "2026-04-22", 1),
        ("U2", "2026-04-23", 1),
        ("U3", "2026-04-22", 1),
    ]


def test_a_side_keeps_no_case_outside_the_period(settings: Settings):
    day = at("2026-04-22 12:00").astimezone(TOKYO).date()

    assert list(side(settings, period=local_period(TOKYO, day, day)).cases) == [ALONE.key]
