"""Figures of a group of cases: touched, answered, how long it took, and who was left alone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scheduler.model.cases import Case, Outcome
from scheduler.policy.opentime import OpenTime
from scheduler.report.waits import WaitCount, Waits

#: What a case without an outcome is called in tables and files.
OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverTouched:
    """Cases without a human sign of which we know the time.

    `weak_sign` and `undated_stamp` overlap. `left_alone` had neither, and still wait or expired: nobody came,
    and nobody said that it is solved. `alerted`: an alert would have gone out.
    """

    cases: int
    outcomes: Mapping[str, int]
    asking: int
    weak_sign: int
    undated_stamp: int
    left_alone: int
    alerted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFigures:
    """A group of cases. In the `or_weak` waits the first weak sign counts like a touch, or like an answer."""

    cases: int
    asking: int
    outcomes: Mapping[str, int]
    touch: Waits
    touch_or_weak: Waits
    answer: Waits
    answer_or_weak: Waits
    never_touched: NeverTouched


def weak_sign_of(case: Case) -> datetime | None:
    """The weak sign, when it came while the case was open."""
    at = case.weak_sign_at
    if at is None or at < case.opened_at or (case.closed_at is not None and at > case.closed_at):
        return None
    return at


def is_left_alone(case: Case) -> bool:
    """Whether nobody came, as far as can be known, and it did not end in any other way."""
    may_have_been_seen = case.touched_at or weak_sign_of(case) or case.undated_stamp
    return not may_have_been_seen and case.outcome in (None, Outcome.EXPIRED)


class CaseCount:
    """Counts the cases of a group, one after the other."""

    def __init__(self, open_time: OpenTime) -> None:
        self._outcomes: Counter[str] = Counter()
        self._untouched: Counter[str] = Counter()
        self._untouched_traits: Counter[str] = Counter()
        self._asking = 0
        self._touch, self._touch_or_weak = WaitCount(open_time), WaitCount(open_time)
        self._answer, self._answer_or_weak = WaitCount(open_time), WaitCount(open_time)

    def add(self, case: Case, *, alerted: bool) -> None:
        self._outcomes[case.outcome or OPEN] += 1
        self._asking += case.asks
        weak = weak_sign_of(case)
        _add_wait(self._touch, case, case.touched_at)
        _add_wait(self._touch_or_weak, case, _earlier(case.touched_at, weak))
        _add_wait(self._answer, case, case.answered_at)
        _add_wait(self._answer_or_weak, case, _earlier(case.answered_at, weak))
        if case.touched_at is None:
            self._add_untouched(case, alerted=alerted)

    def figures(self) -> CaseFigures:
        return CaseFigures(
            cases=self._outcomes.total(),
            asking=self._asking,
            outcomes=_in_order(self._outcomes),
            touch=self._touch.waits(),
            touch_or_weak=self._touch_or_weak.waits(),
            answer=self._answer.waits(),
            answer_or_weak=self._answer_or_weak.waits(),
            never_touched=self._never_touched(),
        )

    def _add_untouched(self, case: Case, *, alerted: bool) -> None:
        traits = {
            "asking": case.asks,
            "weak_sign": weak_sign_of(case) is not None,
            "undated_stamp": case.undated_stamp,
            "left_alone": is_left_alone(case),
            "alerted": alerted,
        }
        self._untouched[case.outcome or OPEN] += 1
        self._untouched_traits.update(trait for trait, is_so in traits.items() if is_so)

    def _never_touched(self) -> NeverTouched:
        traits = self._untouched_traits
        return NeverTouched(
            cases=self._untouched.total(),
            outcomes=_in_order(self._untouched),
            asking=traits["asking"],
            weak_sign=traits["weak_sign"],
            undated_stamp=traits["undated_stamp"],
            left_alone=traits["left_alone"],
            alerted=traits["alerted"],
        )


def _add_wait(waits: WaitCount, case: Case, ends: datetime | None) -> None:
    if ends is not None:
        waits.add(case.opened_at, ends)


def _earlier(*instants: datetime | None) -> datetime | None:
    return min((at for at in instants if at is not None), default=None)


def _in_order(outcomes: Mapping[str, int]) -> dict[str, int]:
    """What occurs, in the order of the glossary, what is still open last."""
    return {name: outcomes[name] for name in (*Outcome, OPEN) if outcomes.get(name)}
