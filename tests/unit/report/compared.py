"""Two sides to compare, made of the small community."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from scheduler.model.cases import Case
from scheduler.model.decisions import DecisionRecord
from scheduler.report import MessageLine, Period, Results
from scheduler.report.compare import Comparison, Side, compare, side_of
from scheduler.settings import Settings
from tests.unit.report.examples import CASES, DECISIONS, MESSAGES, NAMES, OPEN_TIME, results

ALWAYS = Period()


def side(
    settings: Settings,
    cases: Sequence[Case] = CASES,
    messages: Sequence[MessageLine] = MESSAGES,
    decisions: Sequence[DecisionRecord] = DECISIONS,
    *,
    config: str = "config.yaml",
    period: Period = ALWAYS,
) -> Side:
    rows: Results = results(cases, messages, decisions)
    return side_of(rows, settings, config=config, names=NAMES, open_time=OPEN_TIME, period=period)


def without(*dedup_keys: str) -> Sequence[MessageLine]:
    """The small community's messages, but these."""
    return [line for line in MESSAGES if line[0].dedup_key not in dedup_keys]


def changed(dedup_key: str, **changes: object) -> Sequence[MessageLine]:
    """The small community's messages, one of them otherwise."""
    return [
        (replace(message, **changes), held) if message.dedup_key == dedup_key else (message, held)  # type: ignore[arg-type]
        for message, held in MESSAGES
    ]


def many(number: int) -> Sequence[Case]:
    """Cases of which the other side has none, an hour apart."""
    first = CASES[0]
    return [
        replace(
            first,
            key=replace(first.key, ts=f"17766468{each:02}.000100"),
            opened_at=first.opened_at + each * timedelta(hours=1),
        )
        for each in range(number)
    ]


def compared(a: Side, b: Side, period: Period = ALWAYS) -> Comparison:
    return compare(a, b, period=period)
