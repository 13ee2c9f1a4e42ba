"""One line of the story: something that happened, as a value without words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.model.cases import SignKind, WeakStrength
from scheduler.model.decisions import Reason, Ruling


class What(StrEnum):
    """What happened. The values stand in the JSON document."""

    WATCHED = "watched"  #: a case opened
    NOT_WATCHED = "not_watched"  #: it is no case
    WEAK_SIGN = "weak_sign"  #: somebody else posted next in the channel
    TOUCHED = "touched"
    TAKEN_BACK = "taken_back"  #: the only touch was taken back
    WAITING_AGAIN = "waiting_again"  #: what had closed the case is gone
    CLOSED = "closed"
    ALERT_PLANNED = "alert_planned"  #: decided on, and sent later or never
    ALERT_HELD = "alert_held"
    ALERT_SKIPPED = "alert_skipped"
    ALERT_DEAD = "alert_dead"  #: cannot be put together
    ALERT_SENT = "alert_sent"
    ALERT_UNSURE = "alert_unsure"  #: interrupted while it was sent


#: After these, what became of a case is another thing than before.
TURNS = frozenset({What.WATCHED, What.NOT_WATCHED, What.WAITING_AGAIN, What.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`at` is when it happened; `learnt_at` is when it was told, if that was clearly later.

    `to` is whom an alert is for, `until` what a held one waits for, `by` and `how` who gave which sign,
    `strength` how much a weak sign looks like the answer, `is_shadow` that an alert was not really sent.
    """

    at: datetime
    what: What
    opening: int = 1
    reason: Reason | None = None
    learnt_at: datetime | None = None
    step: str | None = None
    to: str | None = None
    until: datetime | None = None
    by: str | None = None
    how: SignKind | None = None
    strength: WeakStrength | None = None
    rulings: tuple[Ruling, ...] = ()
    is_shadow: bool = False
