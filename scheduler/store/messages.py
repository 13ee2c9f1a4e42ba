"""Messages without their text: adding, editing, deleting, and reading them back for one case."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Executable,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    union_all,
    update,
)

from scheduler.model.cases import SignKind
from scheduler.model.facts import MessageDeleted, MessageEdited, MessagePosted, Shape
from scheduler.model.readings import KnownMessage, TextReading
from scheduler.ports import Concerned, Placed
from scheduler.store.retention import FORGETTING, bounds
from scheduler.store.rows import table_of
from scheduler.store.runs import MESSAGES, Runs, Top, run_after
from scheduler.store.tables import CaseRow, PointerRow

POINTERS = table_of(PointerRow)
CASES = table_of(CaseRow)
_OURS = and_(MESSAGES.c.team == bindparam("b_team"), MESSAGES.c.channel == bindparam("b_channel"))
_THIS = and_(_OURS, MESSAGES.c.ts == bindparam("b_ts"))
_SPEECH = ("asks", "resolves", "score", "offers", "replies", "thanks", "terms", "phrases")
_READING = (*_SPEECH, "weekly_thanks", "length")
_PLACE = ("at", "author", "shape", "thread_ts", "top_ts", "run_ts", "is_bot")
#: An edit, a deletion or a stamp was told first: the posting fills in the rest, and an edit's reading stays.
_COMPLETE = (
    update(MESSAGES)
    .where(_THIS, MESSAGES.c.at.is_(None))
    .values(
        {name: bindparam(f"b_{name}") for name in _PLACE}
        | {
            name: case((MESSAGES.c.edited_at.is_(None), bindparam(f"b_{name}")), else_=MESSAGES.c[name])
            for name in _READING
        }
    )
)
_EDIT = (
    update(MESSAGES)
    .where(_THIS, or_(MESSAGES.c.edited_at.is_(None), MESSAGES.c.edited_at < bindparam("b_edited_at")))
    .values({name: bindparam(f"b_{name}") for name in (*_READING, "edited_at")})
)
_DELETE = (
    update(MESSAGES)
    .where(_THIS, or_(MESSAGES.c.deleted_at.is_(None), MESSAGES.c.deleted_at > bindparam("b_deleted_at")))
    .values(deleted_at=bindparam("b_deleted_at"))
)
_POINTER = ("team", "channel", "ts", "at", "to_member", "to_channel", "to_ts")
_POINT = insert(POINTERS).values({name: bindparam(f"b_{name}") for name in _POINTER})
_UNPOINT = delete(POINTERS).where(
    POINTERS.c.team == bindparam("b_team"),
    POINTERS.c.channel == bindparam("b_channel"),
    POINTERS.c.ts == bindparam("b_ts"),
)
KNOWN = select(
    *(MESSAGES.c[name] for name in ("channel", "ts", "at", "author", "shape", "thread_ts", "run_ts")),
    *(MESSAGES.c[name] for name in ("is_bot", "edited_at", "deleted_at", *_SPEECH)),
)
_RUN = KNOWN.where(_OURS, MESSAGES.c.run_ts == bindparam("b_run")).order_by(MESSAGES.c.ts)
_ROOTS = MESSAGES.alias("roots")
_OF_RUN = (
    _ROOTS.c.team == bindparam("b_team"),
    _ROOTS.c.channel == bindparam("b_channel"),
    _ROOTS.c.run_ts == bindparam("b_run"),
)
#: Sorted after it was read: asked to sort, SQLite would walk the whole channel instead of the run's threads.
_REPLIES = KNOWN.where(
    _OURS, MESSAGES.c.thread_ts.in_(select(_ROOTS.c.ts).where(*_OF_RUN)), MESSAGES.c.shape != Shape.POST.value
)
_POINTING = (
    KNOWN.add_columns(POINTERS.c.to_ts)
    .join(
        POINTERS,
        and_(
            POINTERS.c.team == MESSAGES.c.team,
            POINTERS.c.channel == MESSAGES.c.channel,
            POINTERS.c.ts == MESSAGES.c.ts,
        ),
    )
    .where(
        MESSAGES.c.at.is_not(None),  # else its edit was told, and not yet the message
        POINTERS.c.team == bindparam("b_team"),
        POINTERS.c.at > bindparam("b_after"),
        POINTERS.c.at <= bindparam("b_until"),
    )
)
_POINTING_AT = union_all(  # one index each
    _POINTING.where(
        POINTERS.c.channel == bindparam("b_channel"), POINTERS.c.to_member == bindparam("b_member")
    ),
    _POINTING.where(
        POINTERS.c.to_channel == bindparam("b_channel"),
        POINTERS.c.to_ts.in_(select(_ROOTS.c.ts).where(*_OF_RUN)),
    ),
)
_BY_AUTHOR = select(MESSAGES.c.channel, MESSAGES.c.ts, MESSAGES.c.at).where(
    MESSAGES.c.team == bindparam("b_team"), MESSAGES.c.author == bindparam("b_author")
)
_ROW = select(*(MESSAGES.c[name] for name in ("author", "edited_at", "shape", "top_ts"))).where(_THIS)
_THREAD = MESSAGES.alias("thread")
_RUN_TS = func.coalesce(MESSAGES.c.run_ts, _THREAD.c.run_ts)
_HAS_CASE = exists().where(
    CASES.c.team == bindparam("b_team"), CASES.c.channel == bindparam("b_channel"), CASES.c.ts == _RUN_TS
)
#: A row for each message that is known; its run, or that of the post it replies to.
_CONCERNED = (
    select(_RUN_TS.label("run_ts"), _HAS_CASE.label("has_case"))
    .outerjoin_from(
        MESSAGES,
        _THREAD,
        and_(
            _THREAD.c.team == MESSAGES.c.team,
            _THREAD.c.channel == MESSAGES.c.channel,
            _THREAD.c.ts == MESSAGES.c.thread_ts,
            _THREAD.c.top_ts.is_not(None),
        ),
    )
    .where(_THIS)
)
_FROM = select(POINTERS.c.to_member, POINTERS.c.to_channel, POINTERS.c.to_ts).where(
    POINTERS.c.team == bindparam("b_team"),
    POINTERS.c.channel == bindparam("b_channel"),
    POINTERS.c.ts == bindparam("b_ts"),
)
_CASES_OF = select(CASES.c.ts).where(
    CASES.c.team == bindparam("b_team"),
    CASES.c.channel == bindparam("b_channel"),
    CASES.c.author == bindparam("b_author"),
    CASES.c.opening == 1,
)
_THANKED = select(MESSAGES.c.ts).where(
    _OURS,
    MESSAGES.c.top_ts.is_not(None),
    MESSAGES.c.weekly_thanks.is_(True),
    MESSAGES.c.deleted_at.is_(None),
    MESSAGES.c.at >= bindparam("b_start"),
    MESSAGES.c.at < bindparam("b_end"),
)


class MessageRows(Runs):
    """Implements `ports.Messages`."""

    def add(self, fact: MessagePosted, reading: TextReading, *, gap: timedelta) -> Placed | None:
        top = Top(fact.ts, fact.at, fact.author or "", None) if _is_human_post(fact) else None
        before, after = self._around(fact.channel, fact.ts) if top else (None, None)
        own = run_after(before, top, gap) if top else None
        row = {
            "channel": fact.channel,
            "ts": fact.ts,
            "at": fact.at,
            "author": fact.author,
            "shape": fact.shape.value,
            "thread_ts": fact.thread_ts,
            "top_ts": fact.ts if top else None,
            "run_ts": own,
            "is_bot": fact.is_bot,
            **_columns(reading),
        }
        is_new = self._insert_new(MESSAGES, row)
        if not is_new and not self._changed(_COMPLETE, row):
            return None
        self._point_first(fact, reading, is_post=top is not None, is_new=is_new)
        if top is None or own is None:
            return Placed(was_awaited=not is_new)
        changed = self._mend(fact.channel, top._replace(run_ts=own), after, gap)
        return Placed(own, changed | {own}, was_awaited=not is_new, came_late=after is not None)

    def await_(self, channel: str, ts: str) -> Concerned | None:
        row = self._first(_CONCERNED, b_channel=channel, b_ts=ts)
        if row is None:
            self._insert_stub({"channel": channel, "ts": ts})
        return _concerned(row)

    def edit(self, fact: MessageEdited, reading: TextReading) -> bool:
        edited = {"channel": fact.channel, "ts": fact.ts, "edited_at": fact.at, **_columns(reading)}
        if not (self._changed(_EDIT, edited) or self._insert_stub(edited)):
            return False
        self._point_anew(fact, reading)
        return True

    def delete(self, fact: MessageDeleted) -> bool:
        deleted = {"channel": fact.channel, "ts": fact.ts, "deleted_at": fact.at}
        return self._changed(_DELETE, deleted) or self._insert_stub(deleted)

    def run(self, channel: str, run_ts: str) -> tuple[KnownMessage, ...]:
        return self._known(_RUN, b_channel=channel, b_run=run_ts)

    def replies(self, channel: str, run_ts: str) -> tuple[KnownMessage, ...]:
        found = self._known(_REPLIES, b_channel=channel, b_run=run_ts)
        return tuple(sorted(found, key=lambda message: message.ts))

    def pointing_at(
        self, channel: str, run_ts: str, *, author: str, after: datetime, until: datetime
    ) -> tuple[KnownMessage, ...]:
        span = {"b_after": after, "b_until": until}
        found: dict[KnownMessage, SignKind] = {}
        for *row, to_ts in self._rows(_POINTING_AT, b_channel=channel, b_run=run_ts, b_member=author, **span):
            message = known_message(tuple(row))
            found[message] = SignKind.LINK if to_ts else found.get(message, SignKind.MENTION)
        pointing = (replace(message, points_by=how) for message, how in found.items())
        return tuple(sorted(pointing, key=lambda message: (message.at, message.ts)))

    def concerned_run(self, channel: str, ts: str) -> Concerned | None:
        return _concerned(self._first(_CONCERNED, b_channel=channel, b_ts=ts))

    def author_of(self, channel: str, ts: str) -> str | None:
        row = self._first(_ROW, b_channel=channel, b_ts=ts)
        return row[0] if row else None

    def by_author(self, author: str) -> tuple[tuple[str, str, datetime], ...]:
        return tuple((channel, ts, at) for channel, ts, at in self._rows(_BY_AUTHOR, b_author=author))

    def pointed_at_by(self, channel: str, ts: str) -> frozenset[tuple[str, str]]:
        runs: set[tuple[str, str | None]] = set()
        for member, place, post in self._rows(_FROM, b_channel=channel, b_ts=ts):
            if post:
                runs.add((place, self.run_of(place, post)))
            else:
                cases = self._scalars(_CASES_OF, b_channel=channel, b_author=member)
                runs |= {(channel, found) for found in cases}
        return frozenset((place, run_ts) for place, run_ts in runs if run_ts)

    def thanked(self, channel: str, *, start: datetime, end: datetime) -> bool:
        return self._first(_THANKED, b_channel=channel, b_start=start, b_end=end) is not None

    def forget(self, *, before: datetime) -> None:
        for statement in FORGETTING:
            self._change(statement, **bounds(before))

    def _point_first(self, fact: MessagePosted, reading: TextReading, *, is_post: bool, is_new: bool) -> None:
        """An edit that was told before knows better where it points; only a human's post points at all."""
        row = None if is_new else self._first(_ROW, b_channel=fact.channel, b_ts=fact.ts)
        was_edited = row is not None and row[1] is not None
        if is_post and not was_edited:
            self._point(fact.channel, fact.ts, fact.at, reading)
        elif was_edited and not is_post:
            self._change(_UNPOINT, b_channel=fact.channel, b_ts=fact.ts)

    def _point_anew(self, fact: MessageEdited, reading: TextReading) -> None:
        *_, shape, top_ts = self._first(_ROW, b_channel=fact.channel, b_ts=fact.ts) or (None, None)
        if top_ts or shape is None:  # of a message still to come, it is not known whether it points
            self._change(_UNPOINT, b_channel=fact.channel, b_ts=fact.ts)
            self._point(fact.channel, fact.ts, datetime.fromtimestamp(float(fact.ts), UTC), reading)

    def _point(self, channel: str, ts: str, at: datetime, reading: TextReading) -> None:
        targets = [(member, None, None) for member in sorted(reading.mentions)]
        links = [(None, *linked) for linked in sorted(reading.links)]
        for member, to_channel, to_ts in (*targets, *links):
            told = (self._team, channel, ts, at, member, to_channel, to_ts)
            self._change(_POINT, **{f"b_{name}": value for name, value in zip(_POINTER, told, strict=True)})

    def _insert_stub(self, known: dict[str, Any]) -> bool:
        """A row for a message that may still come."""
        return self._insert_new(MESSAGES, {**_columns(TextReading()), "is_bot": False, **known})

    def _changed(self, statement: Executable, row: dict[str, Any]) -> bool:
        return self._change(statement, **{f"b_{name}": value for name, value in row.items()}) == 1

    def _known(self, statement: Executable, **values: Any) -> tuple[KnownMessage, ...]:
        return tuple(known_message(row) for row in self._rows(statement, **values))


def _is_human_post(fact: MessagePosted) -> bool:
    return fact.shape is Shape.POST and fact.author is not None and not fact.is_bot


def _concerned(row: tuple[Any, ...] | None) -> Concerned | None:
    run_ts, has_case = row or (None, False)
    return Concerned(run_ts, bool(has_case)) if run_ts else None


def _columns(reading: TextReading) -> dict[str, Any]:
    return {
        "asks": reading.asks,
        "resolves": reading.resolves,
        "score": reading.score,
        "offers": reading.offers,
        "replies": reading.replies,
        "thanks": reading.thanks,
        "terms": " ".join(sorted(reading.terms)),
        "weekly_thanks": reading.weekly_thanks,
        "phrases": "\n".join(reading.phrases),
        "length": reading.length,
    }


def known_message(row: tuple[Any, ...]) -> KnownMessage:
    channel, ts, at, author, shape, thread_ts, run_ts, is_bot, edited_at, deleted_at, *speech = row
    asks, resolves, score, offers, replies, thanks, terms, phrases = speech
    return KnownMessage(
        channel=channel,
        ts=ts,
        at=at,
        author=author,
        shape=Shape(shape),
        thread_ts=thread_ts,
        run_ts=run_ts or ts,
        is_human=author is not None and not is_bot,
        edited_at=edited_at,
        deleted_at=deleted_at,
        asks=asks,
        resolves=resolves,
        score=score,
        offers=offers,
        replies=replies,
        thanks=thanks,
        terms=frozenset(terms.split()),
        phrases=tuple(phrases.splitlines()),
    )
