"""Members: joins by the best source, descriptions by the latest, and their first post."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from scheduler.model.facts import JoinSource, MemberDescribed, MemberTraced
from scheduler.model.people import Member
from scheduler.store.rows import DueMemo, Rows, table_of
from scheduler.store.tables import MemberRow

MEMBERS = table_of(MemberRow)
_OURS = (MEMBERS.c.team == bindparam("b_team"), MEMBERS.c.member == bindparam("b_member"))
_GET = select(MEMBERS).where(*_OURS)
_SET_JOIN = update(MEMBERS).where(*_OURS).values(joined_at=bindparam("at"), join_source=bindparam("source"))
_SET_FIRST = update(MEMBERS).where(*_OURS).values(first_post_ts=bindparam("first"))
_DESCRIBED = ("name", "is_bot", "is_guest", "locale", "described_at", "deactivated_at")
_DESCRIBE = update(MEMBERS).where(*_OURS).values({name: bindparam(f"v_{name}") for name in _DESCRIBED})
_RANK = {source.value: rank for rank, source in enumerate(JoinSource)}


class MemberRows(Rows):
    """Implements `ports.Members`."""

    def __init__(self, connection: Connection, team: str, due: DueMemo) -> None:
        super().__init__(connection, team, due)
        self._read: dict[str, Member] = {}  # for as long as the transaction lasts

    def get(self, member: str) -> Member:
        if member not in self._read:
            self._read[member] = self._fetch(member)
        return self._read[member]

    def trace(self, fact: MemberTraced) -> bool:
        values = {"joined_at": fact.at, "join_source": fact.source.value}
        if self._insert_new(MEMBERS, {**self._blank(fact.member), **values}):
            self._read.pop(fact.member, None)
            return True
        known = self.get(fact.member)
        if known.join_source and known.joined_at:
            if (_RANK[known.join_source], known.joined_at) <= (_RANK[fact.source], fact.at):
                return False
        self._connection.execute(
            _SET_JOIN, {**self._key(fact.member), "at": fact.at, "source": fact.source.value}
        )
        del self._read[fact.member]
        return True

    def describe(self, fact: MemberDescribed) -> bool:
        self._insert_new(MEMBERS, self._blank(fact.member))
        known = self.get(fact.member)
        if known.described_at and known.described_at >= fact.at:
            return False
        gone_at = (known.deactivated_at or fact.at) if fact.is_deactivated else None
        said = {
            "v_name": fact.name,
            "v_is_bot": fact.is_bot,
            "v_is_guest": fact.is_guest,
            "v_locale": fact.locale,
            "v_described_at": fact.at,
            "v_deactivated_at": gone_at,
        }
        self._connection.execute(_DESCRIBE, {**self._key(fact.member), **said})
        del self._read[fact.member]
        return fact.is_bot != known.is_bot or fact.is_deactivated != bool(known.deactivated_at)

    def posted(self, member: str, ts: str) -> None:
        known = self.get(member)
        if known.first_post_ts is None or ts < known.first_post_ts:
            self._connection.execute(_SET_FIRST, {**self._key(member), "first": ts})
            self._read[member] = replace(known, first_post_ts=ts)

    def _fetch(self, member: str) -> Member:
        row = self._connection.execute(_GET, self._key(member)).mappings().first()
        if row is None:
            return Member(team=self._team, member=member)
        source = row["join_source"]
        return Member(**{**row, "join_source": JoinSource(source) if source else None})

    def _key(self, member: str) -> dict[str, str]:
        return {"b_team": self._team, "b_member": member}

    def _blank(self, member: str) -> dict[str, Any]:
        return {"team": self._team, "member": member, "name": "", "is_bot": False, "is_guest": False}
