"""Who is in a user group, as far as Slack told: in a list, and of single members since then.

What is told late never wins over what was told of a later moment. Nobody is asked, nothing is decided here.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from scheduler.model.facts import GroupChanged, GroupListed
from scheduler.model.marks import GROUP
from scheduler.ports import Work

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The last list, and of each member what was told last since: when, and whether they were in then."""

    listed_at: datetime = _NEVER
    listed: frozenset[str] = frozenset()
    since: Mapping[str, tuple[datetime, bool]] = field(default_factory=dict)

    @property
    def members(self) -> tuple[str, ...]:
        """In a stable order."""
        came = {member for member, (_, is_in) in self.since.items() if is_in}
        return tuple(sorted((self.listed - self.since.keys()) | came))

    def with_list(self, members: Iterable[str], *, at: datetime) -> "Roster":
        """Events may tell whole seconds alone: what changed in the second of a list wins over it."""
        second = at.replace(microsecond=0)
        if second < self.listed_at:
            return self
        since = {member: told for member, told in self.since.items() if told[0] >= second}
        return Roster(listed_at=second, listed=frozenset(members), since=since)

    def with_change(self, members: Iterable[str], *, at: datetime, is_in: bool) -> "Roster":
        if at < self.listed_at:
            return self
        news = {member: (at, is_in) for member in members if at >= self._told_at(member)}
        return replace(self, since={**self.since, **news})

    def _told_at(self, member: str) -> datetime:
        return self.since[member][0] if member in self.since else _NEVER


def keep_group(work: Work, fact: GroupListed | GroupChanged) -> None:
    """Takes in what Slack told. Doing it again, or in another order, comes to the same."""
    roster = _read(work, fact.group)
    if isinstance(fact, GroupListed):
        roster = roster.with_list(fact.members, at=fact.at)
    else:
        roster = roster.with_change(fact.removed, at=fact.at, is_in=False)
        roster = roster.with_change(fact.added, at=fact.at, is_in=True)
    work.marks.put(GROUP + fact.group, _written(roster))


def members_of(work: Work, group: str) -> tuple[str, ...]:
    """Nobody until Slack told."""
    return _read(work, group).members


def _read(work: Work, group: str) -> Roster:
    text = work.marks.get(GROUP + group)
    if not text:
        return Roster()
    told = json.loads(text)
    return Roster(
        listed_at=datetime.fromisoformat(told["listed_at"]),
        listed=frozenset(told["listed"]),
        since={member: (datetime.fromisoformat(at), is_in) for member, (at, is_in) in told["since"].items()},
    )


def _written(roster: Roster) -> str:
    since = {member: (at.isoformat(), is_in) for member, (at, is_in) in roster.since.items()}
    told = {"listed_at": roster.listed_at.isoformat(), "listed": sorted(roster.listed), "since": since}
    return json.dumps(told)
