"""Nine years of a real community, end to end: the same every time, and one welcome for each who joined."""

import json
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest

from scheduler.app.loading import load
from scheduler.app.simulation import simulate
from scheduler.report import Period, figure_out, write_json
from scheduler.simulate.sources import source_of

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
EXPORT = DATA / "slack-export-haskell-jp.zip"
CONFIG = Path(__file__).parents[1] / "data" / "haskell-jp.yaml"

pytestmark = [
    pytest.mark.skipif(not EXPORT.exists(), reason="the real export is not part of this repository"),
]


def replay() -> str:
    """The whole `--json` of the export."""
    written, source = StringIO(), source_of(EXPORT)
    with simulate(load(CONFIG), source) as run:
        figures = figure_out(run.results, open_time=run.open_time, period=Period())
        names, history = run.count.names(), run.count.history()
        write_json(written, run.results, figures, open_time=run.open_time, names=names, history=history)
    return written.getvalue()


@pytest.fixture(scope="session")
def document() -> str:
    return replay()


def test_the_same_history_gives_the_same_bytes(document: str):
    assert replay() == document


def test_everybody_who_joined_is_welcomed_once_and_not_once_a_channel(document: str):
    told = json.loads(document)
    welcomes = Counter(m["recipient"] for m in told["messages"] if m["kind"] == "welcome")
    stopped = [
        stop["key"] for stop in told["stops"] if stop["kind"] == "welcome" and stop["decision"] == "skip"
    ]

    assert told["history"]["members"] == 1245
    assert (len(welcomes) + len(stopped), set(welcomes.values())) == (1245, {1})


def test_no_week_has_two_thank_yous(document: str):
    keys = [m["key"] for m in json.loads(document)["messages"] if m["kind"] == "thanks"]

    assert len(keys) == len(set(keys))


def test_every_message_was_sent_or_has_a_reason_and_none_is_dead(document: str):
    states = Counter(m["state"] for m in json.loads(document)["messages"])

    assert set(states) == {"sent", "skipped"}


def test_no_ambassador_is_told_before_having_answered_somebody(document: str):
    told = json.loads(document)
    first_answer: dict[str, str] = {}
    for case in told["cases"]:
        if case["answered_by"]:
            known = first_answer.get(case["answered_by"], case["answered"])
            first_answer[case["answered_by"]] = min(known, case["answered"])
    alerts = [m for m in told["messages"] if m["ambassador"]]

    assert alerts != []
    assert [m["key"] for m in alerts if first_answer[m["ambassador"]] >= m["sent"]] == []
