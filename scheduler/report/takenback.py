"""Touches that did not last: only the decision record remembers them, the case forgets them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from scheduler.model.cases import SignKind
from scheduler.model.decisions import DecisionRecord

_TOUCH = "touch"
_TOUCHED, _TAKEN_BACK = "touched", "taken_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """A sign that touched a case, and was gone later. `subject` is the case's key as text."""

    subject: str
    touched_at: datetime
    by: str | None
    how: SignKind
    gone_at: datetime


def taken_back(decisions: Iterable[DecisionRecord]) -> Iterator[TakenBack]:
    """Each touch that was taken back, from records in the order in which they were written."""
    touches: dict[str, DecisionRecord] = {}
    for decision in decisions:
        if decision.rule == _TOUCH and decision.outcome == _TOUCHED:
            touches[decision.subject] = decision
        if decision.rule == _TOUCH and decision.outcome == _TAKEN_BACK:
            touch = touches.pop(decision.subject, None)
            if touch:
                yield _pair(touch, decision.at)


def _pair(touch: DecisionRecord, gone_at: datetime) -> TakenBack:
    return TakenBack(
        subject=touch.subject,
        touched_at=datetime.fromisoformat(touch.values["touched_at"]),
        by=touch.values.get("by"),
        how=SignKind(touch.values["how"]),
        gone_at=gone_at,
    )
