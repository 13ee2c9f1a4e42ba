from collections.abc import Callable
from datetime import date, timedelta

import pytest

from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind
from scheduler.report import Figures, Period, figure_out, local_period
from scheduler.report.period import Unit
from scheduler.report.sending import AmbassadorLoad
from scheduler.report.waits import Wait
from tests.unit.report.examples import (
    ALONE,
    CASES,
    DECISIONS,
    MAYBE,
    MESSAGES,
    OPEN_TIME,
    OVERNIGHT,
    TOKYO,
    a_case,
    a_welcome,
    at,
    results,
)


def figures(period: Period | None = None) -> Figures:
    return figure_out(results(), open_time=OPEN_TIME, period=period or Period())


def hours(text: str) -> timedelta:
    """`1:30` of time."""
    whole, minutes = text.split(":")
    return timedelta(hours=int(whole), minutes=int(minutes))


def wait(open_time: str, clock_time: str) -> Wait:
    return Wait(open=hours(open_time), clock=hours(clock_time))


def counts(alerts: int = 0, thanks: int = 0, welcomes: int = 0) -> dict[MessageKind, int]:
    return {MessageKind.ALERT: alerts, MessageKind.THANKS: thanks, MessageKind.WELCOME: welcomes}


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        pytest.param(lambda f: f.all_cases.cases, 5, id="all cases"),
        pytest.param(lambda f: f.beginners.cases, 4, id="beginners' posts are first and early ones"),
        pytest.param(lambda f: f.first_posts.cases, 3, id="first posts only"),
        pytest.param(lambda f: f.beginners.asking, 3, id="those that read like a question"),
        pytest.param(lambda f: f.beginners.outcomes, {"answered": 2, "expired": 2}, id="outcomes"),
        pytest.param(lambda f: f.all_cases.outcomes["open"], 1, id="still open"),
        pytest.param(lambda f: f.undated_stamps, 1, id="undated stamps"),
        pytest.param(lambda f: f.alerts_after_weak_sign, 1, id="alerts after a weak sign"),
    ],
)
def test_cases_are_counted_by_group_and_outcome(of: Callable[[Figures], object], expected: object):
    assert of(figures()) == expected


@pytest.mark.parametrize(
    ("name", "count", "median", "p90"),
    [
        pytest.param("touch", 2, wait("0:30", "0:30"), wait("1:30", "17:30"), id="touched"),
        pytest.param(
            "touch_or_weak", 3, wait("0:30", "0:30"), wait("0:45", "16:45"), id="touched or weak sign"
        ),
        pytest.param("answer", 2, wait("1:00", "1:00"), wait("1:30", "17:30"), id="answered"),
        pytest.param(
            "answer_or_weak", 3, wait("0:45", "1:00"), wait("1:00", "16:45"), id="answered or weak sign"
        ),
    ],
)
def test_waits_of_beginners_in_open_and_clock_time(name: str, count: int, median: Wait, p90: Wait):
    waits = getattr(figures().beginners, name)

    assert (waits.count, waits.median, waits.p90) == (count, median, p90)


def test_without_any_wait_there_is_no_percentile():
    waits = figure_out(results(cases=(ALONE,)), open_time=OPEN_TIME, period=Period()).beginners.touch

    assert (waits.count, waits.median, waits.p90) == (0, None, None)


@pytest.mark.parametrize(
    ("trait", "expected"),
    [
        pytest.param("cases", 2, id="all of them"),
        pytest.param("outcomes", {"expired": 2}, id="what became of them"),
        pytest.param("asking", 1, id="asking"),
        pytest.param("weak_sign", 1, id="with a weak sign"),
        pytest.param("undated_stamp", 0, id="with an undated stamp"),
        pytest.param("left_alone", 1, id="with nothing at all"),
        pytest.param("alerted", 2, id="alerts would have gone out"),
    ],
)
def test_never_touched_says_what_may_have_happened_all_the_same(trait: str, expected: object):
    assert getattr(figures().beginners.never_touched, trait) == expected


def test_who_was_left_alone_comes_before_who_may_have_been_seen():
    assert [waited.case for waited in figures().never_touched] == [ALONE, MAYBE]


def test_the_longest_wait_in_open_time_comes_first():
    waits = [(waited.case.key.ts, waited.wait.open) for waited in figures().longest_waits]

    assert waits == [(OVERNIGHT.key.ts, hours("1:30")), ("1776646800.000100", hours("0:30"))]


def test_only_ten_are_listed_and_ties_go_by_key():
    cases = [a_case(f"{number}.000100", "2026-04-22 12:00", asks=False) for number in range(200, 100, -1)]
    found = figure_out(results(cases, (), ()), open_time=OPEN_TIME, period=Period())

    listed = [waited.case.key.ts for waited in found.never_touched]
    assert listed == [f"{number}.000100" for number in range(101, 111)]


def test_a_weak_sign_after_the_end_of_the_case_does_not_count():
    case = a_case(
        "1.000100", "2026-04-22 12:00", closed_at=at("2026-04-22 12:30"), weak_sign_at=at("2026-04-22 13:00")
    )
    found = figure_out(results((case,), (), ()), open_time=OPEN_TIME, period=Period())

    assert found.beginners.touch_or_weak.count == 0


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        pytest.param(lambda s: s.sent, counts(alerts=4, thanks=1, welcomes=2), id="sent by kind"),
        pytest.param(
            lambda s: s.by_reason,
            {
                Reason.UNTOUCHED: counts(alerts=4),
                Reason.NEW_MEMBER: counts(welcomes=2),
                Reason.END_OF_WEEK: counts(thanks=1),
            },
            id="sent by reason",
        ),
        pytest.param(lambda s: s.by_step, {"first-look": 2, "second-pair": 1, "whole-team": 1}, id="by step"),
        pytest.param(lambda s: s.alerts_to_channel, 1, id="alerts to the ambassadors' channel"),
        pytest.param(
            lambda s: s.ambassadors,
            (
                AmbassadorLoad(member="U2", alerts=2, busiest_week="2026-W17", alerts_in_busiest_week=2),
                AmbassadorLoad(member="U3", alerts=1, busiest_week="2026-W17", alerts_in_busiest_week=1),
            ),
            id="alerts by ambassador",
        ),
        pytest.param(
            lambda s: s.held,
            {
                Reason.QUIET_TIME: counts(alerts=1, welcomes=1),
                Reason.RECIPIENT_CAP: counts(alerts=1),
                Reason.NOBODY_TO_TELL: counts(alerts=1),
            },
            id="held, in the outbox or before",
        ),
        pytest.param(
            lambda s: s.skipped,
            {
                Reason.TOUCHED: counts(alerts=1),
                Reason.IS_GUEST: counts(welcomes=1),
                Reason.HUMAN_THANKED: counts(thanks=1),
            },
            id="skipped, in the outbox or before",
        ),
        pytest.param(lambda s: s.dead, {Reason.CANNOT_RENDER: counts(welcomes=1)}, id="could not go"),
        pytest.param(lambda s: s.waiting, counts(alerts=1), id="not gone when the history ended"),
    ],
)
def test_messages_are_counted(of: Callable[[object], object], expected: object):
    assert of(figures().sending) == expected


def test_half_a_year_goes_by_week_without_a_gap():
    cases = (a_case("1.000100", "2026-04-01 12:00"),)
    messages = [(a_welcome("U1", "2026-04-01 12:00"), ()), (a_welcome("U2", "2026-04-20 12:00"), ())]
    sending = figure_out(results(cases, messages, ()), open_time=OPEN_TIME, period=Period()).sending

    sent = [(each.span, each.by_kind[MessageKind.WELCOME]) for each in sending.by_span]
    assert (sending.unit, sent) == (
        Unit.WEEK,
        [("2026-W14", 1), ("2026-W15", 0), ("2026-W16", 0), ("2026-W17", 1)],
    )


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param("2026-04-20", "2026-05-08", ["W17", "W18", "W19"], id="weeks without any message, too"),
        pytest.param("2026-04-20", None, ["W17", "W18", "W19"], id="up to the end of the history"),
        pytest.param("2020-01-01", "2026-04-30", ["W17", "W18"], id="not what was before the history"),
        pytest.param("2026-04-23", "2030-12-31", ["W17", "W18", "W19"], id="nor what comes after it"),
    ],
)
def test_every_week_of_a_period_is_shown(first: str, last: str | None, expected: list[str]):
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    sending = figures(local_period(TOKYO, *days)).sending

    assert [each.span for each in sending.by_span] == [f"2026-{week}" for week in expected]
    assert sum(sum(each.by_kind.values()) for each in sending.by_span) == sum(sending.sent.values())


def test_more_than_half_a_year_goes_by_local_year():
    messages = [
        (a_welcome("U1", "2024-06-01 12:00"), ()),
        (a_welcome("U2", "2025-12-31 23:59"), ()),
        (a_welcome("U3", "2026-01-01 00:00"), ()),
    ]
    sending = figure_out(results((), messages, ()), open_time=OPEN_TIME, period=Period()).sending

    sent = [(each.span, each.by_kind[MessageKind.WELCOME]) for each in sending.by_span]
    assert (sending.unit, sent) == (Unit.YEAR, [("2024", 1), ("2025", 1), ("2026", 1)])


@pytest.mark.parametrize(
    ("first", "last", "cases", "sent"),
    [
        pytest.param("2026-04-21", None, 3, 5, id="from a day on"),
        pytest.param(None, "2026-04-20", 2, 2, id="up to a day, included"),
        pytest.param("2026-04-22", "2026-04-22", 1, 2, id="one day"),
        pytest.param("2027-01-01", None, 0, 0, id="nothing there"),
    ],
)
def test_from_and_to_are_local_days_both_included(first: str | None, last: str | None, cases: int, sent: int):
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    found = figures(local_period(TOKYO, *days))

    assert (found.all_cases.cases, sum(found.sending.sent.values())) == (cases, sent)


def test_an_empty_history_gives_empty_figures():
    found = figure_out(results((), (), ()), open_time=OPEN_TIME, period=Period())

    assert (found.first_at, found.last_at, found.all_cases.cases, found.sending.by_span) == (
        None,
        None,
        0,
        (),
    )


def test_the_order_in_which_rows_come_makes_no_difference():
    turned = results(CASES[::-1], MESSAGES[::-1], DECISIONS[::-1])

    assert figure_out(turned, open_time=OPEN_TIME, period=Period()) == figures()
