"""Figures of messages: what would have been sent, to whom, and what was held or skipped, and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler.model.decisions import Reason
from scheduler.model.messages import REPORTED, MessageKind, OutboxState, OutgoingMessage
from scheduler.policy.walltime import local_day
from scheduler.report.period import Unit, name_of, spans
from scheduler.report.stops import HOLD, Stop

#: How many messages of each kind; every kind is there.
ByKind = Mapping[MessageKind, int]
#: The same for each reason that occurs, in the order in which the reasons are listed.
ByReason = Mapping[Reason, ByKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentInSpan:
    """What was sent in one year or week, named like `2026` or `2026-W17`."""

    span: str
    by_kind: ByKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AmbassadorLoad:
    """What one ambassador would have received. Not a ranking: it shows who would get too many."""

    member: str
    alerts: int
    busiest_week: str
    alerts_in_busiest_week: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Everything about messages. A message counts in the span of its due time.

    `held` and `skipped` count a message once for each reason. `waiting` were not gone when the history ended.
    """

    unit: Unit
    sent: ByKind
    by_span: tuple[SentInSpan, ...]
    by_reason: ByReason
    by_step: Mapping[str, int]
    ambassadors: tuple[AmbassadorLoad, ...]
    alerts_to_channel: int
    held: ByReason
    skipped: ByReason
    dead: ByReason
    waiting: ByKind


class MessageCount:
    """Counts messages one after the other, keeping none of them."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._days: Counter[tuple[date, MessageKind]] = Counter()
        self._reasons: Counter[tuple[Reason, MessageKind]] = Counter()
        self._steps: Counter[str] = Counter()
        self._weeks: dict[str, Counter[str]] = defaultdict(Counter)
        self._alerts_to_channel = 0
        self._waiting: Counter[MessageKind] = Counter()
        self._dead: Counter[tuple[Reason, MessageKind]] = Counter()
        # Names, not numbers: planning and delivery may both have held the same message for the same reason.
        self._held: set[tuple[str, Reason, MessageKind]] = set()
        self._skipped: set[tuple[str, Reason, MessageKind]] = set()

    def add(self, message: OutgoingMessage, held: Iterable[Reason]) -> None:
        self._held.update((message.dedup_key, reason, message.kind) for reason in held)
        match message.state:
            case OutboxState.SENT:
                self._add_sent(message)
            case OutboxState.SKIPPED:
                self._skipped.add((message.dedup_key, message.reason, message.kind))
            case OutboxState.DEAD:
                self._dead[message.reason, message.kind] += 1
            case _:
                self._waiting[message.kind] += 1

    def add_stop(self, stop: Stop) -> None:
        stopped = self._held if stop.outcome == HOLD else self._skipped
        stopped.add((stop.key, stop.reason, stop.kind))

    def figures(self, unit: Unit, begins: datetime | None, ends: datetime | None) -> Sending:
        """`begins` and `ends` are the first and last instants to show, so that an empty week is seen too."""
        return Sending(
            unit=unit,
            sent=_by_kind(_total(self._days)),
            by_span=self._by_span(unit, begins, ends),
            by_reason=_by_reason(self._reasons),
            by_step=dict(sorted(self._steps.items(), key=lambda step: (-step[1], step[0]))),
            ambassadors=self._ambassadors(),
            alerts_to_channel=self._alerts_to_channel,
            held=_by_reason(Counter((reason, kind) for _, reason, kind in self._held)),
            skipped=_by_reason(Counter((reason, kind) for _, reason, kind in self._skipped)),
            dead=_by_reason(self._dead),
            waiting=_by_kind(self._waiting),
        )

    def _add_sent(self, message: OutgoingMessage) -> None:
        self._days[local_day(self._zone, message.due_at), message.kind] += 1
        self._reasons[message.reason, message.kind] += 1
        if message.kind is not MessageKind.ALERT:
            return
        self._steps[message.step or ""] += 1
        if message.ambassador:
            week = local_day(self._zone, message.sent_at or message.due_at)
            self._weeks[message.ambassador][name_of(Unit.WEEK, week)] += 1
        else:
            self._alerts_to_channel += 1

    def _by_span(self, unit: Unit, begins: datetime | None, ends: datetime | None) -> tuple[SentInSpan, ...]:
        if begins is None or ends is None:
            return ()
        counts: dict[str, Counter[MessageKind]] = defaultdict(Counter)
        for (day, kind), number in self._days.items():
            counts[name_of(unit, day)][kind] += number
        names = spans(unit, begins, ends, self._zone)
        return tuple(SentInSpan(span=name, by_kind=_by_kind(counts[name])) for name in names)

    def _ambassadors(self) -> tuple[AmbassadorLoad, ...]:
        loads = (_load(member, weeks) for member, weeks in self._weeks.items())
        return tuple(sorted(loads, key=lambda load: (-load.alerts, load.member)))


def _load(member: str, weeks: Mapping[str, int]) -> AmbassadorLoad:
    busiest = min(weeks, key=lambda week: (-weeks[week], week))
    return AmbassadorLoad(
        member=member,
        alerts=sum(weeks.values()),
        busiest_week=busiest,
        alerts_in_busiest_week=weeks[busiest],
    )


def _total(days: Mapping[tuple[date, MessageKind], int]) -> Counter[MessageKind]:
    total: Counter[MessageKind] = Counter()
    for (_, kind), number in days.items():
        total[kind] += number
    return total


def _by_kind(counts: Mapping[MessageKind, int]) -> dict[MessageKind, int]:
    return {kind: counts.get(kind, 0) for kind in REPORTED}


def _by_reason(counts: Mapping[tuple[Reason, MessageKind], int]) -> dict[Reason, dict[MessageKind, int]]:
    seen = {reason for reason, _ in counts}
    return {
        reason: {kind: counts.get((reason, kind), 0) for kind in REPORTED}
        for reason in Reason
        if reason in seen
    }
