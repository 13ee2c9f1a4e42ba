"""The JSON document of a simulation, written piece by piece: its length costs time, not memory.

The same input gives the same bytes. The format is described in `docs/reference/simulate-json.md`; whoever
changes it changes that page, and a change that can break a reader raises the number in `SCHEMA`.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TextIO

from scheduler.model.cases import CaseKey
from scheduler.model.messages import MessageKind, OutgoingMessage
from scheduler.policy.opentime import OpenTime
from scheduler.report.figurerecords import figures_record, finding_record, history_record, period_record
from scheduler.report.figures import Figures
from scheduler.report.history import History
from scheduler.report.records import Record, case_record, instant, message_record, stop_record
from scheduler.report.results import Names, Noticed, Results
from scheduler.report.stops import stops

SCHEMA = "ambassador.simulate/1"


def write_json(
    file: TextIO,
    results: Results,
    figures: Figures,
    *,
    open_time: OpenTime,
    names: Names,
    history: History,
    findings: Sequence[Noticed] = (),
) -> None:
    """Writes one JSON object and a line feed; each record of a list stands on a line of its own."""
    head: Record = {
        "schema": SCHEMA,
        "ended": instant(results.ended_at),
        "timezone": open_time.zone.key,
        "history": history_record(history),
        "period": period_record(figures.period),
        "figures": figures_record(figures, names),
    }
    lines = (f"{_json(name)}: {_json(value)}" for name, value in head.items())
    file.write("{\n" + ",\n".join(lines))
    write_list(file, "findings", (finding_record(each) for each in findings))
    write_list(file, "cases", _cases(results, figures, open_time, names))
    write_list(file, "messages", _messages(results, figures))
    write_list(file, "stops", _stops(results, figures))
    file.write("\n}\n")


def _cases(results: Results, figures: Figures, open_time: OpenTime, names: Names) -> Iterator[Record]:
    alerts = _alerts(results)
    for case in results.cases():
        if figures.period.holds(case.opened_at):
            yield case_record(case, alerts.get(case.key, ()), open_time=open_time, names=names)


def _messages(results: Results, figures: Figures) -> Iterator[Record]:
    for message, held in results.messages():
        if figures.period.holds(message.due_at):
            yield message_record(message, held)


def _stops(results: Results, figures: Figures) -> Iterator[Record]:
    for stop in stops(results.decisions()):
        if figures.period.holds(stop.at):
            yield stop_record(stop)


def _alerts(results: Results) -> Mapping[CaseKey, Sequence[OutgoingMessage]]:
    """The alerts about each case, in the order in which they were due."""
    alerts: defaultdict[CaseKey, list[OutgoingMessage]] = defaultdict(list)
    for message, _ in results.messages():
        if message.kind is MessageKind.ALERT and message.case:
            alerts[message.case].append(message)
    return alerts


def write_list(file: TextIO, name: str, records: Iterable[Record]) -> None:
    """Writes a list after what stands in the object already, each record on a line of its own."""
    file.write(f",\n{_json(name)}: [")
    file.writelines(f"{',' if number else ''}\n{_json(record)}" for number, record in enumerate(records))
    file.write("\n]")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
