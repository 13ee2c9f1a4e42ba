"""What went in: facts are counted on their way into the simulation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from scheduler.model.facts import ChannelDescribed, Fact, MemberDescribed, MemberTraced, MessagePosted, Shape
from scheduler.report.results import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """How much there was to read. `posts`: top-level, by humans. `first_at` and `last_at` are of messages."""

    messages: int = 0
    posts: int = 0
    members: int = 0
    channels: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None


class FactCount:
    """Counts facts while they pass, and remembers who is called what."""

    def __init__(self) -> None:
        self._messages = 0
        self._posts = 0
        self._members: set[str] = set()
        self._first_at: datetime | None = None
        self._last_at: datetime | None = None
        self._channel_names: dict[str, tuple[datetime, str]] = {}
        self._member_names: dict[str, tuple[datetime, str]] = {}

    def passing(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """The same facts, counted."""
        for fact in facts:
            self._count(fact)
            yield fact

    def history(self) -> History:
        return History(
            messages=self._messages,
            posts=self._posts,
            members=len(self._members),
            channels=len(self._channel_names),
            first_at=self._first_at,
            last_at=self._last_at,
        )

    def names(self) -> Names:
        """The latest names."""
        return Names(
            channels={channel: name for channel, (_, name) in self._channel_names.items()},
            members={member: name for member, (_, name) in self._member_names.items()},
        )

    def _count(self, fact: Fact) -> None:
        match fact:
            case MessagePosted(at=at, shape=shape, author=author, is_bot=is_bot):
                self._messages += 1
                self._posts += shape is Shape.POST and author is not None and not is_bot
                self._first_at = min(at, self._first_at or at)
                self._last_at = max(at, self._last_at or at)
            case MemberTraced(member=member):
                self._members.add(member)
            case MemberDescribed(member=member, at=at, name=name):
                self._members.add(member)
                _latest(self._member_names, member, at, name)
            case ChannelDescribed(channel=channel, at=at, name=name):
                _latest(self._channel_names, channel, at, name)


def _latest(names: dict[str, tuple[datetime, str]], key: str, at: datetime, name: str) -> None:
    names[key] = max(names.get(key, (at, name)), (at, name))
