"""Cases: the openings of tracked posts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, delete, func, select, update

from scheduler.model.cases import Case, CaseKey, ChannelKind, Outcome, SignKind
from scheduler.model.decisions import Reason
from scheduler.ports import NearCase, WeekFigures
from scheduler.store.members import MEMBERS
from scheduler.store.rows import Rows, table_of
from scheduler.store.tables import CaseRow

CASES = table_of(CaseRow)
_IN_CHANNEL = (CASES.c.team == bindparam("b_team"), CASES.c.channel == bindparam("b_channel"))
_OF_POST = (*_IN_CHANNEL, CASES.c.ts == bindparam("b_ts"))
_OURS = (*_OF_POST, CASES.c.opening == bindparam("b_opening"))
_SAVED = (
    *("kind", "topic", "reason", "asks", "opened_at", "touched_at", "touched_by", "touched_how"),
    *("answered_at", "answered_by", "weak_sign_at", "undated_stamp", "closed_at", "outcome", "due_at"),
)
_GET = select(CASES).where(*_OF_POST).order_by(CASES.c.opening)
_FIND = select(CASES).where(*_OURS)
_REMOVE = delete(CASES).where(*_OURS)
_EXCERPT = select(CASES.c.excerpt).where(*_OURS)
_KEEP = update(CASES).where(*_OURS, CASES.c.outcome.is_(None)).values(excerpt=bindparam("words"))
_DROP = update(CASES).where(*_OURS, CASES.c.excerpt.is_not(None)).values(excerpt=None)
_SET_DUE = (
    update(CASES).where(*_OURS).values(due_at=bindparam("at"), steps_taken=bindparam("taken"))
)
_CLOSE = (
    update(CASES)
    .where(*_OURS)
    .values(outcome=bindparam("why"), closed_at=bindparam("at"), due_at=None, excerpt=None)
)
_NEAR = (
    select(CASES.c.ts, CASES.c.author, CASES.c.weak_sign_at)
    .where(
        *_IN_CHANNEL,
        CASES.c.run_end_at >= bindparam("start"),
        CASES.c.run_end_at < bindparam("end"),
        CASES.c.opening == 1,
    )
    .order_by(CASES.c.ts)
)
_OF_AUTHOR = (
    select(CASES.c.channel, CASES.c.ts)
    .where(CASES.c.team == bindparam("b_team"), CASES.c.author == bindparam("author"), CASES.c.opening == 1)
    .order_by(CASES.c.ts)
)
_DUE = (
    select(CASES)
    .where(CASES.c.team == bindparam("b_team"), CASES.c.due_at <= bindparam("now"))
    .order_by(CASES.c.due_at, CASES.c.channel, CASES.c.ts, CASES.c.opening)
    .limit(bindparam("most"))
)
_TOP = (
    select(CASES.c.answered_by)
    .where(CASES.c.team == bindparam("b_team"), CASES.c.answered_at < bindparam("before"))
    .group_by(CASES.c.answered_by)
    .order_by(func.count().desc(), CASES.c.answered_by)
    .limit(bindparam("most"))
)
_ALL = (
    select(CASES)
    .where(CASES.c.team == bindparam("b_team"))
    .order_by(CASES.c.opened_at, CASES.c.channel, CASES.c.ts, CASES.c.opening)
)


class CaseRows(Rows):
    """Implements `ports.Cases`."""

    def of_post(self, channel: str, ts: str) -> tuple[Case, ...]:
        found = self._connection.execute(_GET, self._post(channel, ts)).mappings()
        return tuple(_case(row) for row in found)

    def find(self, key: CaseKey) -> Case | None:
        row = self._connection.execute(_FIND, self._key(key)).mappings().first()
        return _case(row) if row else None

    def all(self) -> "Sequence[Case]":
        """Every opening, in order of opening time."""
        found = self._connection.execute(_ALL, {"b_team": self._team}).mappings()
        return [_case(row) for row in found]

    def save(self, case: Case, *, run_end_at: datetime) -> None:
        self._due.moved()
        values = {name: getattr(case, name) for name in _SAVED}
        key = {"channel": case.key.channel, "ts": case.key.ts, "opening": case.key.opening}
        kept = {"author": case.author, "steps_taken": " ".join(case.steps_taken), "run_end_at": run_end_at}
        self._replace(CASES, {"team": self._team, **key, **values, **kept})
        if not case.is_open:
            self._connection.execute(_DROP, self._key(case.key))

    def close(self, key: CaseKey, outcome: Outcome, at: datetime) -> None:
        self._due.moved()
        self._connection.execute(_CLOSE, {**self._key(key), "at": at, "why": outcome.value})

    def remove(self, key: CaseKey) -> None:
        self._due.moved()
        self._connection.execute(_REMOVE, self._key(key))

    def keep_excerpt(self, key: CaseKey, excerpt: str) -> None:
        self._connection.execute(_KEEP, {**self._key(key), "words": excerpt})

    def excerpt(self, key: CaseKey) -> str:
        return self._connection.execute(_EXCERPT, self._key(key)).scalar() or ""

    def near(self, channel: str, *, start: datetime, end: datetime) -> tuple[NearCase, ...]:
        span = {"b_team": self._team, "b_channel": channel, "start": start, "end": end}
        return tuple(NearCase(*row) for row in self._connection.execute(_NEAR, span))

    def of_author(self, author: str) -> tuple[tuple[str, str], ...]:
        found = self._connection.execute(_OF_AUTHOR, {"b_team": self._team, "author": author})
        return tuple((row.channel, row.ts) for row in found)

    def due(self, now: datetime, *, most: int) -> tuple[Case, ...]:
        found = self._connection.execute(_DUE, {"b_team": self._team, "now": now, "most": most}).mappings()
        return tuple(_case(row) for row in found)

    def set_due(self, key: CaseKey, due_at: datetime | None, steps_taken: Sequence[str]) -> None:
        self._due.moved()
        taken = " ".join(steps_taken)
        self._connection.execute(_SET_DUE, {**self._key(key), "at": due_at, "taken": taken})

    def top_answerers(self, *, before: datetime, most: int) -> tuple[str, ...]:
        values = {"b_team": self._team, "before": before, "most": most}
        return tuple(self._connection.execute(_TOP, values).scalars())

    def week(self, start: datetime, end: datetime) -> WeekFigures:
        opened = (CASES.c.team == self._team, CASES.c.opened_at >= start, CASES.c.opened_at < end)
        first = (*opened, CASES.c.reason == Reason.FIRST_POST.value)
        answered = (CASES.c.team == self._team, CASES.c.answered_at >= start, CASES.c.answered_at < end)
        return WeekFigures(
            joined=self._count(
                select(func.count()).where(
                    MEMBERS.c.team == self._team,
                    MEMBERS.c.joined_at >= start,
                    MEMBERS.c.joined_at < end,
                    MEMBERS.c.is_bot.is_(False),
                )
            ),
            first_posts=self._count(select(func.count()).where(*first)),
            first_posts_touched=self._count(
                select(func.count()).where(*first, CASES.c.touched_at.is_not(None))
            ),
            answers=self._count(select(func.count()).where(*answered)),
            helpers=self._count(select(func.count(CASES.c.answered_by.distinct())).where(*answered)),
        )

    def _count(self, query: Any) -> int:
        return int(self._connection.execute(query).scalar_one())

    def _post(self, channel: str, ts: str) -> dict[str, Any]:
        return {"b_team": self._team, "b_channel": channel, "b_ts": ts}

    def _key(self, key: CaseKey) -> dict[str, Any]:
        return {**self._post(key.channel, key.ts), "b_opening": key.opening}


def _case(row: RowMapping) -> Case:
    key = CaseKey(team=row["team"], channel=row["channel"], ts=row["ts"], opening=row["opening"])
    told = {name: row[name] for name in _SAVED}
    told["kind"] = ChannelKind(told["kind"])
    told["reason"] = Reason(told["reason"])
    told["touched_how"] = SignKind(told["touched_how"]) if told["touched_how"] else None
    told["outcome"] = Outcome(told["outcome"]) if told["outcome"] else None
    return Case(key=key, author=row["author"], steps_taken=tuple(row["steps_taken"].split()), **told)
