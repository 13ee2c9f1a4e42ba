"""Everything that the page shows, counted in one pass over messages and one over cases. No I/O, no clock."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.model.cases import Case, CaseKey
from scheduler.model.messages import MessageKind, OutboxState
from scheduler.policy.opentime import OpenTime
from scheduler.policy.walltime import local_day
from scheduler.report.casefigures import CaseCount, CaseFigures, weak_sign_of
from scheduler.report.figures import BEGINNERS, Figures
from scheduler.report.page.casefates import CaseFate, fate_of
from scheduler.report.page.hours import HourCount, Hours
from scheduler.report.period import Unit, fine_unit_for, name_of, spans
from scheduler.report.results import Results
from scheduler.report.shortlist import Shortlist
from scheduler.report.waits import Wait, wait_between

#: Cases of each fate that the page lists; the others are only counted, which bounds its size.
MOST_CASES = 500
_Alerts = Mapping[CaseKey, Sequence[datetime]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A case, how long it waited until it was touched or was over, and how many alerts went out about it."""

    case: Case
    wait: Wait
    alerts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekAlerts:
    """Alerts of one week, named like `2026-W17`."""

    week: str
    people: int = 0
    channel: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """`by_span`: figures of beginners' posts by week, month or year. `weeks`: every week that there is."""

    unit: Unit
    by_span: Mapping[str, CaseFigures]
    weeks: Sequence[WeekAlerts]
    fates: Mapping[CaseFate, int]
    listed: Mapping[CaseFate, Sequence[Listed]]
    hours: Hours


def count_for_page(results: Results, figures: Figures, *, open_time: OpenTime) -> Counted | None:
    """Counts the period of the figures; None when nothing happened in it."""
    if figures.first_at is None or figures.last_at is None:
        return None
    alerts, weeks = _count_alerts(results, figures, open_time.zone)
    count = _CaseCounting(open_time, fine_unit_for(figures.first_at, figures.last_at), results.ended_at)
    for case in results.cases():
        if figures.period.holds(case.opened_at):
            count.add(case, alerts.get(case.key, ()))
    return count.counted(spans(count.unit, figures.first_at, figures.last_at, open_time.zone), weeks)


def _count_alerts(results: Results, figures: Figures, zone: ZoneInfo) -> tuple[_Alerts, Sequence[WeekAlerts]]:
    """When alerts went out, by case, whatever the period; and how many of the period, by week."""
    sent: defaultdict[CaseKey, list[datetime]] = defaultdict(list)
    by_week: Counter[tuple[str, bool]] = Counter()
    ends = [at for at in (figures.first_at, figures.last_at) if at]
    for message, _ in results.messages():
        is_alert = message.kind is MessageKind.ALERT and message.state is OutboxState.SENT
        if not (is_alert and message.sent_at and message.case):
            continue
        sent[message.case].append(message.sent_at)
        if figures.period.holds(message.due_at):
            by_week[name_of(Unit.WEEK, local_day(zone, message.sent_at)), bool(message.ambassador)] += 1
            ends.append(message.sent_at)
    names = spans(Unit.WEEK, min(ends), max(ends), zone)
    weeks = [
        WeekAlerts(week=each, people=by_week[each, True], channel=by_week[each, False]) for each in names
    ]
    return sent, weeks


class _CaseCounting:
    """Counts cases, one after the other."""

    def __init__(self, open_time: OpenTime, unit: Unit, ended_at: datetime) -> None:
        self.unit = unit
        self._open_time = open_time
        self._ended_at = ended_at
        self._spans: dict[str, CaseCount] = {}
        self._fates: Counter[CaseFate] = Counter()
        self._listed = {fate: Shortlist(MOST_CASES, key=_most_telling_first) for fate in CaseFate}
        self._hours = HourCount(open_time)

    def add(self, case: Case, alerts: Sequence[datetime]) -> None:
        fate = fate_of(case, alerts)
        until = case.touched_at or case.closed_at or self._ended_at
        wait = wait_between(self._open_time, case.opened_at, until)
        self._fates[fate] += 1
        self._listed[fate].add(Listed(case=case, wait=wait, alerts=len(alerts)))
        if case.reason in BEGINNERS:
            self._span_of(case).add(case, alerted=bool(alerts))
            seen = min((at for at in (until, weak_sign_of(case)) if at), default=until)
            self._hours.add(case.opened_at, seen)

    def counted(self, names: Iterable[str], weeks: Sequence[WeekAlerts]) -> Counted:
        return Counted(
            unit=self.unit,
            by_span={name: self._count_of(name).figures() for name in names},
            weeks=weeks,
            fates={fate: self._fates[fate] for fate in CaseFate if self._fates[fate]},
            listed={fate: shortlist.items() for fate, shortlist in self._listed.items()},
            hours=self._hours.hours(),
        )

    def _span_of(self, case: Case) -> CaseCount:
        return self._count_of(name_of(self.unit, local_day(self._open_time.zone, case.opened_at)))

    def _count_of(self, name: str) -> CaseCount:
        return self._spans.setdefault(name, CaseCount(self._open_time))


def _most_telling_first(listed: Listed) -> tuple[object, ...]:
    """Questions first, then the longest wait; of those that were never touched, the latest."""
    case, key = listed.case, listed.case.key
    never = case.touched_at is None
    length = timedelta() if never else -listed.wait.open
    return (not case.asks and never, length, -case.opened_at.timestamp(), key.channel, key.ts, key.opening)
