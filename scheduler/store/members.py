"""Members: joins by the best source, descriptions by the latest, and their first post."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update

from scheduler.model.facts import JoinSource, MemberDescribed, MemberTraced
from scheduler.model.people import Member
from scheduler.store.rows import Rows, Session, table_of
from scheduler.store.tables import MemberRow

MEMBERS = table_of(MemberRow)
_OURS = (MEMBERS.c.team == bindparam("b_team"), MEMBERS.c.member == bindparam("b_member"))
_GET = select(MEMBERS).where(*_OURS)
#: How many are read together.
_TOGETHER = 64
_SOME = tuple(f"b_member_{number}" for number in range(_TOGETHER))
_GET_SOME = select(MEMBERS).where(
    MEMBERS.c.team == bindparam("b_team"), MEMBERS.c.member.in_([bindparam(name) for name in _SOME])
)
_SET_JOIN = (
    update(MEMBERS).where(*_OURS).values(joined_at=bindparam("b_at"), join_source=bindparam("b_source"))
)
_SET_FIRST = update(MEMBERS).where(*_OURS).values(first_post_ts=bindparam("b_first"))
_DESCRIBED = (
    *("name", "is_bot", "is_guest", "locale", "described_at", "deactivated_at"),
    "first_post_ts",
)
_DESCRIBE = update(MEMBERS).where(*_OURS).values({name: bindparam(f"b_{name}") for name in _DESCRIBED})
_JOINS = (
    select(MEMBERS.c.join_source, func.count().label("number"))
    .where(MEMBERS.c.team == bindparam("b_team"), MEMBERS.c.is_bot.is_(False))
    .group_by(MEMBERS.c.join_source)
)
_RANK: dict[JoinSource | None, int] = {source: rank for rank, source in enumerate(JoinSource)}


class MemberRows(Rows):
    """Implements `ports.Members`."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._read: dict[str, Member] = {}  # for as long as the transaction lasts

    def forget_read(self) -> None:
        """What was written since was undone."""
        self._read.clear()

    def get(self, member: str) -> Member:
        if member not in self._read:
            row = next(self._dicts(_GET, b_member=member), None)
            self._read[member] = _member(row) if row else Member(team=self._team, member=member)
        return self._read[member]

    def read_ahead(self, members: Iterable[str]) -> None:
        new = [member for member in dict.fromkeys(members) if member not in self._read]
        for start in range(0, len(new), _TOGETHER):
            some = new[start : start + _TOGETHER]
            self._read |= {member: Member(team=self._team, member=member) for member in some}
            filled = some + some[-1:] * (_TOGETHER - len(some))  # so that there is one statement
            for row in self._dicts(_GET_SOME, **dict(zip(_SOME, filled, strict=True))):
                self._read[row["member"]] = _member(row)

    def trace(self, fact: MemberTraced) -> bool:
        known = self.get(fact.member)
        if known.joined_at and _order(known.join_source, known.joined_at) <= _order(fact.source, fact.at):
            return False
        self._know(fact.member)
        self._change(_SET_JOIN, b_member=fact.member, b_at=fact.at, b_source=fact.source.value)
        self._read[fact.member] = replace(known, joined_at=fact.at, join_source=fact.source)
        return True

    def describe(self, fact: MemberDescribed) -> bool:
        known = self.get(fact.member)
        if known.described_at and known.described_at >= fact.at:
            return False
        self._know(fact.member)
        new = replace(
            known,
            name=fact.name,
            is_bot=fact.is_bot,
            is_guest=fact.is_guest,
            locale=fact.locale,
            described_at=fact.at,
            deactivated_at=fact.at if fact.is_deactivated else None,
            first_post_ts=None if fact.is_bot else known.first_post_ts,
        )
        self._change(
            _DESCRIBE, b_member=fact.member, **{f"b_{name}": getattr(new, name) for name in _DESCRIBED}
        )
        self._read[fact.member] = new
        return (new.is_bot, new.deactivated_at) != (known.is_bot, known.deactivated_at)

    def posted(self, member: str, ts: str) -> None:
        known = self.get(member)
        if known.first_post_ts is None or ts < known.first_post_ts:
            self._know(member)
            self._change(_SET_FIRST, b_member=member, b_first=ts)
            self._read[member] = replace(known, first_post_ts=ts)

    def joins(self) -> Mapping[JoinSource | None, int]:
        found = self._rows(_JOINS)
        return {JoinSource(source) if source else None: number for source, number in found}

    def _know(self, member: str) -> None:
        """Makes sure of a row to write to."""
        self._insert_new(MEMBERS, {"member": member, "name": "", "is_bot": False, "is_guest": False})


def _member(row: Mapping[str, Any]) -> Member:
    source = row["join_source"]
    return Member(**{**row, "join_source": JoinSource(source) if source else None})


def _order(source: JoinSource | None, at: datetime) -> tuple[int, datetime]:
    return _RANK[source], at
