"""What stands around a post in its channel: before it, after it, and how the channel usually answers."""

from collections import Counter
from datetime import datetime

from sqlalchemy import and_, bindparam, func, or_, select

from scheduler.model.cases import Habit, Outcome, SignKind, WeakStrength
from scheduler.model.readings import KnownMessage
from scheduler.store.cases import CASES
from scheduler.store.messages import KNOWN, POINTERS, known_message
from scheduler.store.rows import Rows
from scheduler.store.runs import MESSAGES

_IN_CHANNEL = (MESSAGES.c.team == bindparam("b_team"), MESSAGES.c.channel == bindparam("b_channel"))
_LATER = (*_IN_CHANNEL, MESSAGES.c.top_ts > bindparam("b_ts"), MESSAGES.c.at <= bindparam("b_until"))
_BEFORE = (
    KNOWN.where(
        *_IN_CHANNEL,
        MESSAGES.c.top_ts < bindparam("b_ts"),
        MESSAGES.c.at >= bindparam("b_since"),
        MESSAGES.c.author != bindparam("b_author"),
    )
    .order_by(MESSAGES.c.top_ts.desc())
    .limit(bindparam("b_most"))
)
_AFTER = (
    KNOWN.where(*_LATER, MESSAGES.c.deleted_at.is_(None))
    .order_by(MESSAGES.c.top_ts)
    .limit(bindparam("b_most"))
)
#: Sorted, and kept to the channel, after it was read: else SQLite would walk all that the channel has.
_ENDINGS = KNOWN.where(
    MESSAGES.c.team == bindparam("b_team"),
    MESSAGES.c.author == bindparam("b_author"),
    MESSAGES.c.run_ts >= bindparam("b_ts"),
    MESSAGES.c.ts > bindparam("b_ts"),
    MESSAGES.c.at <= bindparam("b_until"),
    MESSAGES.c.deleted_at.is_(None),
    or_(MESSAGES.c.thanks.is_(True), MESSAGES.c.resolves.is_(True)),
)
_LAST = (
    KNOWN.where(
        *_IN_CHANNEL,
        MESSAGES.c.top_ts > bindparam("b_ts"),
        MESSAGES.c.top_ts < bindparam("b_before_ts"),
        MESSAGES.c.author != bindparam("b_author"),
        MESSAGES.c.deleted_at.is_(None),
    )
    .order_by(MESSAGES.c.top_ts.desc())
    .limit(1)
)
_RUNS_AFTER = select(MESSAGES.c.run_ts, MESSAGES.c.author).where(*_LATER).order_by(MESSAGES.c.top_ts)
_MENTIONED = select(POINTERS.c.to_member).where(
    POINTERS.c.team == bindparam("b_team"),
    POINTERS.c.channel == bindparam("b_channel"),
    POINTERS.c.ts.in_(select(MESSAGES.c.ts).where(*_IN_CHANNEL, MESSAGES.c.run_ts == bindparam("b_run"))),
)
_ENDED = (
    CASES.c.team == bindparam("b_team"),
    CASES.c.opened_at >= bindparam("b_since"),
    CASES.c.closed_at < bindparam("b_before"),
)
_TOUCHED_BY = {kind: CASES.c.touched_how == kind.value for kind in SignKind}
_ENDED_AS = {outcome: CASES.c.outcome == outcome.value for outcome in Outcome}
_TALKED = and_(
    CASES.c.touched_how.is_(None),
    CASES.c.weak_strength == WeakStrength.STRONG.value,
    or_(_ENDED_AS[Outcome.EXPIRED], _ENDED_AS[Outcome.MAYBE_ANSWERED]),
)
_IN_THREAD = _TOUCHED_BY[SignKind.REPLY]
_IN_CHANNEL_ITSELF = or_(
    *(_TOUCHED_BY[kind] for kind in (SignKind.MENTION, SignKind.LINK, SignKind.TALK)), _TALKED
)
_HABIT = (
    select(CASES.c.channel, CASES.c.touched_how, func.count())
    .where(*_ENDED, or_(_IN_THREAD, _IN_CHANNEL_ITSELF))
    .group_by(CASES.c.channel, CASES.c.touched_how)
)


class TalkRows(Rows):
    """Implements `ports.Talks`."""

    def before(
        self, channel: str, ts: str, *, author: str, since: datetime, most: int
    ) -> tuple[KnownMessage, ...]:
        found = self._rows(_BEFORE, b_channel=channel, b_ts=ts, b_author=author, b_since=since, b_most=most)
        return tuple(known_message(row) for row in reversed(found))

    def mentioned(self, channel: str, run_ts: str) -> frozenset[str]:
        return frozenset(filter(None, self._scalars(_MENTIONED, b_channel=channel, b_run=run_ts)))

    def after(self, channel: str, ts: str, *, until: datetime, most: int) -> tuple[KnownMessage, ...]:
        found = self._rows(_AFTER, b_channel=channel, b_ts=ts, b_until=until, b_most=most)
        return tuple(known_message(row) for row in found)

    def endings(
        self, channel: str, ts: str, *, author: str, until: datetime
    ) -> tuple[tuple[KnownMessage, KnownMessage | None], ...]:
        where = {"b_channel": channel, "b_ts": ts, "b_author": author}
        found = (known_message(row) for row in self._rows(_ENDINGS, **where, b_until=until))
        here = (message for message in found if message.channel == channel)
        said = sorted(here, key=lambda message: message.ts)
        last = (self._first(_LAST, **where, b_before_ts=message.ts) for message in said)
        return tuple(
            (message, known_message(row) if row else None) for message, row in zip(said, last, strict=True)
        )

    def runs_after(self, channel: str, ts: str, *, until: datetime) -> tuple[tuple[str, str], ...]:
        found = self._rows(_RUNS_AFTER, b_channel=channel, b_ts=ts, b_until=until)
        return tuple((run_ts, author) for run_ts, author in found)

    def habit(self, channel: str, *, since: datetime, before: datetime) -> Habit:
        counts: Counter[tuple[bool, bool]] = Counter()
        for place, how, number in self._rows(_HABIT, b_since=since, b_before=before):
            counts[place == channel, how == SignKind.REPLY.value] += number
        outside, in_threads = counts[True, False], counts[True, True]
        return Habit(
            outside=outside,
            in_threads=in_threads,
            all_outside=outside + counts[False, False],
            all_in_threads=in_threads + counts[False, True],
        )
