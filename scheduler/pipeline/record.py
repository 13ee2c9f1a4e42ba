"""What became of a message, written after it happened."""

import json
from datetime import datetime, timedelta
from hashlib import sha256

from scheduler.actions.cards import fold_late
from scheduler.actions.context import note
from scheduler.actions.noticing import tell_closed, tell_refused
from scheduler.actions.rerouting import tell_somebody_else
from scheduler.model.decisions import Hold, Reason, Skip
from scheduler.model.deliveries import Delivered, Delivery, NotSent, Refused, Unknown
from scheduler.model.marks import PAUSED
from scheduler.model.messages import MessageKind, OutboxState, OutgoingMessage, Rendered
from scheduler.pipeline.crew import Crew, Parcel
from scheduler.ports import Work

#: A message may show in the channel's history only after a while: before that, its absence proves nothing.
SETTLE = timedelta(seconds=30)
#: While the app itself is refused, nothing is lost: messages wait until an admin has mended it.
_MEND = timedelta(minutes=5)


def record(work: Work, crew: Crew, parcel: Parcel, delivery: Delivery, now: datetime) -> None:
    """A delivered message is sent. What surely did not go out is tried again, what may have is looked up."""
    key = parcel.message.dedup_key
    match delivery:
        case Delivered():
            work.outbox.sent(key, now, payload_hash(parcel.rendered), delivery)
            fold_late(work, parcel.message, now=now)
        case NotSent(code, retry_after):
            work.outbox.retry(key, now + retry_after, code)
            if delivery.is_asked_for and parcel.message.kind is not MessageKind.CARD:
                work.marks.put(PAUSED, (now + retry_after).isoformat())
        case Refused(code, app_is_broken=True):
            work.outbox.retry(key, now + _MEND, code)
            tell_refused(work, crew.context, code, now=now)
        case Unknown(code):
            work.outbox.unknown(key, now + SETTLE, code)
            _note(work, crew, key, OutboxState.UNKNOWN, Reason.OUTCOME_UNKNOWN, now=now, code=code)
        case Refused(code):
            work.outbox.kill(key, Reason.REFUSED, code)
            _note(work, crew, key, OutboxState.DEAD, Reason.REFUSED, now=now, code=code)
            tell_somebody_else(work, crew.context, parcel.message, Reason.REFUSED, now=now)
            tell_closed(work, crew.context, parcel.message, code, now=now)


def record_stop(
    work: Work, crew: Crew, message: OutgoingMessage, decision: Hold | Skip, now: datetime
) -> None:
    """A held message waits; a skipped one never goes; one that cannot be rendered is dead.

    An alert for somebody who is away by now goes to somebody else.
    """
    key = message.dedup_key
    if isinstance(decision, Hold):
        work.outbox.hold(key, decision.until, decision.reason)
        outcome = "hold"
    elif decision.reason is Reason.CANNOT_RENDER:
        work.outbox.kill(key, decision.reason)
        outcome = "dead"
    else:
        work.outbox.skip(key, decision.reason)
        outcome = "skip"
    note(
        work, crew.context, subject=key, rule="delivery", outcome=outcome, reason=decision.reason, now=now,
        until=decision.until if isinstance(decision, Hold) else None,
    )  # fmt: skip
    if decision.reason is Reason.AWAY:
        tell_somebody_else(work, crew.context, message, decision.reason, now=now)


def payload_hash(rendered: Rendered) -> str:
    """Tells later whether the same words would go out, without keeping them."""
    payload = json.dumps([rendered.text, *rendered.blocks], ensure_ascii=False, sort_keys=True)
    return sha256(payload.encode()).hexdigest()[:16]


def _note(
    work: Work, crew: Crew, key: str, outcome: OutboxState, reason: Reason, *, now: datetime, code: str
) -> None:
    note(
        work, crew.context, subject=key, rule="delivery", outcome=outcome.value, reason=reason, now=now,
        code=code,
    )  # fmt: skip
