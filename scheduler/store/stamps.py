"""Stamps: the latest of adding and removing wins, in whatever order they are told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, or_, select

from scheduler.model.facts import Precision, StampAdded, StampRemoved
from scheduler.model.readings import KnownStamp
from scheduler.store.members import MEMBERS
from scheduler.store.rows import Rows, table_of
from scheduler.store.runs import MESSAGES
from scheduler.store.tables import StampRow

STAMPS = table_of(StampRow)
_KEY = ("channel", "ts", "member", "stamp")
_GET = select(STAMPS.c.added_at, STAMPS.c.removed_at, STAMPS.c.dated).where(
    STAMPS.c.team == bindparam("b_team"), *(STAMPS.c[name] == bindparam(f"b_{name}") for name in _KEY)
)
_BY_A_BOT = exists().where(
    MEMBERS.c.team == STAMPS.c.team, MEMBERS.c.member == STAMPS.c.member, MEMBERS.c.is_bot.is_(True)
)
_OF_RUN = select(MESSAGES.c.ts).where(
    MESSAGES.c.team == bindparam("b_team"),
    MESSAGES.c.channel == bindparam("b_channel"),
    MESSAGES.c.run_ts == bindparam("b_run"),
)
_ON_RUN = (
    select(STAMPS.c.ts, STAMPS.c.added_at, STAMPS.c.member, STAMPS.c.stamp, STAMPS.c.dated)
    .where(
        STAMPS.c.team == bindparam("b_team"),
        STAMPS.c.channel == bindparam("b_channel"),
        STAMPS.c.ts.in_(_OF_RUN),
        STAMPS.c.added_at.is_not(None),
        or_(STAMPS.c.removed_at.is_(None), STAMPS.c.removed_at < STAMPS.c.added_at),
        ~_BY_A_BOT,
    )
    .order_by(STAMPS.c.added_at, STAMPS.c.ts, STAMPS.c.member, STAMPS.c.stamp)
)
_BY = (
    select(STAMPS.c.channel, STAMPS.c.ts)
    .where(STAMPS.c.team == bindparam("b_team"), STAMPS.c.member == bindparam("b_member"))
    .distinct()
)


class StampRows(Rows):
    """Implements `ports.Stamps`. Of two addings of the same time, the exact one wins.

    An adding that only a history tells, without its time, says no more than that the stamp is there: it never
    takes the place of an exact one that still stands, and gives way to one that comes later.
    """

    def add(self, fact: StampAdded) -> bool:
        return self._note(fact, "added_at", dated=fact.precision is Precision.EXACT)

    def remove(self, fact: StampRemoved) -> bool:
        return self._note(fact, "removed_at", dated=True)

    def on_run(self, channel: str, run_ts: str) -> tuple[KnownStamp, ...]:
        found = self._rows(_ON_RUN, b_channel=channel, b_run=run_ts)
        return tuple(
            KnownStamp(ts=ts, at=at, member=member, stamp=stamp, dated=dated)
            for ts, at, member, stamp, dated in found
        )

    def by(self, member: str) -> tuple[tuple[str, str], ...]:
        return tuple((channel, ts) for channel, ts in self._rows(_BY, b_member=member))

    def _note(self, fact: StampAdded | StampRemoved, side: str, *, dated: bool) -> bool:
        key = {name: getattr(fact, name) for name in _KEY}
        if self._insert_new(STAMPS, {**key, side: fact.at, "dated": dated}):
            return True
        (row,) = self._dicts(_GET, **{f"b_{name}": value for name, value in key.items()})
        if side == "removed_at":
            dated = row["dated"]  # a removal keeps what is known about the precision of the adding
        elif _tells_nothing_new(row, fact.at, dated=dated):
            return False
        if row[side] and not _is_better(row, side, fact.at, dated=dated):
            return False
        self._replace(STAMPS, {**key, side: fact.at, "dated": dated})
        return True


def _tells_nothing_new(row: Mapping[str, Any], at: datetime, *, dated: bool) -> bool:
    """A history shows a stamp whose time is known already."""
    added, removed = row["added_at"], row["removed_at"]
    stands = added is not None and (removed is None or removed < added)
    return stands and row["dated"] and not dated and added <= at


def _is_better(row: Mapping[str, Any], side: str, at: datetime, *, dated: bool) -> bool:
    """Later, or the exact time of what was known without one."""
    if side == "added_at" and dated and not row["dated"]:
        return row["removed_at"] is None or row["removed_at"] < at
    return bool((row[side], row["dated"]) < (at, dated))
