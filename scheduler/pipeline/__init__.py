"""How a row of the outbox gets out: one stage a file, and their order here, in one place.

claim → recheck → hold → render → deliver → record. A check that says Hold or Skip ends the way.
Recording comes after delivery. An interruption in between leaves the row in state `sending`, with a lease;
once that has ended its outcome is unknown, and Slack is asked before it is sent again. After the database was
put back to an older state, Slack is asked before the first attempt, too.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum

from scheduler.actions.restoring import may_have_gone_out_since
from scheduler.model.decisions import Hold, Skip
from scheduler.model.messages import OutgoingMessage
from scheduler.pipeline.claim import claim
from scheduler.pipeline.crew import Crew, Parcel
from scheduler.pipeline.hold import hold
from scheduler.pipeline.recheck import recheck
from scheduler.pipeline.record import record, record_stop
from scheduler.pipeline.render import render
from scheduler.policy.mark import mark_of
from scheduler.ports import Sender, Store, Work
from scheduler.settings import Mode

#: Gives what stops a message now, or None when nothing does.
Check = Callable[[Work, Crew, OutgoingMessage, datetime], Hold | Skip | None]

#: How long a message may be on its way. Whoever sends gives up well before that.
LEASE = timedelta(minutes=2)

#: Made in this order, within the transaction that claims the row.
CHECKS: tuple[Check, ...] = (recheck, hold)


#: So many messages share one transaction at most. Thousands may be held at once, and events must not wait.
_TOGETHER = 20


class More(Enum):
    """Of the messages looked at, none may go out now; others are left."""

    MORE = "more"


def send_due(store: Store, crew: Crew, sender: Sender, first: Parcel | More | None, *, now: datetime) -> None:
    """Brings out, one by one, every message whose time has come, beginning with one that is ready."""
    ready = first
    while ready:
        delivery = sender.send(ready.message, ready.rendered) if isinstance(ready, Parcel) else None
        with store.begin() as work:
            if isinstance(ready, Parcel) and delivery:
                record(work, crew, ready, delivery, now)
            ready = next_ready(work, crew, now=now)


def next_ready(work: Work, crew: Crew, *, now: datetime) -> Parcel | More | None:
    """Claims due messages until one passes every stage; the others wait, or are skipped."""
    for _ in range(_TOGETHER):
        message = claim(work, now)
        if message is None:
            return None
        if ready := _prepare(work, crew, message, now):
            return ready
    return More.MORE


def _prepare(work: Work, crew: Crew, message: OutgoingMessage, now: datetime) -> Parcel | None:
    stop = next((stop for check in CHECKS if (stop := check(work, crew, message, now))), None)
    done = stop or render(work, crew, message, now)
    if not isinstance(done, Parcel):
        record_stop(work, crew, message, done, now)
        return None
    nonce = mark_of(message.dedup_key)
    work.outbox.sending(message.dedup_key, now, nonce=nonce, until=now + LEASE)
    if _is_doubted(work, crew, message):
        work.outbox.unknown(message.dedup_key, now, "restored")
        return None
    return replace(done, message=replace(message, nonce=nonce))


def _is_doubted(work: Work, crew: Crew, message: OutgoingMessage) -> bool:
    """It may stand in Slack, though nothing here says so; who looked for it once need not look again."""
    is_live = crew.context.settings.mode is Mode.LIVE
    return is_live and not message.nonce and may_have_gone_out_since(work, message) is not None
