"""All figures of a simulation, counted in one pass over messages and one over cases. No I/O, no clock."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.model.cases import Case, CaseKey
from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind, OutboxState, OutgoingMessage
from scheduler.policy.opentime import OpenTime
from scheduler.report.casefigures import CaseCount, CaseFigures, is_left_alone, weak_sign_of
from scheduler.report.period import Period, Unit, unit_for
from scheduler.report.results import Results
from scheduler.report.sending import MessageCount, Sending
from scheduler.report.shortlist import Shortlist
from scheduler.report.stops import stops
from scheduler.report.waits import Wait, wait_between

#: How many cases the lists hold.
MOST_LISTED = 10
_TICK = timedelta(microseconds=1)

BEGINNERS = (Reason.FIRST_POST, Reason.EARLY_POST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """A beginner's post that waited until it was touched, or closed without that, or the history ended."""

    case: Case
    wait: Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a period brought. `first_at` and `last_at` are the earliest and the latest instant counted.

    Cases count by when they opened, messages by when they were due. `longest_waits` were touched in the end.
    `never_touched` were not: those left alone first, then those that ask, then the latest.
    """

    period: Period
    first_at: datetime | None
    last_at: datetime | None
    first_posts: CaseFigures
    beginners: CaseFigures
    all_cases: CaseFigures
    longest_waits: tuple[Waited, ...]
    never_touched: tuple[Waited, ...]
    undated_stamps: int  #: cases with a stamp whose time is not known
    alerts_after_weak_sign: int  #: alerts sent although the channel may have answered already
    sending: Sending


def figure_out(results: Results, *, open_time: OpenTime, period: Period) -> Figures:
    """Counts what the period brought. Days, weeks and years are those of the calendar's zone."""
    seen, everything = _Seen(), _Seen()
    messages = MessageCount(open_time.zone)
    alerts = _count_messages(results, messages, period, seen, everything)
    cases = _CountedCases(open_time, results.ended_at)
    for case in results.cases():
        cases.add_alerts(case, alerts.get(case.key, ()))
        everything.add(case.opened_at)
        if period.holds(case.opened_at):
            seen.add(case.opened_at)
            cases.add(case, alerted=case.key in alerts)
    begins, ends = _shown_span(period, seen, everything, results.ended_at)
    return Figures(
        period=period,
        first_at=seen.first_at,
        last_at=seen.last_at,
        first_posts=cases.first_posts.figures(),
        beginners=cases.beginners.figures(),
        all_cases=cases.all.figures(),
        longest_waits=cases.longest_waits.items(),
        never_touched=cases.never_touched.items(),
        undated_stamps=cases.undated_stamps,
        alerts_after_weak_sign=cases.alerts_after_weak_sign,
        sending=messages.figures(_unit(begins, ends), begins, ends),
    )


class _Seen:
    """The span of what was counted."""

    def __init__(self) -> None:
        self.first_at: datetime | None = None
        self.last_at: datetime | None = None

    def add(self, at: datetime) -> None:
        self.first_at = min(at, self.first_at or at)
        self.last_at = max(at, self.last_at or at)


@dataclass(frozen=True, slots=True)
class _SentAlert:
    at: datetime
    counts: bool  # due in the period


def _count_messages(
    results: Results, messages: MessageCount, period: Period, seen: _Seen, everything: _Seen
) -> Mapping[CaseKey, Sequence[_SentAlert]]:
    """Counts messages and stops; gives the alerts that were sent, by case, whenever they were due."""
    alerts: defaultdict[CaseKey, list[_SentAlert]] = defaultdict(list)
    for message, held in results.messages():
        counts = period.holds(message.due_at)
        everything.add(message.due_at)
        if counts:
            seen.add(message.due_at)
            messages.add(message, held)
        if message.case and message.sent_at and _is_sent_alert(message):
            alerts[message.case].append(_SentAlert(message.sent_at, counts))
    for stop in stops(results.decisions()):
        if period.holds(stop.at):
            messages.add_stop(stop)
    return alerts


def _is_sent_alert(message: OutgoingMessage) -> bool:
    return message.kind is MessageKind.ALERT and message.state is OutboxState.SENT


class _CountedCases:
    """The groups of cases, and the lists."""

    def __init__(self, open_time: OpenTime, ended_at: datetime) -> None:
        self._open_time = open_time
        self._ended_at = ended_at
        self.first_posts, self.beginners, self.all = (CaseCount(open_time) for _ in range(3))
        self.longest_waits = Shortlist(MOST_LISTED, key=_longest_first)
        self.never_touched = Shortlist(MOST_LISTED, key=_left_alone_first)
        self.undated_stamps = 0
        self.alerts_after_weak_sign = 0

    def add_alerts(self, case: Case, alerts: Sequence[_SentAlert]) -> None:
        weak = weak_sign_of(case)
        if weak is not None:
            self.alerts_after_weak_sign += sum(alert.counts and weak <= alert.at for alert in alerts)

    def add(self, case: Case, *, alerted: bool) -> None:
        self.undated_stamps += case.undated_stamp
        self.all.add(case, alerted=alerted)
        if case.reason in BEGINNERS:
            self.beginners.add(case, alerted=alerted)
            self._list(case)
        if case.first_post:
            self.first_posts.add(case, alerted=alerted)

    def _list(self, case: Case) -> None:
        until = case.touched_at or case.closed_at or self._ended_at
        waited = Waited(case=case, wait=wait_between(self._open_time, case.opened_at, until))
        shortlist = self.never_touched if case.touched_at is None else self.longest_waits
        shortlist.add(waited)


def _longest_first(waited: Waited) -> tuple[object, ...]:
    key = waited.case.key
    return (-waited.wait.open, -waited.wait.clock, key.channel, key.ts, key.opening)


def _left_alone_first(waited: Waited) -> tuple[object, ...]:
    case, key = waited.case, waited.case.key
    latest_first = -case.opened_at.timestamp()
    return (not is_left_alone(case), not case.asks, latest_first, key.channel, key.ts, key.opening)


def _shown_span(
    period: Period, seen: _Seen, everything: _Seen, ended_at: datetime
) -> tuple[datetime | None, datetime | None]:
    """What tables by week or year show: what was counted, or all of a period that somebody asked for.

    Of a period that reaches beyond the history, only what lies in it.
    """
    first, last = seen.first_at, seen.last_at
    if first is None or last is None or everything.first_at is None or period == Period():
        return first, last
    since = max(period.since or everything.first_at, everything.first_at)
    until = min(period.until - _TICK if period.until else ended_at, ended_at)
    return min(first, since), max(last, until)


def _unit(begins: datetime | None, ends: datetime | None) -> Unit:
    return unit_for(begins, ends) if begins and ends else Unit.YEAR
