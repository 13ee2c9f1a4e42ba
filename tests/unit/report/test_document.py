import io
import json
from pathlib import Path

import pytest

from scheduler.report import SCHEMA, Period, Results, figure_out, local_period, write_json
from tests.unit.report.examples import (
    ANSWERED,
    DECISIONS,
    FINDINGS,
    HISTORY,
    MESSAGES,
    NAMES,
    OPEN_TIME,
    OVERNIGHT,
    TOKYO,
    at,
    results,
)

HERE = Path(__file__).parent


def written(rows: Results, period: Period | None = None) -> str:
    file = io.StringIO()
    figures = figure_out(rows, open_time=OPEN_TIME, period=period or Period())
    write_json(file, rows, figures, open_time=OPEN_TIME, names=NAMES, history=HISTORY, findings=FINDINGS)
    return file.getvalue()


def two_cases() -> Results:
    messages = [
        line for line in MESSAGES if line[0].dedup_key.startswith((f"alert:{ANSWERED.key}", "thanks"))
    ]
    return results((ANSWERED, OVERNIGHT), messages, DECISIONS[:2])


def test_two_cases_give_exactly_this_document():
    assert written(two_cases()) == (HERE / "two_cases.json").read_text(encoding="utf-8")


def test_the_same_rows_give_the_same_bytes():
    assert written(results()) == written(results())


def test_a_document_names_its_format():
    assert json.loads(written(results()))["schema"] == SCHEMA == "ambassador.simulate/1"


def test_every_record_stands_on_a_line_of_its_own():
    lines = written(results()).splitlines()

    assert len([line for line in lines if line.startswith('{"channel"')]) == 5
    assert len([line for line in lines if line.startswith('{"key"')]) == len(MESSAGES) + 3


def test_no_member_is_named():
    assert [name for name in NAMES.members.values() if name in written(results())] == []


def test_an_empty_history_is_a_whole_document():
    document = json.loads(written(results((), (), ())))

    assert (document["cases"], document["messages"], document["stops"]) == ([], [], [])


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param("cases", 1, id="cases by when they opened"),
        pytest.param("messages", 2, id="messages by when they were due"),
        pytest.param("stops", 0, id="stops by when they were decided"),
    ],
)
def test_only_the_period_is_written(records: str, expected: int):
    day = at("2026-04-22 00:00").astimezone(TOKYO).date()

    assert len(json.loads(written(results(), local_period(TOKYO, day, day)))[records]) == expected


def test_a_case_tells_its_alerts_even_when_they_came_after_the_period():
    day = at("2026-04-22 00:00").astimezone(TOKYO).date()
    (case,) = json.loads(written(results(), local_period(TOKYO, day, day)))["cases"]

    assert [(alert["step"], alert["sent"]) for alert in case["alerts"]] == [
        ("first-look", "2026-04-22T04:00:00Z"),
        ("second-pair", "2026-04-22T06:00:00Z"),
        ("whole-team", "2026-04-23T03:00:00Z"),
    ]
