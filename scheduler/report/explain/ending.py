"""What became of a post in the end, for the first sentence of its story."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from scheduler.model.cases import Case, Outcome, SignKind, WeakStrength
from scheduler.model.decisions import Reason
from scheduler.report.casefigures import OPEN
from scheduler.report.explain.dossier import Dossier
from scheduler.report.explain.lines import TURNS, Line, What

#: What became of posts that have no outcome of a case.
NONE, UNKNOWN = "none", "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """`outcome` is one of a case, or `open`, `none`, `case_gone`, `unknown`.

    `after` counts by the clock from the last opening. `by` and `how`: who answered. `openings` counts from 1.
    `is_maybe_answered`: somebody wrote in the channel what may be the answer. `shadow_alerts` were not really
    sent, and are none of the `alerts`.
    """

    outcome: str
    reason: Reason | None = None
    after: timedelta | None = None
    by: str | None = None
    how: SignKind | None = None
    is_touched: bool = False
    is_maybe_answered: bool = False
    alerts: int = 0
    shadow_alerts: int = 0
    openings: int = 0


def ending(dossier: Dossier, lines: Sequence[Line]) -> Ending:
    """The last turn that the record tells; without a record, how the case stands."""
    sent = [line.is_shadow for line in lines if line.what is What.ALERT_SENT]
    end = _ending(dossier, lines)
    return replace(end, alerts=sent.count(False), shadow_alerts=sent.count(True))


def _ending(dossier: Dossier, lines: Sequence[Line]) -> Ending:
    turn = _last_turn(lines)
    if turn is None:
        return _as_it_stands(dossier.cases)
    mine = [line for line in lines if line.opening == turn.opening]
    opened = next((line for line in mine if line.what is What.WATCHED), None)
    sign = _answer(turn, mine)
    return Ending(
        outcome=_outcome(turn),
        reason=turn.reason,
        after=turn.at - opened.at if opened and turn.what is What.CLOSED else None,
        by=sign.by if sign else None,
        how=sign.how if sign else None,
        is_touched=_is_touched(mine),
        is_maybe_answered=any(_may_answer(line) for line in mine),
        openings=sum(line.what is What.WATCHED for line in lines),
    )


def _last_turn(lines: Sequence[Line]) -> Line | None:
    """The last turn of the last opening that did not turn out to be none."""
    last = {line.opening: line for line in lines if line.what in TURNS}
    lasting = [turn for turn in last.values() if turn.reason is not Reason.CASE_GONE]
    return max(lasting or last.values(), key=lambda turn: turn.opening, default=None)


def _outcome(turn: Line) -> str:
    if turn.what is What.NOT_WATCHED:
        return NONE
    return str(turn.reason) if turn.what is What.CLOSED else OPEN


def _answer(turn: Line, mine: Sequence[Line]) -> Line | None:
    """The sign that was the answer: the first one of that instant, or what closed the case."""
    if turn.reason is not Reason.ANSWERED:
        return None
    return next((line for line in mine if line.what is What.TOUCHED and line.at == turn.at), turn)


def _is_touched(lines: Sequence[Line]) -> bool:
    signs = [line.what for line in lines if line.what in (What.TOUCHED, What.TAKEN_BACK)]
    return bool(signs) and signs[-1] is What.TOUCHED


def _may_answer(line: Line) -> bool:
    return line.what is What.WEAK_SIGN and line.strength is not WeakStrength.SLIGHT


def _as_it_stands(cases: Sequence[Case]) -> Ending:
    if not cases:
        return Ending(outcome=UNKNOWN)
    last = cases[-1]
    return Ending(
        outcome=last.outcome.value if last.outcome else OPEN,
        after=last.closed_at - last.opened_at if last.closed_at else None,
        by=last.answered_by if last.outcome is Outcome.ANSWERED else None,
        is_touched=last.touched_at is not None,
        openings=len(cases),
    )
