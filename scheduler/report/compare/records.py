"""The JSON document of a comparison. The format is described in `docs/reference/compare-json.md`.

The same input gives the same bytes. A change that can break a reader raises the number in `SCHEMA`.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TextIO

from scheduler.model.cases import CaseKey
from scheduler.model.messages import REPORTED
from scheduler.report.casefigures import OPEN
from scheduler.report.compare.pairs import (
    CaseDiffers,
    CasePair,
    CaseSide,
    Comparison,
    MessageDiffers,
    MessagePair,
    StepPair,
)
from scheduler.report.compare.side import ByDay, MessageNote, Side
from scheduler.report.compare.whynot import Why
from scheduler.report.document import write_list
from scheduler.report.figurerecords import (
    figures_record,
    finding_record,
    history_record,
    period_record,
    waits_record,
)
from scheduler.report.history import History
from scheduler.report.links import post_link
from scheduler.report.period import Unit, name_of
from scheduler.report.records import Record, instant
from scheduler.report.results import Names, Noticed

SCHEMA = "ambassador.compare/1"


def write_comparison(
    file: TextIO,
    comparison: Comparison,
    *,
    timezone: str,
    names: Names,
    history: History,
    workspace_url: str,
    findings: Sequence[Noticed] = (),
) -> None:
    """Writes one JSON object and a line feed; each record of a list stands on a line of its own."""
    head: Record = {
        "schema": SCHEMA,
        "same": comparison.is_same,
        "timezone": timezone,
        "history": history_record(history),
        "period": period_record(comparison.period),
        "a": _side(comparison.a, names),
        "b": _side(comparison.b, names),
        "differences": _differences(comparison),
    }
    lines = (f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in head.items())
    file.write("{\n" + ",\n".join(lines))
    write_list(file, "alerts_by_week", _weeks(comparison))
    shown = _shown(comparison)
    cases = (_case(pair, shown.get(pair.key), names, workspace_url) for pair in comparison.cases)
    write_list(file, "cases", cases)
    write_list(file, "messages", (_message(pair) for pair in comparison.messages))
    write_list(file, "findings", (finding_record(each) for each in findings))
    file.write("\n}\n")


def _side(side: Side, names: Names) -> Record:
    return {
        "config": side.config,
        "ended": instant(side.ended_at),
        "figures": figures_record(side.figures, names),
        "first_alert": {
            "beginners": waits_record(side.first_alerts.beginners),
            "all_cases": waits_record(side.first_alerts.all_cases),
        },
    }


def _differences(comparison: Comparison) -> Record:
    cases = Counter(pair.differs for pair in comparison.cases)
    return {
        "calendar": comparison.a.calendar != comparison.b.calendar,
        "cases": {differs.value: cases[differs] for differs in CaseDiffers},
        "no_longer_shown": len(comparison.lost),
        "newly_shown": len(comparison.gained),
        "spared": len(comparison.spared),
        "added": len(comparison.added),
        "messages": {
            differs.value: _by_kind(pair for pair in comparison.messages if pair.differs is differs)
            for differs in MessageDiffers
        },
    }


def _by_kind(pairs: Iterable[MessagePair]) -> Record:
    counts = Counter(pair.kind for pair in pairs)
    return {kind.value: counts[kind] for kind in REPORTED}


def _weeks(comparison: Comparison) -> Iterator[Record]:
    a, b = _by_week(comparison.a.alerts_by_day), _by_week(comparison.b.alerts_by_day)
    for week, member in sorted({*a, *b}):
        counts = {"a": a[week, member], "b": b[week, member]}
        yield {"week": week, "ambassador": member or None, **counts}


def _by_week(alerts: ByDay) -> Counter[tuple[str, str]]:
    weeks: Counter[tuple[str, str]] = Counter()
    for (member, day), count in alerts.items():
        weeks[name_of(Unit.WEEK, day), member or ""] += count
    return weeks


def _case(pair: CasePair, shown: str | None, names: Names, workspace_url: str) -> Record:
    return {
        "channel": pair.key.channel,
        "channel_name": names.channels.get(pair.key.channel),
        "ts": pair.key.ts,
        "opening": pair.key.opening,
        "link": post_link(workspace_url, pair.key),
        "opened": instant(pair.opened_at),
        "differs": pair.differs.value,
        "shown": shown,
        "a": _case_side(pair.a),
        "b": _case_side(pair.b),
        "alerts": [_step(step) for step in pair.steps],
    }


def _shown(comparison: Comparison) -> Mapping[CaseKey, str]:
    """The cases that only one side shows to somebody, and what is behind it."""
    groups = {
        "no_longer": comparison.lost,
        "newly": comparison.gained,
        "spared": comparison.spared,
        "added": comparison.added,
    }
    return {pair.key: name for name, pairs in groups.items() for pair in pairs}


def _case_side(side: CaseSide) -> Record:
    case = side.case
    return {
        "opened_because": case.reason.value if case else None,
        "no_case_because": side.why_none.value if side.why_none else None,
        "touched": instant(case.touched_at) if case else None,
        "answered": instant(case.answered_at) if case else None,
        "closed": instant(case.closed_at) if case else None,
        "outcome": (case.outcome.value if case.outcome else OPEN) if case else None,
    }


def _step(step: StepPair) -> Record:
    return {
        "step": step.step,
        "differs": step.differs.value if step.differs else None,
        "a": _alert(step.a),
        "b": _alert(step.b),
    }


def _alert(alert: MessageNote | Why) -> Record:
    if isinstance(alert, MessageNote):
        return {"recipient": alert.recipient, "sent": instant(alert.sent_at), "reason": alert.reason.value}
    return {"recipient": None, "sent": None, "reason": alert.value}


def _message(pair: MessagePair) -> Record:
    return {
        "key": pair.key,
        "kind": pair.kind.value,
        "differs": pair.differs.value,
        "a": _message_side(pair.a),
        "b": _message_side(pair.b),
    }


def _message_side(side: MessageNote | None) -> Record | None:
    if side is None:
        return None
    return {
        "recipient": side.recipient,
        "due": instant(side.due_at),
        "sent": instant(side.sent_at),
        "state": side.state.value,
        "reason": side.reason.value,
    }
