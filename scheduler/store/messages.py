"""Messages without their text: adding, editing, deleting, and reading them back for one case."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, case, delete, exists, or_, select, update

from scheduler.model.facts import MessageDeleted, MessageEdited, MessagePosted, Shape
from scheduler.model.readings import KnownMessage, TextReading
from scheduler.ports import Placed
from scheduler.store.rows import table_of
from scheduler.store.runs import MESSAGES, Runs, Top, run_after
from scheduler.store.tables import CaseRow, PointerRow

POINTERS = table_of(PointerRow)
CASES = table_of(CaseRow)
_OURS = and_(MESSAGES.c.team == bindparam("b_team"), MESSAGES.c.channel == bindparam("b_channel"))
_THIS = and_(_OURS, MESSAGES.c.ts == bindparam("b_ts"))
_READING = ("asks", "resolves", "weekly_thanks", "phrases", "length")
_PLACE = ("at", "author", "shape", "thread_ts", "top_ts", "run_ts", "is_bot")
#: An edit or a deletion was told first: the posting fills in the rest, and an edit's reading stays.
_COMPLETE = (
    update(MESSAGES)
    .where(_THIS, MESSAGES.c.at.is_(None))
    .values(
        {name: bindparam(f"v_{name}") for name in _PLACE}
        | {
            name: case((MESSAGES.c.edited_at.is_(None), bindparam(f"v_{name}")), else_=MESSAGES.c[name])
            for name in _READING
        }
    )
)
_EDIT = (
    update(MESSAGES)
    .where(_THIS, or_(MESSAGES.c.edited_at.is_(None), MESSAGES.c.edited_at < bindparam("v_edited_at")))
    .values({name: bindparam(f"v_{name}") for name in (*_READING, "edited_at")})
)
_DELETE = (
    update(MESSAGES)
    .where(_THIS, or_(MESSAGES.c.deleted_at.is_(None), MESSAGES.c.deleted_at > bindparam("v_deleted_at")))
    .values(deleted_at=bindparam("v_deleted_at"))
)
_KNOWN = select(
    *(MESSAGES.c[name] for name in ("channel", "ts", "at", "author", "shape", "thread_ts", "run_ts")),
    *(MESSAGES.c[name] for name in ("is_bot", "asks", "resolves", "edited_at", "deleted_at")),
).where(MESSAGES.c.at.is_not(None))
_RUN = _KNOWN.where(_OURS, MESSAGES.c.run_ts == bindparam("run")).order_by(MESSAGES.c.ts)
_REPLIES = _KNOWN.where(
    _OURS,
    MESSAGES.c.thread_ts.in_(bindparam("roots", expanding=True)),
    MESSAGES.c.shape != Shape.POST.value,
).order_by(MESSAGES.c.ts)
_POINTING = (
    _KNOWN.join(
        POINTERS,
        and_(
            POINTERS.c.team == MESSAGES.c.team,
            POINTERS.c.channel == MESSAGES.c.channel,
            POINTERS.c.ts == MESSAGES.c.ts,
        ),
    )
    .where(
        POINTERS.c.team == bindparam("b_team"),
        POINTERS.c.at > bindparam("after"),
        POINTERS.c.at <= bindparam("until"),
        or_(
            and_(POINTERS.c.channel == bindparam("b_channel"), POINTERS.c.to_member == bindparam("member")),
            and_(
                POINTERS.c.to_channel == bindparam("b_channel"),
                POINTERS.c.to_ts.in_(bindparam("posts", expanding=True)),
            ),
        ),
    )
    .order_by(MESSAGES.c.at, MESSAGES.c.ts)
    .distinct()
)
_BY_AUTHOR = select(MESSAGES.c.channel, MESSAGES.c.ts, MESSAGES.c.at).where(
    MESSAGES.c.team == bindparam("b_team"), MESSAGES.c.author == bindparam("author")
)
_ROW = select(MESSAGES.c.ts).where(_THIS, MESSAGES.c.at.is_not(None))
_ROW = select(MESSAGES.c.author, MESSAGES.c.run_ts, MESSAGES.c.thread_ts).where(_THIS)
_FROM = select(POINTERS.c.to_member, POINTERS.c.to_channel, POINTERS.c.to_ts).where(
    POINTERS.c.team == bindparam("b_team"),
    POINTERS.c.channel == bindparam("b_channel"),
    POINTERS.c.ts == bindparam("b_ts"),
)
_CASES_OF = select(CASES.c.ts).where(
    CASES.c.team == bindparam("b_team"),
    CASES.c.channel == bindparam("b_channel"),
    CASES.c.author == bindparam("member"),
    CASES.c.opening == 1,
)
_THANKED = select(MESSAGES.c.ts).where(
    _OURS,
    MESSAGES.c.top_ts.is_not(None),
    MESSAGES.c.weekly_thanks.is_(True),
    MESSAGES.c.deleted_at.is_(None),
    MESSAGES.c.at >= bindparam("start"),
    MESSAGES.c.at < bindparam("end"),
)
_OF_OPEN_CASE = exists().where(
    CASES.c.team == MESSAGES.c.team,
    CASES.c.channel == MESSAGES.c.channel,
    CASES.c.outcome.is_(None),
    or_(CASES.c.ts == MESSAGES.c.run_ts, CASES.c.ts == MESSAGES.c.thread_ts),
)
_FORGET = delete(MESSAGES).where(
    MESSAGES.c.team == bindparam("b_team"), MESSAGES.c.at < bindparam("before"), ~_OF_OPEN_CASE
)
_FORGET_POINTERS = delete(POINTERS).where(
    POINTERS.c.team == bindparam("b_team"), POINTERS.c.at < bindparam("before")
)


class MessageRows(Runs):
    """Implements `ports.Messages`."""

    def add(self, fact: MessagePosted, reading: TextReading, *, gap: timedelta) -> Placed | None:
        top = Top(fact.ts, fact.at, fact.author or "", None) if _is_human_post(fact) else None
        before, after = self._around(fact.channel, fact.ts) if top else (None, None)
        own = run_after(before, top, gap) if top else None
        values = _columns(reading) | {
            "at": fact.at,
            "author": fact.author,
            "shape": fact.shape.value,
            "thread_ts": fact.thread_ts,
            "top_ts": fact.ts if top else None,
            "run_ts": own,
            "is_bot": fact.is_bot,
        }
        is_new = self._insert_new(MESSAGES, {**self._key(fact.channel, fact.ts), **values})
        if not is_new and not self._changed(_COMPLETE, fact.channel, fact.ts, values):
            return None
        self._point(fact, reading)
        if top is None or own is None:
            return Placed(was_awaited=not is_new)
        changed = self._mend(fact.channel, top._replace(run_ts=own), after, gap)
        return Placed(own, changed | {own}, was_awaited=not is_new)

    def await_(self, channel: str, ts: str) -> None:
        self._insert_new(MESSAGES, {**self._key(channel, ts), **_columns(TextReading()), "is_bot": False})

    def edit(self, fact: MessageEdited, reading: TextReading) -> bool:
        edited = {**_columns(reading), "edited_at": fact.at}
        key = {**self._key(fact.channel, fact.ts), **edited, "is_bot": False}
        return self._changed(_EDIT, fact.channel, fact.ts, edited) or self._insert_new(MESSAGES, key)

    def delete(self, fact: MessageDeleted) -> bool:
        key = {**self._key(fact.channel, fact.ts), **_columns(TextReading()), "is_bot": False}
        return self._changed(
            _DELETE, fact.channel, fact.ts, {"deleted_at": fact.at}
        ) or self._insert_new(MESSAGES, {**key, "deleted_at": fact.at})

    def run(self, channel: str, run_ts: str) -> tuple[KnownMessage, ...]:
        return self._known(_RUN, channel, run=run_ts)

    def replies(self, channel: str, roots: Sequence[str]) -> tuple[KnownMessage, ...]:
        return self._known(_REPLIES, channel, roots=list(roots))

    def pointing_at(
        self, *, channel: str, member: str, posts: Sequence[str], after: datetime, until: datetime
    ) -> tuple[KnownMessage, ...]:
        span = {"after": after, "until": until}
        return self._known(_POINTING, channel, member=member, posts=list(posts), **span)

    def concerned_run(self, channel: str, ts: str) -> str | None:
        row = self._connection.execute(_ROW, self._this(channel, ts)).first()
        if row is None or row.run_ts:
            return row.run_ts if row else None
        return self.run_of(channel, row.thread_ts) if row.thread_ts else None

    def author_of(self, channel: str, ts: str) -> str | None:
        row = self._connection.execute(_ROW, self._this(channel, ts)).first()
        return row.author if row else None

    def by_author(self, author: str) -> tuple[tuple[str, str, datetime], ...]:
        found = self._connection.execute(_BY_AUTHOR, {"b_team": self._team, "author": author})
        return tuple((row.channel, row.ts, row.at) for row in found)

    def pointed_at_by(self, channel: str, ts: str) -> frozenset[tuple[str, str]]:
        targets = self._connection.execute(_FROM, self._this(channel, ts)).all()
        posts = {(target.to_channel, target.to_ts) for target in targets if target.to_ts}
        runs = {(place, self.run_of(place, post)) for place, post in posts}
        for target in targets:
            runs |= {(channel, found) for found in self._cases_of(channel, target.to_member)}
        return frozenset((place, run) for place, run in runs if run)

    def thanked(self, channel: str, *, start: datetime, end: datetime) -> bool:
        values = {"b_team": self._team, "b_channel": channel, "start": start, "end": end}
        return self._connection.execute(_THANKED, values).first() is not None

    def forget(self, *, before: datetime) -> None:
        values = {"b_team": self._team, "before": before}
        self._connection.execute(_FORGET, values)
        self._connection.execute(_FORGET_POINTERS, values)

    def _point(self, fact: MessagePosted, reading: TextReading) -> None:
        if not _is_human_post(fact):
            return
        source = {**self._key(fact.channel, fact.ts), "at": fact.at}
        rows = [{**source, "to_member": member} for member in sorted(reading.mentions)]
        for row in rows:
            self._connection.execute(POINTERS.insert(), row)
        for channel, ts in sorted(reading.links):
            self._connection.execute(POINTERS.insert(), {**source, "to_channel": channel, "to_ts": ts})

    def _changed(self, statement: Any, channel: str, ts: str, values: dict[str, Any]) -> bool:
        new = {f"v_{name}": value for name, value in values.items()}  # plain names are SQLAlchemy's own
        found = self._connection.execute(statement, {**new, **self._this(channel, ts)})
        return found.rowcount == 1

    def _cases_of(self, channel: str, member: str | None) -> tuple[str, ...]:
        values = {"b_team": self._team, "b_channel": channel, "member": member}
        return tuple(self._connection.execute(_CASES_OF, values).scalars()) if member else ()

    def _this(self, channel: str, ts: str) -> dict[str, str]:
        return {"b_team": self._team, "b_channel": channel, "b_ts": ts}

    def _known(self, statement: Any, channel: str, **values: Any) -> tuple[KnownMessage, ...]:
        found = self._connection.execute(
            statement, {"b_team": self._team, "b_channel": channel, **values}
        )
        return tuple(_message(row) for row in found)

    def _key(self, channel: str, ts: str) -> dict[str, str]:
        return {"team": self._team, "channel": channel, "ts": ts}


def _is_human_post(fact: MessagePosted) -> bool:
    return fact.shape is Shape.POST and fact.author is not None and not fact.is_bot


def _columns(reading: TextReading) -> dict[str, Any]:
    return {
        "asks": reading.asks,
        "resolves": reading.resolves,
        "weekly_thanks": reading.weekly_thanks,
        "phrases": " ".join(reading.phrases),
        "length": reading.length,
    }


def _message(row: Row[Any]) -> KnownMessage:
    channel, ts, at, author, shape, thread_ts, run_ts, is_bot, asks, resolves, edited_at, deleted_at = row
    return KnownMessage(
        channel=channel,
        ts=ts,
        at=at,
        author=author,
        shape=Shape(shape),
        thread_ts=thread_ts,
        run_ts=run_ts or ts,
        is_human=author is not None and not is_bot,
        asks=asks,
        resolves=resolves,
        edited_at=edited_at,
        deleted_at=deleted_at,
    )
