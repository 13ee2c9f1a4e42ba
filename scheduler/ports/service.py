"""What the service keeps for itself: its inbox, its record of decisions, and how far it came.

Each sentence of a docstring is a contract. Instants are aware UTC.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from scheduler.model.decisions import DecisionRecord
from scheduler.model.envelopes import Envelope


class Decisions(Protocol):
    """The append-only record of what was decided, and why."""

    def record(self, record: DecisionRecord) -> bool:
        """Adds a line unless the last one of the same subject and rule says the same."""
        ...

    def forget(self, *, before: datetime) -> None:
        """Drops what is older."""
        ...


class Inbox(Protocol):
    """Every payload of Slack's, kept before it is acknowledged, until it is folded."""

    def put(self, envelopes: Sequence[Envelope]) -> tuple[bool, ...]:
        """Keeps them in their order; says of each whether it is new: none of its key was ever kept."""
        ...

    def waiting(self, *, most: int) -> tuple[Envelope, ...]:
        """Those that nobody looked into yet, in the order they were kept."""
        ...

    def repeating(self, *, most: int) -> frozenset[str]:
        """Of those that `waiting` gives, the keys of those whose gesture was told by one that was folded."""
        ...

    def done(self, keys: Sequence[str], *, now: datetime) -> None:
        """They were folded; their payloads go, their keys stay."""
        ...

    def dead(self, key: str, reason: str, *, now: datetime) -> None:
        """It cannot be folded. Its payload stays for a while, for whoever looks into it."""
        ...

    def waiting_since(self) -> datetime | None:
        """When the oldest one that still waits was received."""
        ...

    def refused(self) -> tuple[tuple[str, int], ...]:
        """Why payloads are dead, and how many of them."""
        ...

    def forget(self, *, done_before: datetime, dead_before: datetime) -> None:
        """Drops folded ones received before that, but never the newest, and empties dead ones."""
        ...


class Marks(Protocol):
    """What the service remembers from run to run, each under a name."""

    def all(self) -> Mapping[str, str]: ...

    def get(self, name: str) -> str | None: ...

    def put(self, name: str, value: str) -> None:
        """The latest value is the one that counts."""
        ...


class Jobs(Protocol):
    """When each recurring job last fired."""

    def last_fired(self) -> Mapping[str, datetime]: ...

    def fired(self, job: str, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProgress:
    """How far the import of one history came. `source` tells it from every other history.

    `facts_done` counts its facts from the beginning; the last of them told of `told_until`.
    """

    source: str
    facts_done: int = 0
    told_until: datetime | None = None
    finished: bool = False


class Imports(Protocol):
    """How far each history was imported."""

    def get(self, source: str) -> ImportProgress:
        """Of one that was never begun: that nothing is done."""
        ...

    def save(self, progress: ImportProgress) -> None: ...

    def unfinished(self) -> tuple[ImportProgress, ...]:
        """Imports that were begun and are not finished: their cases wait until one is."""
        ...

    def give_up(self) -> None:
        """Forgets the unfinished ones: what they began, another one ended."""
        ...

    def teams(self) -> frozenset[str]:
        """Every workspace that the database knows anything of."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to work for a workspace, as it stands; `holder` is None once it was given up.

    Who sees nothing of it change for `lasts` may take it. No instant stands in it: clocks of machines differ.
    """

    holder: str | None
    token: int
    renewals: int
    lasts: timedelta


class Leases(Protocol):
    """Which of several processes folds, plans and sends."""

    def get(self) -> Lease | None:
        """None when nobody ever took it."""
        ...

    def take(self, holder: str, *, lasts: timedelta) -> Lease:
        """Whoever had it has it no more. Its token is higher than any before."""
        ...

    def renew(self, token: int) -> bool:
        """Shows that its holder lives; False when it is not the one of that token any more."""
        ...

    def give_up(self, token: int) -> None:
        """Anybody may take it at once; nothing when it is not the one of that token any more."""
        ...
