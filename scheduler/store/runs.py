"""Runs: top-level messages of one author, shortly after each other, nobody in between, are one post.

Membership is kept on the rows and mended around each message that is added, so that the order in
which messages are told makes no difference.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, select, union_all, update

from scheduler.store.rows import Rows, table_of
from scheduler.store.tables import MessageRow

MESSAGES = table_of(MessageRow)
_IN_CHANNEL = (MESSAGES.c.team == bindparam("b_team"), MESSAGES.c.channel == bindparam("b_channel"))
_TOP = select(MESSAGES.c.ts, MESSAGES.c.at, MESSAGES.c.author, MESSAGES.c.run_ts).where(*_IN_CHANNEL)
_THIS = _TOP.where(MESSAGES.c.top_ts == bindparam("b_ts"))
_BEFORE = _TOP.where(MESSAGES.c.top_ts < bindparam("b_ts")).order_by(MESSAGES.c.top_ts.desc()).limit(1)
_AFTER = _TOP.where(MESSAGES.c.top_ts > bindparam("b_ts")).order_by(MESSAGES.c.top_ts).limit(1)
_AROUND = union_all(select(_BEFORE.subquery()), select(_AFTER.subquery()))
_MOVE = (
    update(MESSAGES)
    .where(
        *_IN_CHANNEL,
        MESSAGES.c.top_ts >= bindparam("b_from"),
        MESSAGES.c.run_ts == bindparam("b_old"),
    )
    .values(run_ts=bindparam("b_new"))
)
_LEAVE = (
    update(MESSAGES)
    .where(MESSAGES.c.team == bindparam("b_team"), MESSAGES.c.author == bindparam("b_author"))
    .values(is_bot=True, top_ts=None, run_ts=None)
)
_OF_AUTHOR = (
    select(MESSAGES.c.channel, MESSAGES.c.run_ts)
    .where(
        MESSAGES.c.team == bindparam("b_team"),
        MESSAGES.c.author == bindparam("b_author"),
        MESSAGES.c.run_ts.is_not(None),
    )
    .distinct()
    .order_by(MESSAGES.c.run_ts, MESSAGES.c.channel)
    .limit(bindparam("b_most"))
)
_OF_CHANNEL = (
    select(MESSAGES.c.run_ts)
    .where(*_IN_CHANNEL, MESSAGES.c.run_ts.is_not(None))
    .distinct()
    .order_by(MESSAGES.c.run_ts)
)


class Top(NamedTuple):
    """A human's top-level message."""

    ts: str
    at: datetime
    author: str
    run_ts: str | None


class Runs(Rows):
    """The part of `ports.Messages` that knows runs."""

    def place(self, channel: str, ts: str, *, gap: timedelta) -> frozenset[str]:
        before, after = self._around(channel, ts)
        return self._mend(channel, before, after, gap)

    def run_of(self, channel: str, ts: str) -> str | None:
        row = self._first(_THIS, b_channel=channel, b_ts=ts)
        return Top(*row).run_ts if row else None

    def runs_of_author(self, author: str, *, most: int) -> tuple[tuple[str, str], ...]:
        found = self._rows(_OF_AUTHOR, b_author=author, b_most=most)
        return tuple((channel, run_ts) for channel, run_ts in found)

    def runs_in_channel(self, channel: str) -> tuple[str, ...]:
        return self._scalars(_OF_CHANNEL, b_channel=channel)

    def unhuman(self, author: str) -> None:
        self._change(_LEAVE, b_author=author)

    def _around(self, channel: str, ts: str) -> tuple[Top | None, Top | None]:
        tops = [Top(*row) for row in self._rows(_AROUND, b_channel=channel, b_ts=ts)]
        before = next((top for top in tops if top.ts < ts), None)
        return before, next((top for top in tops if top.ts > ts), None)

    def _mend(self, channel: str, before: Top | None, after: Top | None, gap: timedelta) -> frozenset[str]:
        """Puts `after`, and what hangs on it, into the run it belongs to; gives the runs that changed."""
        if after is None:
            return frozenset()
        new, old = run_after(before, after, gap), after.run_ts or after.ts
        if new != old:
            self._change(_MOVE, b_channel=channel, b_from=after.ts, b_new=new, b_old=old)
        return frozenset((old, new))


def run_after(before: Top | None, this: Top, gap: timedelta) -> str:
    """The run of a post that comes after `before` in the channel."""
    continues = before and before.author == this.author and this.at - before.at <= gap
    return (before.run_ts if before and continues else None) or this.ts
