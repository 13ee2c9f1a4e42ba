"""Messages held or skipped before they were written down: they stand only in the decision record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from scheduler.model.decisions import DecisionRecord, Reason
from scheduler.model.messages import MessageKind

HOLD, SKIP = "hold", "skip"
#: Rules that are about no message, or about a row of the outbox, which tells it itself.
_NOT_PLANNING = frozenset({"case", "touch", "delivery"})
_RULES = {"welcome": MessageKind.WELCOME, "thanks": MessageKind.THANKS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """`key` is the dedup key that the message has, or would have had. `outcome` is `hold` or `skip`."""

    at: datetime
    key: str
    kind: MessageKind
    outcome: str
    reason: Reason


def stops(decisions: Iterable[DecisionRecord]) -> Iterator[Stop]:
    """The holds and skips of planning. A rule that is none of those above is an escalation step."""
    for decision in decisions:
        if decision.outcome in (HOLD, SKIP) and decision.rule not in _NOT_PLANNING:
            yield Stop(
                at=decision.at,
                key=_key(decision),
                kind=_RULES.get(decision.rule, MessageKind.ALERT),
                outcome=decision.outcome,
                reason=decision.reason,
            )


def _key(decision: DecisionRecord) -> str:
    if decision.rule in _RULES:
        return decision.subject
    return f"alert:{decision.subject}:{decision.rule}"
