"""Cases: the openings of tracked posts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, func, select, update

from scheduler.model.cases import Case, CaseKey, ChannelKind, Outcome, SignKind, WeakStrength
from scheduler.model.decisions import Reason
from scheduler.model.facts import JoinSource
from scheduler.ports import NearCase, WeekFigures
from scheduler.store.members import MEMBERS
from scheduler.store.rows import Rows, table_of
from scheduler.store.tables import CaseRow

CASES = table_of(CaseRow)
_IN_CHANNEL = (CASES.c.team == bindparam("b_team"), CASES.c.channel == bindparam("b_channel"))
_OF_POST = (*_IN_CHANNEL, CASES.c.ts == bindparam("b_ts"))
_OURS = (*_OF_POST, CASES.c.opening == bindparam("b_opening"))
_SAVED = (
    *("kind", "topic", "reason", "asks", "opened_at", "run_end_at"),
    *("touched_at", "touched_by", "touched_how", "answered_at", "answered_by"),
    *("weak_sign_at", "weak_strength", "undated_stamp", "closed_at", "outcome", "due_at"),
)
_GET = select(CASES).where(*_OF_POST).order_by(CASES.c.opening)
_FIND = select(CASES).where(*_OURS)
_REMOVE = delete(CASES).where(*_OURS)
_EXCERPT = select(CASES.c.excerpt).where(*_OURS)
_KEEP = update(CASES).where(*_OURS, CASES.c.outcome.is_(None)).values(excerpt=bindparam("b_words"))
_DROP = update(CASES).where(*_OURS, CASES.c.excerpt.is_not(None)).values(excerpt=None)
_SET_DUE = update(CASES).where(*_OURS).values(due_at=bindparam("b_at"), steps_taken=bindparam("b_taken"))
_CLOSE = (
    update(CASES)
    .where(*_OURS)
    .values(outcome=bindparam("b_why"), closed_at=bindparam("b_at"), due_at=None, excerpt=None)
)
_NEAR = select(
    *(CASES.c[name] for name in ("ts", "author", "run_end_at", "closed_at", "weak_strength"))
).where(*_IN_CHANNEL, CASES.c.opened_at >= bindparam("b_start"), CASES.c.run_end_at < bindparam("b_end"))
_OF_AUTHOR = (
    select(CASES.c.channel, CASES.c.ts)
    .where(CASES.c.team == bindparam("b_team"), CASES.c.author == bindparam("b_author"), CASES.c.opening == 1)
    .order_by(CASES.c.ts)
)
_DUE = (
    select(CASES)
    .where(CASES.c.team == bindparam("b_team"), CASES.c.due_at <= bindparam("b_now"))
    .order_by(CASES.c.due_at, CASES.c.channel, CASES.c.ts, CASES.c.opening)
    .limit(bindparam("b_most"))
)
_PARKED = (
    select(CASES)
    .where(CASES.c.team == bindparam("b_team"), CASES.c.due_at.is_(None), CASES.c.outcome.is_(None))
    .order_by(CASES.c.opened_at, CASES.c.channel, CASES.c.ts, CASES.c.opening)
    .limit(bindparam("b_most"))
)
_FATES = (
    select(CASES.c.outcome, func.count().label("number"))
    .where(CASES.c.team == bindparam("b_team"))
    .group_by(CASES.c.outcome)
)
_TOP = (
    select(CASES.c.answered_by)
    .where(CASES.c.team == bindparam("b_team"), CASES.c.answered_at < bindparam("b_before"))
    .group_by(CASES.c.answered_by)
    .order_by(func.count().desc(), CASES.c.answered_by)
    .limit(bindparam("b_most"))
)
_ALL = (
    select(CASES)
    .where(CASES.c.team == bindparam("b_team"))
    .order_by(CASES.c.opened_at, CASES.c.channel, CASES.c.ts, CASES.c.opening)
)
_START: BindParameter[datetime] = bindparam("b_start")
_END: BindParameter[datetime] = bindparam("b_end")
_IN_WEEK = (CASES.c.team == bindparam("b_team"), CASES.c.opened_at >= _START, CASES.c.opened_at < _END)
_ANSWERED = (CASES.c.team == bindparam("b_team"), CASES.c.answered_at >= _START, CASES.c.answered_at < _END)
_FIRST_POSTS = select(func.count(), func.count(CASES.c.touched_at)).where(
    *_IN_WEEK, CASES.c.reason == Reason.FIRST_POST.value
)
_ANSWERS = select(func.count(), func.count(CASES.c.answered_by.distinct())).where(*_ANSWERED)
_JOINED = select(func.count()).where(
    MEMBERS.c.team == bindparam("b_team"),
    MEMBERS.c.joined_at >= _START,
    MEMBERS.c.joined_at < _END,
    MEMBERS.c.join_source != JoinSource.FIRST_SEEN.value,
    MEMBERS.c.is_bot.is_(False),
)


class CaseRows(Rows):
    """Implements `ports.Cases`."""

    def of_post(self, channel: str, ts: str) -> tuple[Case, ...]:
        return tuple(_case(row) for row in self._dicts(_GET, b_channel=channel, b_ts=ts))

    def find(self, key: CaseKey) -> Case | None:
        row = next(self._dicts(_FIND, **_bound(key)), None)
        return _case(row) if row else None

    def all(self) -> Iterator[Case]:
        """Every opening, in order of opening time."""
        return (_case(row) for row in self._stream(_ALL))

    def save(self, case: Case) -> None:
        self._due.moved()
        values = {name: getattr(case, name) for name in _SAVED}
        key = {"channel": case.key.channel, "ts": case.key.ts, "opening": case.key.opening}
        kept = {"author": case.author, "steps_taken": " ".join(case.steps_taken)}
        self._replace(CASES, {**key, **values, **kept})
        if not case.is_open:
            self._change(_DROP, **_bound(case.key))

    def close(self, key: CaseKey, outcome: Outcome, at: datetime) -> None:
        self._due.moved()
        self._change(_CLOSE, **_bound(key), b_at=at, b_why=outcome.value)

    def remove(self, key: CaseKey) -> None:
        self._due.moved()
        self._change(_REMOVE, **_bound(key))

    def keep_excerpt(self, key: CaseKey, excerpt: str) -> None:
        self._change(_KEEP, **_bound(key), b_words=excerpt)

    def excerpt(self, key: CaseKey) -> str:
        row = self._first(_EXCERPT, **_bound(key))
        return (row[0] if row else None) or ""

    def near(self, channel: str, *, start: datetime, end: datetime) -> tuple[NearCase, ...]:
        found = self._rows(_NEAR, b_channel=channel, b_start=start, b_end=end)
        return tuple(
            NearCase(ts, author, run_end_at, closed_at, _strength_of(weak))
            for ts, author, run_end_at, closed_at, weak in found
        )

    def of_author(self, author: str) -> tuple[tuple[str, str], ...]:
        return tuple((channel, ts) for channel, ts in self._rows(_OF_AUTHOR, b_author=author))

    def due(self, now: datetime, *, most: int) -> tuple[Case, ...]:
        return tuple(_case(row) for row in self._dicts(_DUE, b_now=now, b_most=most))

    def set_due(self, key: CaseKey, due_at: datetime | None, steps_taken: Sequence[str]) -> None:
        self._due.moved()
        self._change(_SET_DUE, **_bound(key), b_at=due_at, b_taken=" ".join(steps_taken))

    def parked(self, *, most: int) -> tuple[Case, ...]:
        return tuple(_case(row) for row in self._dicts(_PARKED, b_most=most))

    def fates(self) -> Mapping[Outcome | None, int]:
        found = self._rows(_FATES)
        return {Outcome(outcome) if outcome else None: number for outcome, number in found}

    def top_answerers(self, *, before: datetime, most: int) -> tuple[str, ...]:
        return self._scalars(_TOP, b_before=before, b_most=most)

    def week(self, start: datetime, end: datetime) -> WeekFigures:
        span = {"b_start": start, "b_end": end}
        ((joined,),) = self._rows(_JOINED, **span)
        ((first_posts, touched),) = self._rows(_FIRST_POSTS, **span)
        ((answers, helpers),) = self._rows(_ANSWERS, **span)
        return WeekFigures(joined, first_posts, touched, answers, helpers)


def _bound(key: CaseKey) -> dict[str, Any]:
    return {"b_channel": key.channel, "b_ts": key.ts, "b_opening": key.opening}


def _case(row: Mapping[str, Any]) -> Case:
    key = CaseKey(team=row["team"], channel=row["channel"], ts=row["ts"], opening=row["opening"])
    told = {name: row[name] for name in _SAVED}
    told["kind"] = ChannelKind(told["kind"])
    told["reason"] = Reason(told["reason"])
    told["touched_how"] = SignKind(told["touched_how"]) if told["touched_how"] else None
    told["weak_strength"] = _strength_of(told["weak_strength"])
    told["outcome"] = Outcome(told["outcome"]) if told["outcome"] else None
    return Case(key=key, author=row["author"], steps_taken=tuple(row["steps_taken"].split()), **told)


def _strength_of(kept: str | None) -> WeakStrength | None:
    return WeakStrength(kept) if kept else None
