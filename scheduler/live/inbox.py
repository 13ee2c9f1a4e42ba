"""What lies in the inbox is read and folded, in its order. What cannot be is kept apart and stops nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scheduler.actions.context import Context
from scheduler.actions.folding import fold
from scheduler.errors import DatabaseInTrouble
from scheduler.model.envelopes import Envelope
from scheduler.ports import Work
from scheduler.slack.events import Heard, Malformed, Notice, translate
from scheduler.slack.events.notices import ChannelMoved

#: Payloads that share one transaction.
SOME = 64


@dataclass(slots=True, kw_only=True)
class Emptied:
    """What one go through the inbox did. `notices` are to be acted upon once it is committed."""

    folded: int = 0
    facts: int = 0
    dead: int = 0
    dead_kinds: dict[str, int] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)


def fold_some(work: Work, context: Context, *, now: datetime) -> Emptied:
    """Folds up to SOME payloads that wait; nothing was done when none did."""
    done = Emptied()
    for envelope in work.inbox.waiting(most=SOME):
        reason = _fold_one(work, context, envelope, done, now=now)
        if reason:
            work.inbox.dead(envelope.key, reason, now=now)
            done.dead += 1
            done.dead_kinds[envelope.kind] = done.dead_kinds.get(envelope.kind, 0) + 1
        else:
            work.inbox.done(envelope.key, now=now)
            done.folded += 1
    return done


def _fold_one(
    work: Work, context: Context, envelope: Envelope, done: Emptied, *, now: datetime
) -> str | None:
    """Why it cannot be folded, if so; what it began to change is then undone."""
    try:
        with work.savepoint():
            heard = _read(work, envelope)
            for fact in heard.facts:
                fold(fact, work, context, now=now)
            _move(work, heard)
    except Malformed as error:
        return str(error)
    except DatabaseInTrouble:  # the payload is not to blame: it waits
        raise
    except Exception as error:  # noqa: BLE001 - one payload must never stop all that come after it
        return f"folding failed: {type(error).__name__}"
    done.facts += len(heard.facts)
    done.notices.extend(heard.notices)
    return None


def _move(work: Work, heard: Heard) -> None:
    """At once: what comes next may stand under the new id already."""
    for notice in heard.notices:
        if isinstance(notice, ChannelMoved):
            work.channels.move(notice.old, notice.new)


def _read(work: Work, envelope: Envelope) -> Heard:
    if envelope.gesture and work.inbox.knows_gesture(envelope.gesture, besides=envelope.key):
        return Heard()  # one gesture that arrived as two messages
    payload = json.loads(envelope.payload)
    if not isinstance(payload, Mapping):
        raise Malformed("payload")
    return translate(payload, team=work.team, received_at=envelope.received_at)
