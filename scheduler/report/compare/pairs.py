"""Two runs over the same history, side by side: which messages and which cases differ, and why. No I/O.

A is the config used now, B the one that is tried. A message that went out in neither is no difference.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.model.cases import CaseKey
from scheduler.model.messages import MessageKind
from scheduler.report.compare.side import CaseNote, MessageNote, Side
from scheduler.report.compare.whynot import CAME_FIRST, Why, why_no_case, why_not
from scheduler.report.period import Period


class MessageDiffers(StrEnum):
    """How a message differs; the first that holds."""

    ONLY_A = "only_a"
    ONLY_B = "only_b"
    RECIPIENT = "recipient"  #: somebody else gets it
    TIME = "time"
    WORDS = "words"


class CaseDiffers(StrEnum):
    """How a case differs; the first that holds."""

    ONLY_A = "only_a"
    ONLY_B = "only_b"
    FATE = "fate"  #: touched, answered or closed at another time, or closed in another way
    ALERTS = "alerts"  #: in only one, at another time, or to somebody else


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePair:
    """A message that differs. A side has None when it never wrote it down."""

    key: str
    kind: MessageKind
    differs: MessageDiffers
    a: MessageNote | None
    b: MessageNote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPair:
    """An alert about a differing case: the one that goes out, or why there is none."""

    step: str
    differs: MessageDiffers | None
    a: MessageNote | Why
    b: MessageNote | Why


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSide:
    """A case on one side; without one, the reason why it did not open."""

    case: CaseNote | None
    why_none: Why | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePair:
    """A case that differs, with its alerts in the order of their times."""

    key: CaseKey
    opened_at: datetime
    differs: CaseDiffers
    a: CaseSide
    b: CaseSide
    steps: tuple[StepPair, ...]

    @property
    def was_touched(self) -> bool:
        """Whether a human came at all, as far as either side knows."""
        return any(side.case is not None and side.case.touched_at is not None for side in (self.a, self.b))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that differs. Cases by opening time, messages by the earlier of their times.

    `lost`: cases that waited, alerted in A, of which B tells nobody. `gained`: the other way round.
    `spared`: alerted in A; in B a human came, or it was settled, before that. `added`: the other way round.
    """

    period: Period
    a: Side
    b: Side
    cases: tuple[CasePair, ...]
    messages: tuple[MessagePair, ...]
    lost: tuple[CasePair, ...]
    gained: tuple[CasePair, ...]
    spared: tuple[CasePair, ...]
    added: tuple[CasePair, ...]

    @property
    def is_same(self) -> bool:
        """Whether the same messages go out, at the same times, and all cases have the same fate."""
        return not (self.cases or self.messages)


def compare(a: Side, b: Side, *, period: Period) -> Comparison:
    """What differs in the period: cases by their opening, messages by when they were due in either."""
    alerts = _Alerts(a, b)
    cases = tuple(sorted(_case_pairs(a, b, alerts), key=_by_opening))
    told_in_a = [pair for pair in cases if _is_told_only(pair, in_a=True)]
    told_in_b = [pair for pair in cases if _is_told_only(pair, in_a=False)]
    return Comparison(
        period=period,
        a=a,
        b=b,
        cases=cases,
        messages=tuple(sorted(_message_pairs(a, b, period), key=_by_time)),
        lost=tuple(pair for pair in told_in_a if not _came_first(pair, in_a=False)),
        gained=tuple(pair for pair in told_in_b if not _came_first(pair, in_a=True)),
        spared=tuple(pair for pair in told_in_a if _came_first(pair, in_a=False)),
        added=tuple(pair for pair in told_in_b if _came_first(pair, in_a=True)),
    )


class _Alerts:
    """The alerts that went out, by case and step, on both sides."""

    def __init__(self, a: Side, b: Side) -> None:
        self._a, self._b = a, b
        self._sent_a, self._sent_b = _sent_alerts(a), _sent_alerts(b)

    def of(self, key: CaseKey) -> tuple[StepPair, ...]:
        sent_a, sent_b = self._sent_a.get(key, {}), self._sent_b.get(key, {})
        pairs = [self._pair(key, step, sent_a.get(step), sent_b.get(step)) for step in {**sent_a, **sent_b}]
        return tuple(sorted(pairs, key=_by_first_sent))

    def _pair(self, key: CaseKey, step: str, a: MessageNote | None, b: MessageNote | None) -> StepPair:
        return StepPair(
            step=step,
            differs=_how(a, b),
            a=a or why_not(self._a, key, step),
            b=b or why_not(self._b, key, step),
        )


def _sent_alerts(side: Side) -> Mapping[CaseKey, Mapping[str, MessageNote]]:
    sent: defaultdict[CaseKey, dict[str, MessageNote]] = defaultdict(dict)
    for each in side.messages.values():
        if each.case and each.is_sent_alert:
            sent[each.case][each.step or ""] = each
    return sent


def _case_pairs(a: Side, b: Side, alerts: _Alerts) -> Iterator[CasePair]:
    for key in {**a.cases, **b.cases}:
        in_a, in_b = a.cases.get(key), b.cases.get(key)
        steps = alerts.of(key)
        differs = _case_differs(in_a, in_b, steps)
        opened = in_a or in_b
        if differs and opened:
            yield CasePair(
                key=key,
                opened_at=opened.opened_at,
                differs=differs,
                a=CaseSide(case=in_a, why_none=None if in_a else why_no_case(a, key)),
                b=CaseSide(case=in_b, why_none=None if in_b else why_no_case(b, key)),
                steps=steps,
            )


def _case_differs(a: CaseNote | None, b: CaseNote | None, steps: tuple[StepPair, ...]) -> CaseDiffers | None:
    if a is None or b is None:
        return CaseDiffers.ONLY_B if a is None else CaseDiffers.ONLY_A
    if a.fate != b.fate:
        return CaseDiffers.FATE
    differing = any(step.differs not in (None, MessageDiffers.WORDS) for step in steps)
    return CaseDiffers.ALERTS if differing else None


def _message_pairs(a: Side, b: Side, period: Period) -> Iterator[MessagePair]:
    for key in {**a.messages, **b.messages}:
        in_a, in_b = a.messages.get(key), b.messages.get(key)
        differs = _how(in_a, in_b)
        known = in_a or in_b
        if known and differs and any(each and period.holds(each.due_at) for each in (in_a, in_b)):
            yield MessagePair(key=key, kind=known.kind, differs=differs, a=in_a, b=in_b)


def _how(a: MessageNote | None, b: MessageNote | None) -> MessageDiffers | None:
    """None when they are the same, or when neither went out."""
    sent_a, sent_b = a if a and a.sent_at else None, b if b and b.sent_at else None
    if sent_a is None or sent_b is None:
        only = MessageDiffers.ONLY_A if sent_a else MessageDiffers.ONLY_B
        return only if sent_a or sent_b else None
    for differs, field in (
        (MessageDiffers.RECIPIENT, "recipient"),
        (MessageDiffers.TIME, "sent_at"),
        (MessageDiffers.WORDS, "words"),
    ):
        if getattr(sent_a, field) != getattr(sent_b, field):
            return differs
    return None


def _is_told_only(pair: CasePair, *, in_a: bool) -> bool:
    here = [isinstance(step.a if in_a else step.b, MessageNote) for step in pair.steps]
    there = [isinstance(step.b if in_a else step.a, MessageNote) for step in pair.steps]
    return any(here) and not any(there)


def _came_first(pair: CasePair, *, in_a: bool) -> bool:
    """Whether a human came, or the case was settled, before that side would have told anybody."""
    return all((step.a if in_a else step.b) in CAME_FIRST for step in pair.steps)


def _by_opening(pair: CasePair) -> tuple[object, ...]:
    return (pair.opened_at, pair.key.channel, pair.key.ts, pair.key.opening)


def _by_time(pair: MessagePair) -> tuple[object, ...]:
    return (min(each.due_at for each in (pair.a, pair.b) if each), pair.key)


def _by_first_sent(pair: StepPair) -> tuple[object, ...]:
    sent = [each.sent_at for each in (pair.a, pair.b) if isinstance(each, MessageNote) and each.sent_at]
    return (min(sent), pair.step)
