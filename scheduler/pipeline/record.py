"""What became of a message, written after it happened."""

import json
from datetime import datetime
from hashlib import sha256

from scheduler.actions.context import note
from scheduler.model.decisions import Hold, Reason, Skip
from scheduler.model.messages import OutgoingMessage, Rendered
from scheduler.pipeline.crew import Crew, Parcel
from scheduler.ports import Work


def record(work: Work, parcel: Parcel, now: datetime) -> None:
    work.outbox.sent(parcel.message.dedup_key, now, payload_hash(parcel.rendered))


def record_stop(
    work: Work, crew: Crew, message: OutgoingMessage, decision: Hold | Skip, now: datetime
) -> None:
    """A held message waits; a skipped one never goes; one that cannot be rendered is dead."""
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
    note(work, crew.context, subject=key, rule="delivery", outcome=outcome, reason=decision.reason, now=now)


def payload_hash(rendered: Rendered) -> str:
    """Tells later whether the same words would go out, without keeping them."""
    payload = json.dumps([rendered.text, *rendered.blocks], ensure_ascii=False, sort_keys=True)
    return sha256(payload.encode()).hexdigest()[:16]
