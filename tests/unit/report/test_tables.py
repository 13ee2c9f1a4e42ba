import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from rich.cells import cell_len
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from scheduler.catalogue import LANGUAGES
from scheduler.model.cases import Outcome
from scheduler.report import History, Names, Noticed, Period, Results, figure_out, local_period, show_figures
from tests.unit.report.examples import (
    FINDINGS,
    HISTORY,
    NAMES,
    OPEN_TIME,
    TOKYO,
    a_case,
    a_welcome,
    an_alert,
    at,
    results,
)


def shown(
    language: str,
    rows: Results,
    *,
    width: int = 80,
    period: Period | None = None,
    names: Names = NAMES,
    history: History = HISTORY,
    environ: Mapping[str, str] | None = None,
    is_terminal: bool = False,
    findings: Sequence[Noticed] = FINDINGS,
) -> str:
    file = io.StringIO()
    console = Console(file=file, width=width, force_terminal=is_terminal, _environ=environ or {})
    figures = figure_out(rows, open_time=OPEN_TIME, period=period or Period())
    show_figures(console, language, figures, zone=TOKYO, names=names, history=history, findings=findings)
    return file.getvalue()


@pytest.mark.parametrize("width", [80, 44])
@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_read_like_this(language: str, width: int, snapshot: SnapshotAssertion):
    assert shown(language, results(), width=width) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_period_in_which_nothing_happened_says_so(language: str, snapshot: SnapshotAssertion):
    period = local_period(TOKYO, date(2027, 1, 4), date(2027, 1, 8))

    assert shown(language, results(), period=period) == snapshot


def test_years_stand_for_a_long_history(snapshot: SnapshotAssertion):
    messages = [(a_welcome("U1", f"{year}-06-01 12:00"), ()) for year in range(2018, 2027)]

    assert shown("ja", results((), messages, ())) == snapshot


def test_of_very_many_ambassadors_the_busiest_are_shown():
    case = a_case("1.000100", "2026-04-22 12:00")
    messages = [
        (an_alert(case, f"s{number}", "2026-04-22 13:00", f"U{number}"), ()) for number in range(100, 118)
    ]

    (line,) = [line for line in shown("en", results((case,), messages, ())).split("\n") if "more)" in line]
    assert line.split() == ["(3", "more)", "3"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [200, 80, 60, 44, 30])
def test_no_line_is_wider_than_the_terminal(language: str, width: int):
    lines = shown(language, results(), width=width).split("\n")

    assert [line for line in lines if cell_len(line) > width] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [200, 80, 60, 44, 30])
def test_no_line_ends_with_a_blank_or_begins_with_a_comma(language: str, width: int):
    lines = shown(language, results(), width=width).split("\n")

    assert [line for line in lines if line != line.rstrip() or line.lstrip().startswith((",", "、"))] == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        pytest.param("ja", "半分が開庁時間で1分未満（実時間で9時間以内）", id="ja"),
        pytest.param("en", "half were touched in less than a minute of open time (within 9 h", id="en"),
    ],
)
def test_who_came_while_the_offices_were_closed_is_seen_in_clock_time(language: str, expected: str):
    case = a_case("1.000100", "2026-04-21 18:00", touched_at=at("2026-04-22 03:00"))

    assert expected in shown(language, results((case,), (), ()), width=200)


def test_a_name_is_kept_whole_while_other_words_can_give_way():
    names = Names(channels={"C1": "質問-ひとり情シス"})
    case = a_case(
        "1.000100", "2026-04-21 18:00", closed_at=at("2026-04-22 09:00"), outcome=Outcome.AUTHOR_GONE
    )

    assert "  #質問-ひとり情シス  " in shown("ja", results((case,), (), ()), names=names, width=76)


@pytest.mark.parametrize(
    ("first", "last", "is_said"),
    [
        pytest.param("2027-01-04", "2027-01-08", True, id="after it"),
        pytest.param("2020-01-04", "2020-01-08", True, id="before it"),
        pytest.param("2026-04-24", "2027-01-08", False, id="partly in it"),
        pytest.param("2026-04-22", "2026-04-22", False, id="in it"),
    ],
)
def test_a_period_outside_the_history_says_how_far_the_history_goes(first: str, last: str, is_said: bool):
    period = local_period(TOKYO, date.fromisoformat(first), date.fromisoformat(last))
    text = shown("ja", results(), period=period)

    assert ("履歴は2026-04-20から2026-04-24までです。" in text) == is_said


def test_what_could_not_be_read_is_said_on_top():
    line = shown("en", results(), width=120).splitlines()[3]

    assert line.startswith('Some of the history could not be read, or is unclear: see "What reading')


def test_notes_alone_are_no_problem():
    notes = [replace(each, is_note=True) for each in FINDINGS]

    assert "読めないところ" not in shown("ja", results(), findings=notes)


def test_that_nothing_at_all_could_be_read_is_said_first():
    lines = shown("ja", results((), (), ()), history=History()).splitlines()

    assert lines[2] == "読めるメッセージが、ひとつもありませんでした。"
    assert lines[3].startswith("履歴に、読めないところや分からないところがあります。")


def test_nothing_is_coloured_when_piped():
    assert "\x1b" not in shown("ja", results())


def test_no_color_is_respected():
    text = shown("ja", results(), environ={"NO_COLOR": "1", "TERM": "xterm"}, is_terminal=True)

    assert "\x1b[3" not in text


def test_a_name_can_neither_steer_the_terminal_nor_be_markup():
    names = Names(channels={"C1": "\x1b[2J[red]危険[/red]\n", "C2": ""}, members={})
    text = shown("ja", results(), names=names, width=120)

    assert "\x1b" not in text
    assert "#[2J[red]危険[/red]" in text
    assert "#C2" in text


def test_a_member_without_a_name_is_shown_by_id():
    case = a_case("1.000100", "2026-04-22 12:00")
    rows = results((case,), [(an_alert(case, "first-look", "2026-04-22 13:00", "U77"), ())], ())

    assert "\nU77 " in shown("ja", rows)


def test_an_empty_history_is_one_sentence():
    text = shown("en", results((), (), ()), history=History())

    assert "The history holds no message that could be read." in text


def test_when_all_were_touched_there_is_nobody_to_list():
    case = a_case("1.000100", "2026-04-22 12:00", touched_at=at("2026-04-22 12:05"))

    assert "Every beginner's post was touched." in shown("en", results((case,), (), ()))
