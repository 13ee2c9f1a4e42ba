"""The inbox: every payload of Slack's is kept here before it is acknowledged."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Executable, bindparam, delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from scheduler.model.envelopes import Envelope
from scheduler.store.rows import Rows, table_of
from scheduler.store.tables import InboxRow

T = TypeVar("T")

INBOX = table_of(InboxRow)
_WAITING, _DONE, _DEAD = "waiting", "done", "dead"
_COLUMNS = ("key", "kind", "received_at", "payload", "gesture")
_CELLS = attrgetter(*_COLUMNS)
#: How many one statement keeps or ends: few sizes, so that few statements are compiled.
_TOGETHER = (64, 32, 16, 8, 4, 2, 1)
#: Among so many of those that wait is the one that has waited longest.
_NEXT_ONES = 1000
_OURS = INBOX.c.team == bindparam("b_team")
_NEXT = (
    select(*(INBOX.c[name] for name in _COLUMNS))
    .where(_OURS, INBOX.c.state == _WAITING)
    .order_by(INBOX.c.id)
    .limit(bindparam("b_most"))
)
_BURY = (
    update(INBOX)
    .where(_OURS, INBOX.c.key == bindparam("b_key"))
    .values(state=_DEAD, reason=bindparam("b_why"), ended_at=bindparam("b_at"))
)
_COMING = _NEXT.subquery()
#: Of the next ones: asked for the first of all, SQLite would walk through what was done before.
_SINCE = select(func.min(_COMING.c.received_at))
_FOLDED = INBOX.alias("folded")
_REPEATING = select(_COMING.c.key).where(
    exists().where(
        _FOLDED.c.team == bindparam("b_team"),
        _FOLDED.c.gesture == _COMING.c.gesture,
        _FOLDED.c.state == _DONE,
    )
)
_REFUSED = (
    select(INBOX.c.reason, func.count().label("number"))
    .where(_OURS, INBOX.c.state == _DEAD)
    .group_by(INBOX.c.reason)
    .order_by(INBOX.c.reason)
)
_DEAD_SINCE = (
    select(INBOX.c.kind, INBOX.c.reason, func.count().label("number"))
    .where(_OURS, INBOX.c.state == _DEAD, INBOX.c.received_at >= bindparam("b_since"))
    .group_by(INBOX.c.kind, INBOX.c.reason)
    .order_by(INBOX.c.kind, INBOX.c.reason)
)
_LAST = select(func.max(INBOX.c.received_at)).where(_OURS)
_KNOWN = INBOX.alias("known")
_NEWEST = select(func.max(_KNOWN.c.received_at)).where(_KNOWN.c.team == bindparam("b_team"))
#: The newest one stays, however old: it tells when something was heard last.
_FORGET_DONE = delete(INBOX).where(
    _OURS,
    INBOX.c.state == _DONE,
    INBOX.c.received_at < bindparam("b_before"),
    INBOX.c.received_at < _NEWEST.scalar_subquery(),
)
_EMPTY_DEAD = (
    update(INBOX)
    .where(_OURS, INBOX.c.state == _DEAD, INBOX.c.received_at < bindparam("b_before"))
    .values(payload="")
)


class InboxRows(Rows):
    """Implements `ports.Inbox`."""

    def put(self, envelopes: Sequence[Envelope]) -> tuple[bool, ...]:
        return tuple(is_new for some in _split(envelopes) for is_new in self._put(some))

    def _put(self, some: Sequence[Envelope]) -> Iterator[bool]:
        told = dict(zip(_names(len(some)), chain.from_iterable(map(_CELLS, some)), strict=True))
        new = set(self._scalars(_keeping(self._session.dialect.name, len(some)), **told))
        for envelope in some:
            yield envelope.key in new
            new.discard(envelope.key)

    def waiting(self, *, most: int) -> tuple[Envelope, ...]:
        return tuple(Envelope(**row) for row in self._dicts(_NEXT, b_most=most))

    def repeating(self, *, most: int) -> frozenset[str]:
        return frozenset(self._scalars(_REPEATING, b_most=most))

    def done(self, keys: Sequence[str], *, now: datetime) -> None:
        for some in _split(keys):
            told = {f"b_key_{number}": key for number, key in enumerate(some)}
            self._change(_emptying(len(some)), **told, b_at=now)

    def dead(self, key: str, reason: str, *, now: datetime) -> None:
        self._change(_BURY, b_key=key, b_why=reason, b_at=now)

    def waiting_since(self) -> datetime | None:
        (since,) = self._scalars(_SINCE, b_most=_NEXT_ONES)
        found: datetime | None = since
        return found

    def refused(self) -> tuple[tuple[str, int], ...]:
        return tuple((reason, number) for reason, number in self._rows(_REFUSED))

    def dead_since(self, since: datetime) -> tuple[tuple[str, str, int], ...]:
        """Of what was received since then: types and reasons of what is dead, and how many."""
        found = self._rows(_DEAD_SINCE, b_since=since)
        return tuple((kind, reason, number) for kind, reason, number in found)

    def last_received_at(self) -> datetime | None:
        """When Slack last told something; None when it never did."""
        found: datetime | None = next(iter(self._scalars(_LAST)), None)
        return found

    def forget(self, *, done_before: datetime, dead_before: datetime) -> None:
        self._change(_FORGET_DONE, b_before=done_before)
        self._change(_EMPTY_DEAD, b_before=dead_before)


def _split(many: Sequence[T]) -> Iterator[Sequence[T]]:
    start = 0
    for size in _TOGETHER:
        while len(many) - start >= size:
            yield many[start : start + size]
            start += size


@cache
def _keeping(dialect: str, number: int) -> Executable:
    """One statement for many: each one lets go of Python's lock, and may have to wait for it."""
    insert = postgresql.insert(INBOX) if dialect == "postgresql" else sqlite.insert(INBOX)
    rows = [_binds(each) for each in range(number)]
    return insert.values(rows).on_conflict_do_nothing().returning(INBOX.c.key)


@cache
def _emptying(number: int) -> Executable:
    keys: list[BindParameter[str]] = [bindparam(f"b_key_{each}") for each in range(number)]
    ended: dict[str, Any] = {"state": _DONE, "reason": None, "ended_at": bindparam("b_at"), "payload": ""}
    return update(INBOX).where(_OURS, INBOX.c.key.in_(keys)).values(ended)


@cache
def _names(number: int) -> tuple[str, ...]:
    """Of the binds of so many, one after the other."""
    return tuple(_name(name, each) for each in range(number) for name in _COLUMNS)


def _name(column: str, number: int) -> str:
    return f"b_{column}_{number}"


def _binds(number: int) -> dict[str, Any]:
    told = {name: bindparam(_name(name, number), type_=INBOX.c[name].type) for name in _COLUMNS}
    return told | {"team": bindparam("b_team"), "state": _WAITING}
