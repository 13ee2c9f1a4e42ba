"""What lies in the inbox is read and folded, in its order. What cannot be is kept apart and stops nothing.

Payloads that share a transaction are folded together. Only when one of them fails, each is folded apart from
the others, so that what the failing one began to change is undone, and nothing else.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from pydantic_core import from_json

from scheduler.actions.context import Context
from scheduler.actions.folding import fold
from scheduler.errors import DatabaseInTrouble
from scheduler.live.recent import Recent
from scheduler.model.envelopes import Envelope
from scheduler.model.facts import MessagePosted
from scheduler.model.marks import BEHIND
from scheduler.ports import Work
from scheduler.slack.events import Heard, Malformed, Notice, translate
from scheduler.slack.events.notices import ChannelMoved, EventsLost

#: Payloads that share one transaction.
SOME = 64
#: What a payload says, or why it is dead.
_Said = Heard | str


@dataclass(slots=True, kw_only=True)
class Emptied:
    """What one go through the inbox did. `notices` are to be acted upon once it is committed."""

    folded: int = 0
    facts: int = 0
    dead: int = 0
    dead_kinds: dict[str, int] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)


def fold_some(work: Work, context: Context, *, now: datetime, recent: Recent | None = None) -> Emptied:
    """Folds up to SOME payloads that wait; nothing was done when none did.

    `recent`: what came just now, if somebody kept it.
    """
    waiting = tuple(_read_some(work, recent or Recent()))
    work.members.read_ahead(_authors(waiting))
    try:
        with work.savepoint():
            said = _fold_all(waiting, partial(_fold, work, context, now=now))
    except DatabaseInTrouble:  # no payload is to blame: all of them wait
        raise
    except Exception:  # noqa: BLE001 - which one it was, folding each apart tells
        said = _fold_all(waiting, partial(_fold_apart, work, context, now=now))
    return _end(work, said, now=now)


def _read_some(work: Work, recent: Recent) -> Iterator[tuple[Envelope, _Said]]:
    repeating = work.inbox.repeating(most=SOME)
    for envelope in work.inbox.waiting(most=SOME):
        payload = recent.take(envelope.key)
        yield envelope, Heard() if envelope.key in repeating else _read(envelope, payload, team=work.team)


def _authors(waiting: Iterable[tuple[Envelope, _Said]]) -> Iterator[str]:
    facts = (fact for _, said in waiting if isinstance(said, Heard) for fact in said.facts)
    return (fact.author for fact in facts if isinstance(fact, MessagePosted) and fact.author)


def _read(envelope: Envelope, payload: Mapping[str, Any] | None, *, team: str) -> _Said:
    try:
        return translate(payload or _parsed(envelope), team=team, received_at=envelope.received_at)
    except Malformed as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - one payload must never stop all that come after it
        return _failed(error)


def _parsed(envelope: Envelope) -> Mapping[str, Any]:
    try:
        payload = from_json(envelope.payload)
    except ValueError:  # nested very deeply, perhaps: that takes the slower way
        payload = json.loads(envelope.payload)
    if not isinstance(payload, Mapping):
        raise Malformed("payload")
    return payload


def _fold_all(
    waiting: Iterable[tuple[Envelope, _Said]], fold_one: Callable[[Heard], _Said]
) -> list[tuple[Envelope, _Said]]:
    """What became of each. One gesture that arrived as two messages is folded once."""
    done: list[tuple[Envelope, _Said]] = []
    gestures: set[str] = set()
    for envelope, said in waiting:
        heard = Heard() if envelope.gesture in gestures else said
        result = heard if isinstance(heard, str) else fold_one(heard)
        done.append((envelope, result))
        if envelope.gesture and isinstance(result, Heard):
            gestures.add(envelope.gesture)
    return done


def _fold(work: Work, context: Context, heard: Heard, *, now: datetime) -> Heard:
    for fact in heard.facts:
        fold(fact, work, context, now=now)
    for notice in heard.notices:
        _fold_notice(work, notice, now=now)
    return heard


def _fold_notice(work: Work, notice: Notice, *, now: datetime) -> None:
    """At once: what comes next may stand under the new id already, or be missed while nobody knows of it."""
    match notice:
        case ChannelMoved():
            work.channels.move(notice.old, notice.new)
        case EventsLost() if not work.marks.get(BEHIND):
            work.marks.put(BEHIND, now.isoformat())


def _fold_apart(work: Work, context: Context, heard: Heard, *, now: datetime) -> _Said:
    """Why it cannot be folded, if so; what it began to change is then undone."""
    try:
        with work.savepoint():
            return _fold(work, context, heard, now=now)
    except DatabaseInTrouble:
        raise
    except Exception as error:  # noqa: BLE001 - one payload must never stop all that come after it
        return _failed(error)


def _failed(error: Exception) -> str:
    return f"folding failed: {type(error).__name__}"


def _end(work: Work, said: Iterable[tuple[Envelope, _Said]], *, now: datetime) -> Emptied:
    done, folded = Emptied(), list[str]()
    for envelope, heard in said:
        if isinstance(heard, str):
            work.inbox.dead(envelope.key, heard, now=now)
            done.dead += 1
            done.dead_kinds[envelope.kind] = done.dead_kinds.get(envelope.kind, 0) + 1
        else:
            folded.append(envelope.key)
            done.facts += len(heard.facts)
            done.notices.extend(heard.notices)
    work.inbox.done(folded, now=now)
    done.folded = len(folded)
    return done
