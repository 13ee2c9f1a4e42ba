"""What became of a case, as a community manager asks it: did anybody come, and was it before our alert."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from scheduler.model.cases import Case, Outcome
from scheduler.report.casefigures import is_left_alone

_NOBODY_SAID = (None, Outcome.EXPIRED, Outcome.MAYBE_ANSWERED)


class CaseFate(StrEnum):
    """Each case has exactly one. Those that teach most come first."""

    LEFT_ALONE = "left_alone"  #: nobody came, as far as can be known
    MAYBE_SEEN = "maybe_seen"  #: only something that may have been an answer
    AFTER_ALERT = "after_alert"  #: touched, but later than an alert about it
    TOUCHED = "touched"  #: touched, never answered
    ANSWERED = "answered"  #: answered, and no alert was before the touch
    ENDED = "ended"  #: untouched, and solved, deleted, dismissed, or its author left


def fate_of(case: Case, alerts: Sequence[datetime]) -> CaseFate:
    """The fate, given when alerts about the case went out."""
    if is_left_alone(case):
        return CaseFate.LEFT_ALONE
    if case.touched_at is None:
        return CaseFate.MAYBE_SEEN if case.outcome in _NOBODY_SAID else CaseFate.ENDED
    if any(at < case.touched_at for at in alerts):
        return CaseFate.AFTER_ALERT
    return CaseFate.ANSWERED if case.answered_at else CaseFate.TOUCHED
