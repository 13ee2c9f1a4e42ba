import io
from collections.abc import Mapping
from datetime import date

import pytest
from rich.cells import cell_len
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from scheduler.catalogue import LANGUAGES
from scheduler.report import History, Names, Period, Results, figure_out, local_period, show_figures
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
) -> str:
    """What is printed, without the blanks at the ends of lines."""
    file = io.StringIO()
    console = Console(file=file, width=width, force_terminal=is_terminal, _environ=environ or {})
    figures = figure_out(rows, open_time=OPEN_TIME, period=period or Period())
    show_figures(console, language, figures, zone=TOKYO, names=names, history=history, findings=FINDINGS)
    return "\n".join(line.rstrip() for line in file.getvalue().split("\n"))


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

    assert "The history holds no message." in text


def test_when_all_were_touched_there_is_nobody_to_list():
    case = a_case("1.000100", "2026-04-22 12:00", touched_at=at("2026-04-22 12:05"))

    assert "Every beginner's post was touched." in shown("en", results((case,), (), ()))
