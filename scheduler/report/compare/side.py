"""What a comparison keeps of one run: its figures, and a small record of each case and message.

No text and no decision record, so that the second run finds the memory of the first one free again.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler.model.cases import Case, CaseKey, ChannelKind, Outcome
from scheduler.model.decisions import DecisionRecord, Reason
from scheduler.model.messages import MessageKind, OutboxState, OutgoingMessage
from scheduler.policy.opentime import OpenTime
from scheduler.policy.walltime import local_day
from scheduler.report.figures import BEGINNERS, Figures, figure_out
from scheduler.report.period import Period
from scheduler.report.results import Names, Results
from scheduler.report.stops import stops
from scheduler.report.waits import WaitCount, Waits
from scheduler.settings import Calendar, Settings, StepClock


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNote:
    """How a case opened and what became of it."""

    reason: Reason
    opened_at: datetime
    touched_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    outcome: Outcome | None

    @property
    def fate(self) -> tuple[object, ...]:
        """What makes two fates the same."""
        return (self.touched_at, self.answered_at, self.closed_at, self.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageNote:
    """What became of a message. `words` is the hash of what it says; `sent_at` is None unless it went out."""

    kind: MessageKind
    recipient: str
    due_at: datetime
    sent_at: datetime | None
    state: OutboxState
    reason: Reason
    case: CaseKey | None
    step: str | None
    ambassador: str | None
    words: str | None

    @property
    def is_sent_alert(self) -> bool:
        return self.kind is MessageKind.ALERT and self.sent_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAlerts:
    """How long the cases that were alerted waited for the first of their alerts."""

    beginners: Waits
    all_cases: Waits


#: Alerts by ambassador (None: their channel) and local day.
ByDay = Mapping[tuple[str | None, date], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two runs. `cases` opened in the period; `messages` are all, by dedup key.

    `stops` has the last reason why planning held or skipped a message, `no_case` why a post (`C1:ts`) opened
    no case, where that is on record. `steps` are the escalation steps by id, `off` the channels not watched.
    """

    config: str
    ended_at: datetime
    calendar: Calendar
    figures: Figures
    first_alerts: FirstAlerts
    alerts_by_day: ByDay
    cases: Mapping[CaseKey, CaseNote]
    messages: Mapping[str, MessageNote]
    stops: Mapping[str, Reason]
    no_case: Mapping[str, Reason]
    steps: Mapping[str, StepClock]
    off: frozenset[str]


def side_of(
    results: Results, settings: Settings, *, config: str, names: Names, open_time: OpenTime, period: Period
) -> Side:
    """Reads all rows, and keeps what can be compared. `config` is what the reader calls this side's file."""
    messages = {message.dedup_key: _message_note(message) for message, _ in results.messages()}
    cases = {case.key: _case_note(case) for case in results.cases() if period.holds(case.opened_at)}
    return Side(
        config=config,
        ended_at=results.ended_at,
        calendar=settings.calendar,
        figures=figure_out(results, open_time=open_time, period=period),
        first_alerts=_waits_for_alerts(cases, messages.values(), open_time),
        alerts_by_day=_by_day(messages.values(), open_time.zone, period),
        cases=cases,
        messages=messages,
        stops={stop.key: stop.reason for stop in stops(results.decisions())},
        no_case=_no_case(results.decisions()),
        steps={step.id: step.when for step in settings.escalation},
        off=_off(settings, names.channels),
    )


def _case_note(case: Case) -> CaseNote:
    return CaseNote(
        reason=case.reason,
        opened_at=case.opened_at,
        touched_at=case.touched_at,
        answered_at=case.answered_at,
        closed_at=case.closed_at,
        outcome=case.outcome,
    )


def _message_note(message: OutgoingMessage) -> MessageNote:
    is_sent = message.state is OutboxState.SENT
    return MessageNote(
        kind=message.kind,
        recipient=message.recipient,
        due_at=message.due_at,
        sent_at=(message.sent_at or message.due_at) if is_sent else None,
        state=message.state,
        reason=message.reason,
        case=message.case,
        step=message.step,
        ambassador=message.ambassador,
        words=message.payload_hash,
    )


def _waits_for_alerts(
    cases: Mapping[CaseKey, CaseNote], messages: Iterable[MessageNote], open_time: OpenTime
) -> FirstAlerts:
    beginners, everybody = WaitCount(open_time), WaitCount(open_time)
    for key, told_at in _first_alerts(messages).items():
        if case := cases.get(key):
            everybody.add(case.opened_at, told_at)
            if case.reason in BEGINNERS:
                beginners.add(case.opened_at, told_at)
    return FirstAlerts(beginners=beginners.waits(), all_cases=everybody.waits())


def _first_alerts(messages: Iterable[MessageNote]) -> Mapping[CaseKey, datetime]:
    """When somebody was told of a case for the first time."""
    first: dict[CaseKey, datetime] = {}
    for each in messages:
        if each.case and each.sent_at and each.is_sent_alert:
            first[each.case] = min(each.sent_at, first.get(each.case, each.sent_at))
    return first


def _by_day(messages: Iterable[MessageNote], zone: ZoneInfo, period: Period) -> ByDay:
    counts: Counter[tuple[str | None, date]] = Counter()
    for each in messages:
        if each.sent_at and each.is_sent_alert and period.holds(each.due_at):
            counts[each.ambassador, local_day(zone, each.sent_at)] += 1
    return dict(counts)


def _no_case(decisions: Iterable[DecisionRecord]) -> Mapping[str, Reason]:
    said: dict[str, Reason] = {}
    for each in decisions:
        if (each.rule, each.outcome) == ("case", "none"):
            _, channel, ts, *_ = each.subject.split(":")
            said[f"{channel}:{ts}"] = each.reason
    return said


def _off(settings: Settings, channels: Mapping[str, str]) -> frozenset[str]:
    """Ids of the channels that the config does not watch."""
    kinds = {channel: settings.rule_for(name).kind for channel, name in channels.items()}
    return frozenset(channel for channel, kind in kinds.items() if kind is ChannelKind.OFF)
