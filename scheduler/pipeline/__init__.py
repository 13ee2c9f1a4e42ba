"""How a row of the outbox gets out: one stage a file, and their order here, in one place.

claim → recheck → hold → render → deliver → record. A stage that says Hold or Skip ends the way.
Recording comes after delivery: an interruption in between is found by the row's state, never repeated blindly.
"""

from collections.abc import Callable
from datetime import datetime

from scheduler.model.decisions import Hold, Skip
from scheduler.pipeline.claim import claim
from scheduler.pipeline.crew import Crew, Parcel
from scheduler.pipeline.deliver import deliver
from scheduler.pipeline.hold import hold
from scheduler.pipeline.recheck import recheck
from scheduler.pipeline.record import record, record_stop
from scheduler.pipeline.render import render
from scheduler.ports import Store, Work

Stage = Callable[[Work, Crew, Parcel, datetime], Parcel | Hold | Skip]

#: Before delivery, all within the transaction that claims the row.
PREPARE: tuple[Stage, ...] = (recheck, hold, render)


def send_due(store: Store, crew: Crew, first: Parcel | None, *, now: datetime) -> None:
    """Brings out, one by one, every message whose time has come, beginning with one that is ready."""
    ready = first
    while ready:
        deliver(crew, ready)
        with store.begin() as work:
            record(work, crew, ready, now)
            ready = next_ready(work, crew, now=now)


def next_ready(work: Work, crew: Crew, *, now: datetime) -> Parcel | None:
    """Claims due messages until one passes every stage; the others wait, or are skipped."""
    while parcel := claim(work, now):
        if ready := _prepare(work, crew, parcel, now):
            return ready
    return None


def _prepare(work: Work, crew: Crew, parcel: Parcel, now: datetime) -> Parcel | None:
    for stage in PREPARE:
        step = stage(work, crew, parcel, now)
        if not isinstance(step, Parcel):
            record_stop(work, crew, parcel, step, now)
            return None
        parcel = step
    work.outbox.sending(parcel.message.dedup_key, now)
    return parcel
