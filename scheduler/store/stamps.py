"""Stamps: the latest of adding and removing wins, in whatever order they are told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, exists, or_, select

from scheduler.model.facts import Precision, StampAdded, StampRemoved
from scheduler.model.readings import KnownStamp
from scheduler.store.members import MEMBERS
from scheduler.store.rows import Rows, table_of
from scheduler.store.tables import StampRow

STAMPS = table_of(StampRow)
_GET = select(STAMPS).where(
    *(STAMPS.c[name] == bindparam(name) for name in ("team", "channel", "ts", "member", "stamp"))
)
_ON = (
    select(STAMPS.c.ts, STAMPS.c.added_at, STAMPS.c.member, STAMPS.c.stamp, STAMPS.c.dated)
    .where(
        STAMPS.c.team == bindparam("team"),
        STAMPS.c.channel == bindparam("channel"),
        STAMPS.c.ts.in_(bindparam("messages", expanding=True)),
        STAMPS.c.added_at.is_not(None),
        or_(STAMPS.c.removed_at.is_(None), STAMPS.c.removed_at < STAMPS.c.added_at),
        ~exists().where(
            MEMBERS.c.team == STAMPS.c.team, MEMBERS.c.member == STAMPS.c.member, MEMBERS.c.is_bot.is_(True)
        ),
    )
    .order_by(STAMPS.c.added_at, STAMPS.c.ts, STAMPS.c.member, STAMPS.c.stamp)
)
_BY = (
    select(STAMPS.c.channel, STAMPS.c.ts)
    .where(STAMPS.c.team == bindparam("team"), STAMPS.c.member == bindparam("member"))
    .distinct()
)


class StampRows(Rows):
    """Implements `ports.Stamps`."""

    def add(self, fact: StampAdded) -> bool:
        return self._note(fact, "added_at", dated=fact.precision is Precision.EXACT)

    def remove(self, fact: StampRemoved) -> bool:
        return self._note(fact, "removed_at", dated=True)

    def on(self, channel: str, messages: Sequence[str]) -> tuple[KnownStamp, ...]:
        found = self._connection.execute(
            _ON, {"team": self._team, "channel": channel, "messages": list(messages)}
        )
        return tuple(
            KnownStamp(ts=ts, at=at, member=member, stamp=stamp, dated=dated)
            for ts, at, member, stamp, dated in found
        )

    def by(self, member: str) -> tuple[tuple[str, str], ...]:
        found = self._connection.execute(_BY, {"team": self._team, "member": member})
        return tuple((row.channel, row.ts) for row in found)

    def _note(self, fact: StampAdded | StampRemoved, side: str, *, dated: bool) -> bool:
        key = {
            "team": self._team,
            "channel": fact.channel,
            "ts": fact.ts,
            "member": fact.member,
            "stamp": fact.stamp,
        }
        row = self._connection.execute(_GET, key).mappings().first()
        known: datetime | None = row[side] if row else None
        if known and known >= fact.at:
            return False
        # A removal keeps what is known about the precision of the adding.
        dated = dated if side == "added_at" or row is None else row["dated"]
        self._replace(STAMPS, {**key, side: fact.at, "dated": dated})
        return True
