"""The record of a post put in order: one line for each thing that happened."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from scheduler.model.cases import Case, SignKind
from scheduler.model.decisions import DecisionRecord, Reason
from scheduler.model.messages import OutboxState, OutgoingMessage
from scheduler.report.casefigures import weak_sign_of
from scheduler.report.explain.dossier import Dossier
from scheduler.report.explain.lines import Line, What

#: Things this close happened together.
_TOGETHER = timedelta(minutes=1)
_CASE = {
    ("case", "opened"): (What.WATCHED, "opened_at"),
    ("case", "none"): (What.NOT_WATCHED, ""),
    ("case", "closed"): (What.CLOSED, "closed_at"),
    ("case", "waiting_again"): (What.WAITING_AGAIN, ""),
    ("touch", "touched"): (What.TOUCHED, "touched_at"),
    ("touch", "taken_back"): (What.TAKEN_BACK, ""),
}
_ALERT = {
    "send": What.ALERT_PLANNED,
    "hold": What.ALERT_HELD,
    "skip": What.ALERT_SKIPPED,
    "dead": What.ALERT_DEAD,
    "unknown": What.ALERT_UNSURE,
}
_DELIVERY, _RENDER = "delivery", "render"
_GONE = {OutboxState.SENT: What.ALERT_SENT, OutboxState.SENDING: What.ALERT_UNSURE}


def timeline(dossier: Dossier) -> tuple[Line, ...]:
    """The lines in order of time; what happened at one instant stays as it was written."""
    alerts = {message.dedup_key: message for message, _ in dossier.alerts}
    told = [line for record in dossier.records if (line := _line(record, alerts))]
    written = [_with_answerer(line, told, dossier.cases) for line in told]
    weak = (line for case in dossier.cases for line in _weak_sign(case))
    return tuple(sorted([*_sent(written, alerts), *weak], key=lambda line: line.at))


def _line(record: DecisionRecord, alerts: Mapping[str, OutgoingMessage]) -> Line | None:
    if record.rule == _RENDER:  # the delivery says so, too
        return None
    if record.rule == _DELIVERY:
        return _delivery_line(record, alerts.get(record.subject))
    what, happened = _CASE.get((record.rule, record.outcome), (None, ""))
    return _step_line(record) if what is None else _case_line(record, what, happened)


def _case_line(record: DecisionRecord, what: What, happened: str) -> Line:
    at = _instant(record.values.get(happened)) or record.at
    how = record.values.get("how")
    return Line(
        at=at,
        what=what,
        opening=_opening(record.subject),
        reason=record.reason,
        learnt_at=record.at if record.at - at >= _TOGETHER else None,
        by=record.values.get("by"),
        how=SignKind(how) if how else None,
        rulings=record.rulings,
    )


def _with_answerer(line: Line, lines: Sequence[Line], cases: Sequence[Case]) -> Line:
    """An answer that is no sign told before names whom the case names."""
    if line.what is not What.CLOSED or line.reason is not Reason.ANSWERED or line.by:
        return line
    if any(each.what is What.TOUCHED and each.at == line.at for each in lines):
        return line
    case = next((case for case in cases if case.key.opening == line.opening), None)
    return replace(line, by=case.answered_by) if case and case.answered_at == line.at else line


def _step_line(record: DecisionRecord) -> Line | None:
    what = _ALERT.get(record.outcome)
    if what is None:
        return None
    return Line(
        at=record.at,
        what=what,
        opening=_opening(record.subject),
        reason=record.reason,
        step=record.rule,
        to=record.values.get("to"),
        until=_instant(record.values.get("until")),
        rulings=record.rulings,
    )


def _delivery_line(record: DecisionRecord, message: OutgoingMessage | None) -> Line | None:
    key, _, step = record.subject.rpartition(":")
    what = _ALERT.get(record.outcome)
    if what is None:
        return None
    return Line(
        at=record.at,
        what=what,
        opening=_opening(key),
        reason=record.reason,
        step=step,
        to=message.recipient if message else None,
        until=_instant(record.values.get("until")),
        rulings=record.rulings,
    )


def _sent(written: Sequence[Line], alerts: Mapping[str, OutgoingMessage]) -> Iterator[Line]:
    """The lines, with what went out; an alert that went at once takes the place of the plan."""
    gone = {_name(message): message for message in alerts.values() if message.state in _GONE}
    for line in written:
        message = gone.get((line.opening, line.step)) if line.what is What.ALERT_PLANNED else None
        if message and _sent_at(message) - line.at < _TOGETHER:
            yield replace(_went(message), rulings=line.rulings)
            del gone[_name(message)]
        else:
            yield line
    planned = {(line.opening, line.step) for line in written if line.what is What.ALERT_PLANNED}
    for name, message in gone.items():
        yield replace(_went(message), reason=None) if name in planned else _went(message)


def _went(message: OutgoingMessage) -> Line:
    return Line(
        at=_sent_at(message),
        what=_GONE[message.state],
        opening=message.case.opening if message.case else 1,
        reason=message.reason,
        step=message.step,
        to=message.recipient,
        is_shadow=message.is_shadow,
    )


def _weak_sign(case: Case) -> Iterator[Line]:
    """The next post by somebody else, unless a sign had come before: then it told nothing."""
    at = weak_sign_of(case)
    if at and (case.touched_at is None or at < case.touched_at):
        yield Line(at=at, what=What.WEAK_SIGN, opening=case.key.opening, strength=case.weak_strength)


def _name(message: OutgoingMessage) -> tuple[int, str | None]:
    return message.case.opening if message.case else 1, message.step


def _sent_at(message: OutgoingMessage) -> datetime:
    return message.sent_at or message.due_at


def _opening(subject: str) -> int:
    """The number at the end of a case's key."""
    return int(subject.rpartition(":")[2])


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
