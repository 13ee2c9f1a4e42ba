"""What a comparison looks like on a terminal."""

import io
import re
from dataclasses import replace
from datetime import time

import pytest
from rich.cells import cell_len
from rich.console import Console

from scheduler.catalogue import LANGUAGES
from scheduler.model.cases import Case
from scheduler.report.compare import Comparison, show_comparison
from scheduler.report.compare.told import MOST_CASES
from scheduler.settings import Hours, Settings
from tests.unit.report.compared import changed, compared, many, side, without
from tests.unit.report.examples import ALONE, CASES, FINDINGS, HISTORY, MESSAGES, NAMES, TOKYO, an_alert, at

FIRST_LOOK = f"alert:{ALONE.key}:first-look"


def shown(comparison: Comparison, language: str = "en", *, width: int = 80) -> str:
    file = io.StringIO()
    show_comparison(
        Console(file=file, width=width, _environ={}),
        language,
        comparison,
        zone=TOKYO,
        names=NAMES,
        history=HISTORY,
        workspace_url="https://example.slack.com/",
        findings=FINDINGS,
    )
    return file.getvalue()


def headline(comparison: Comparison, language: str = "en") -> list[str]:
    """The lines between the beginning and the first table."""
    return shown(comparison, language, width=200).split("\n\n")[1].splitlines()


def alerts_about(case: Case, number: int) -> list[tuple[object, tuple[()]]]:
    return [(an_alert(case, f"s{each}", f"2026-04-23 {10 + each}:00", "U2"), ()) for each in range(number)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        pytest.param(
            "en",
            "No difference: with both configs the same messages reach the same people at the same times, "
            "and every case ends the same way.",
            id="en",
        ),
        pytest.param(
            "ja",
            "違いはありません。どちらの設定でも、同じメッセージが同じ人に同じ時刻に届き、"
            "見守った投稿のその後もすべて同じです。",
            id="ja",
        ),
    ],
)
def test_that_nothing_differs_is_said_in_words_and_no_table_follows(
    language: str, expected: str, settings: Settings
):
    comparison = compared(side(settings), side(settings))

    assert headline(comparison, language)[0] == expected
    assert "─" not in shown(comparison, language)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        pytest.param(
            "en",
            ["B sends one alert fewer (3 instead of 4).", "later"],
            id="en",
        ),
        pytest.param("ja", ["B にすると、お知らせは1件減ります（4件から3件へ）。", "遅く"], id="ja"),
    ],
)
def test_one_alert_fewer_and_later(language: str, expected: list[str], settings: Settings):
    later = changed(FIRST_LOOK, sent_at=at("2026-04-22 13:40"))
    fewer = [line for line in later if line[0].dedup_key != f"alert:{ALONE.key}:whole-team"]

    first, second = headline(compared(side(settings), side(settings, messages=fewer)), language)

    assert first == expected[0]
    assert expected[1] in second


@pytest.mark.parametrize(
    ("touched", "expected"),
    [
        pytest.param(
            None,
            "One post that waited is no longer shown to anybody, and nobody ever came.",
            id="nobody came",
        ),
        pytest.param(
            "2026-04-23 16:00",
            "One post that waited is no longer shown to anybody (people came in the end).",
            id="somebody came",
        ),
    ],
)
def test_a_lost_post_is_in_the_headline(touched: str | None, expected: str, settings: Settings):
    case = replace(ALONE, touched_at=at(touched) if touched else None)
    comparison = compared(
        side(settings, (case,), [line for line in MESSAGES if line[0].case == ALONE.key]),
        side(settings, (), ()),
    )

    assert expected in headline(comparison)


def test_an_alert_for_a_post_to_which_somebody_came_anyhow_is_in_the_headline(settings: Settings):
    case = replace(ALONE, touched_at=at("2026-04-22 13:30"))
    alerted = side(settings, (case,), [line for line in MESSAGES if line[0].case == ALONE.key])
    quiet = side(settings, (case,), ())
    told = "with A somebody came, or it was settled, before that: 1."

    assert headline(compared(quiet, alerted))[1] == f"Of the posts that only B alerts, {told}"
    assert headline(compared(alerted, quiet))[1].startswith("Of the posts that only A alerts, with B")


def test_the_busiest_week_of_one_ambassador_is_in_the_headline(settings: Settings):
    a, b = (side(settings, (ALONE,), alerts_about(ALONE, number)) for number in (5, 3))  # type: ignore[arg-type]

    assert headline(compared(a, b))[0] == (
        "B sends 2 alerts fewer (3 instead of 5). "
        "The most that one ambassador gets in a week: 3 instead of 5."
    )


def test_a_case_is_told_with_its_place_its_time_its_address_and_both_reasons(settings: Settings):
    text = shown(compared(side(settings), side(settings, (), without(FIRST_LOOK))))

    assert (
        "  #雑談  2026-04-22 12:00\n"
        "  C2:1776826800.000300  https://example.slack.com/archives/C2/p1776826800000300\n"
        "    A  the author's first post; first-look → 神田 美咲 Wed 22 Apr 13:00; expired\n"
        "       Wed 6 May 12:00\n"
        "    B  no case (not a beginner's post, or part of another post)\n"
    ) in text


def test_of_many_cases_a_readable_number_is_told(settings: Settings):
    text = shown(compared(side(settings, many(MOST_CASES + 3), ()), side(settings, (), ())))

    assert text.count("https://") == MOST_CASES
    assert "and 3 more; --json has them all." in text


def test_who_was_left_alone_comes_first(settings: Settings):
    text = shown(compared(side(settings), side(settings, (), ())))

    first = text.partition("Cases that open with A only (5)")[2].splitlines()[1]
    assert first == "  #なんでも相談  2026-04-23 09:00  with B shown to nobody"


def test_another_calendar_is_said_beside_the_waits(settings: Settings):
    hours = dict.fromkeys(range(7), Hours(opens=time(9), closes=time(17)))
    other = replace(settings, calendar=replace(settings.calendar, hours=hours))
    a, b = side(settings), side(other, messages=without(FIRST_LOOK))

    assert "Office days or hours differ between A and B" in shown(compared(a, b))
    assert "Office days" not in shown(compared(a, side(settings, messages=without(FIRST_LOOK))))


@pytest.mark.parametrize(
    ("language", "row"),
    [("en", "half of them  16 h  30 min  -15 h 30 min"), ("ja", "半分が  16時間  30分  -15時間30分")],
)
def test_a_difference_is_that_of_the_lengths_beside_it(language: str, row: str, settings: Settings):
    """Told after 16 h 12 min of open time, or after 30 min: from ten hours on minutes are left out."""
    late, soon = (
        side(settings, (ALONE,), [(an_alert(ALONE, "first-look", due, "U2"), ())])
        for due in ("2026-04-24 12:12", "2026-04-22 12:30")
    )

    assert row in [
        re.sub(" {2,}", "  ", line.strip()) for line in shown(compared(late, soon), language).splitlines()
    ]


def test_a_difference_that_words_do_not_show_is_not_in_the_headline(settings: Settings):
    """13 h 5 min and 13 h 50 min of open time are both 13 h."""
    a, b = (
        side(settings, (ALONE,), [(an_alert(ALONE, "first-look", due, "U2"), ())])
        for due in ("2026-04-24 09:05", "2026-04-24 09:50")
    )

    assert [line for line in headline(compared(a, b)) if "13 h" in line] == []


def test_no_author_is_named(settings: Settings):
    text = shown(compared(side(settings), side(settings, (), ())))

    assert "相沢 陸" not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [200, 80, 60, 44])
def test_only_an_address_may_be_wider_than_the_terminal(language: str, width: int, settings: Settings):
    text = shown(compared(side(settings), side(settings, CASES[1:], MESSAGES[4:])), language, width=width)
    lines = [line for line in text.split("\n") if "https://" not in line]

    assert [line for line in lines if cell_len(line) > width or line != line.rstrip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_two_directions_tell_the_opposite(language: str, settings: Settings):
    a, b = side(settings), side(settings, (), without(FIRST_LOOK))

    assert headline(compared(a, b), language) != headline(compared(b, a), language)
