"""Tables of a comparison: A, B and the difference, row by row."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from scheduler.catalogue import say
from scheduler.model.messages import REPORTED, MessageKind
from scheduler.report.casefigures import CaseFigures
from scheduler.report.compare.pairs import Comparison, MessageDiffers
from scheduler.report.compare.side import ByDay
from scheduler.report.period import Unit, monday_of, name_of, unit_for
from scheduler.report.results import Names
from scheduler.report.sending import ByReason
from scheduler.report.sheet import NOTHING, Column, Sheet
from scheduler.report.waits import Wait, Waits
from scheduler.report.words import as_told, kind_in_words, open_time_in_words, to_the_minute

#: Ambassadors shown one by one.
_MOST_AMBASSADORS = 15


def sent_sheet(language: str, comparison: Comparison) -> Sheet:
    """Messages by kind: those that go out, and those that are dropped."""
    a, b = comparison.a.figures.sending, comparison.b.figures.sending
    rows: list[tuple[str, ...]] = []
    for kind in REPORTED:
        words = kind_in_words(language, kind)
        rows.append(_row(say(language, "compare.sent", kind=words), a.sent[kind], b.sent[kind]))
        skipped = _of_kind(a.skipped, kind), _of_kind(b.skipped, kind)
        if any(skipped):
            rows.append(_row(f"  {say(language, 'compare.skipped', kind=words)}", *skipped))
    return Sheet(
        title=say(language, "compare.sent_title"),
        columns=(Column(head=say(language, "compare.message")), *_columns(language)),
        rows=rows,
    )


def otherwise_sheet(language: str, comparison: Comparison) -> Sheet:
    """How many messages of each kind differ, and in what."""
    counts = Counter((pair.kind, pair.differs) for pair in comparison.messages)
    heads = [Column(head=say(language, f"compare.{differs}"), is_number=True) for differs in MessageDiffers]
    return Sheet(
        title=say(language, "compare.otherwise_title"),
        columns=(Column(head=say(language, "compare.message")), *heads),
        rows=[
            (kind_in_words(language, kind), *(_number(counts[kind, each]) for each in MessageDiffers))
            for kind in REPORTED
            if any(counts[kind, each] for each in MessageDiffers)
        ],
        notes=(say(language, "compare.otherwise_note"),),
    )


def waits_sheet(language: str, comparison: Comparison) -> Sheet:
    """Until touched, answered, and told to an ambassador, of beginners' posts and of all cases."""
    notes = [say(language, "compare.waits_note")]
    if comparison.a.calendar != comparison.b.calendar:
        notes.append(say(language, "compare.calendar_note"))
    return Sheet(
        title=say(language, "compare.waits_title"),
        columns=(Column(head=say(language, "compare.waits_what")), *_columns(language)),
        rows=list(_wait_rows(language, comparison)),
        notes=notes,
    )


def ambassadors_sheet(language: str, comparison: Comparison, names: Names) -> Sheet:
    """Alerts by ambassador, with the most in one week."""
    a, b = comparison.a.alerts_by_day, comparison.b.alerts_by_day
    busiest = (Column(head=say(language, f"compare.busiest_{side}"), is_number=True) for side in "ab")
    rows = [
        (
            *_row(names.member(member), in_a, in_b),
            _number(busiest_week(a, member)),
            _number(busiest_week(b, member)),
        )
        for member, in_a, in_b in _loads(a, b)[:_MOST_AMBASSADORS]
    ]
    others = _loads(a, b)[_MOST_AMBASSADORS:]
    if others:
        label = say(language, "simulate.others", count=f"{len(others):,}")
        rows.append(_row(label, sum(in_a for _, in_a, _ in others), sum(in_b for *_, in_b in others)))
    if _of(a, None) or _of(b, None):
        rows.append(_row(say(language, "simulate.to_channel"), _of(a, None), _of(b, None)))
    return Sheet(
        title=say(language, "compare.ambassadors_title"),
        columns=(Column(head=say(language, "compare.ambassador")), *_columns(language), *busiest),
        rows=rows,
        notes=(say(language, "compare.ambassadors_note"),),
    )


def spans_sheet(language: str, comparison: Comparison) -> Sheet:
    """Alerts by week, or by year for more than half a year, with the most that one ambassador gets."""
    a, b = comparison.a.alerts_by_day, comparison.b.alerts_by_day
    unit = _unit({day for _, day in (*a, *b)})
    spans = sorted({name_of(unit, day) for _, day in (*a, *b)})
    most = (Column(head=say(language, f"compare.most_{side}"), is_number=True) for side in "ab")
    return Sheet(
        title=say(language, f"compare.{unit}s_title"),
        columns=(Column(head=say(language, f"compare.{unit}")), *_columns(language), *most),
        rows=[
            _span_row(language, unit, span, _within(a, unit, span), _within(b, unit, span)) for span in spans
        ],
        notes=(say(language, "compare.weeks_note"),),
    )


def busiest_week(alerts: ByDay, member: str | None = None) -> int:
    """The most alerts that one ambassador, or this one, gets in an ISO week; 0 without any."""
    weeks: Counter[tuple[str, str]] = Counter()
    for (ambassador, day), count in alerts.items():
        if ambassador is not None and member in (None, ambassador):
            weeks[ambassador, name_of(Unit.WEEK, day)] += count
    return max(weeks.values(), default=0)


def _columns(language: str) -> tuple[Column, ...]:
    difference = Column(head=say(language, "compare.difference"), is_number=True)
    return (Column(head="A", is_number=True), Column(head="B", is_number=True), difference)


def _row(label: str, a: int, b: int) -> tuple[str, ...]:
    return label, _number(a), _number(b), f"{b - a:+,}" if a != b else NOTHING


def _number(count: int) -> str:
    return f"{count:,}" if count else NOTHING


def _of_kind(reasons: ByReason, kind: MessageKind) -> int:
    return sum(by_kind[kind] for by_kind in reasons.values())


def _wait_rows(language: str, comparison: Comparison) -> Iterator[tuple[str, ...]]:
    shown: list[tuple[CaseFigures, CaseFigures]] = []
    for name in ("beginners", "all_cases"):
        a: CaseFigures = getattr(comparison.a.figures, name)
        b: CaseFigures = getattr(comparison.b.figures, name)
        if (a, b) in shown or not (a.cases or b.cases):
            continue
        shown.append((a, b))
        yield _row(say(language, f"simulate.group_{name}"), a.cases, b.cases)
        for what, waits in _waits(comparison, name, a, b).items():
            yield from _rows_of_waits(language, what, *waits)
        alone = a.never_touched.left_alone, b.never_touched.left_alone
        yield _row(f"  {say(language, 'compare.left_alone')}", *alone)


def _waits(
    comparison: Comparison, name: str, a: CaseFigures, b: CaseFigures
) -> Mapping[str, tuple[Waits, Waits]]:
    told_a, told_b = (getattr(side.first_alerts, name) for side in (comparison.a, comparison.b))
    return {
        "first_alert": (told_a, told_b),
        "touched": (a.touch, b.touch),
        "answered": (a.answer, b.answer),
    }


def _rows_of_waits(language: str, what: str, a: Waits, b: Waits) -> Iterator[tuple[str, ...]]:
    yield _row(f"  {say(language, f'compare.{what}')}", a.count, b.count)
    if a.count or b.count:
        yield _length_row(language, "median", a.median, b.median)
        yield _length_row(language, "p90", a.p90, b.p90)


def _length_row(language: str, name: str, a: Wait | None, b: Wait | None) -> tuple[str, ...]:
    in_a, in_b = (open_time_in_words(language, each.open) if each else NOTHING for each in (a, b))
    longer = _longer(language, a.open, b.open) if a and b and in_a != in_b else NOTHING
    return f"    {say(language, f'compare.{name}')}", in_a, in_b, longer


def _longer(language: str, a: timedelta, b: timedelta) -> str:
    """Of the lengths as they are told, so that whoever subtracts them gets the same."""
    return f"{'+' if b > a else '-'}{to_the_minute(language, abs(as_told(b) - as_told(a)))}"


def _loads(a: ByDay, b: ByDay) -> list[tuple[str, int, int]]:
    """Each ambassador's alerts on both sides, the most first."""
    members = {member for member, _ in (*a, *b) if member}
    loads = [(member, _of(a, member), _of(b, member)) for member in members]
    return sorted(loads, key=lambda load: (-max(load[1:]), load[0]))


def _of(alerts: ByDay, member: str | None) -> int:
    return sum(count for (ambassador, _), count in alerts.items() if ambassador == member)


def _unit(days: set[date]) -> Unit:
    return unit_for(_noon(min(days)), _noon(max(days))) if days else Unit.WEEK


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _within(alerts: ByDay, unit: Unit, span: str) -> ByDay:
    return {of: count for of, count in alerts.items() if name_of(unit, of[1]) == span}


def _span_row(language: str, unit: Unit, span: str, a: ByDay, b: ByDay) -> tuple[str, ...]:
    label = (
        say(language, "simulate.year", year=span)
        if unit is Unit.YEAR
        else say(language, "simulate.week_from", day=monday_of(span).isoformat())
    )
    return (
        *_row(label, sum(a.values()), sum(b.values())),
        _number(busiest_week(a)),
        _number(busiest_week(b)),
    )
