"""What a finished simulation hands over to be counted and shown: plain values and where to read rows from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scheduler.model.cases import Case
from scheduler.model.decisions import DecisionRecord, Reason
from scheduler.model.messages import REPORTED, OutgoingMessage

#: A message with the reasons it was held for.
MessageLine = tuple[OutgoingMessage, tuple[Reason, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Where rows are read from. Each call reads anew, so that no report has to keep them all.

    `messages` are those of the kinds that reports count: see `reported`.
    `ended_at` is the virtual time at the end: what was open then has waited until then.
    """

    cases: Callable[[], Iterable[Case]]
    messages: Callable[[], Iterable[MessageLine]]
    decisions: Callable[[], Iterable[DecisionRecord]]
    ended_at: datetime


def reported(lines: Iterable[MessageLine]) -> Iterator[MessageLine]:
    """Without edits of alerts, and without notices to the admins: they reach nobody in the community."""
    return (line for line in lines if line[0].kind in REPORTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Ids to names, for showing: who has no name is shown by id, and no name can steer a terminal."""

    channels: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)

    def channel(self, channel: str) -> str:
        return f"#{_printable(self.channels.get(channel, '')) or channel}"

    def member(self, member: str) -> str:
        return _printable(self.members.get(member, "")) or member

    def recipient(self, recipient: str) -> str:
        """A channel or a member: whichever the id is known as."""
        return self.channel(recipient) if recipient in self.channels else self.member(recipient)


def _printable(name: str) -> str:
    return "".join(sign for sign in name if sign.isprintable()).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Where a finding was met, and how often there. `what` is an id, a ts, a subtype or a position."""

    file: str
    what: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """What reading the history came upon. A note is no fault. `sentence` is in the reader's language."""

    code: str
    count: int
    is_note: bool
    sentence: str
    examples: tuple[Sighting, ...] = ()
