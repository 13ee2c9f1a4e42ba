"""One transaction over everything that is known of a workspace, and who begins it.

A `Work` is one transaction: all of it is kept, or nothing.
"""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from scheduler.model.people import Ambassador
from scheduler.ports.cases import Cases, Enrolments
from scheduler.ports.community import Channels, Members, Messages, Stamps, Talks
from scheduler.ports.sending import Outbox
from scheduler.ports.service import Decisions, Imports, Inbox, Jobs, Leases, Marks


class Work(Protocol):
    """One transaction over everything that is known of one workspace."""

    @property
    def team(self) -> str: ...

    @property
    def members(self) -> Members: ...

    @property
    def channels(self) -> Channels: ...

    @property
    def messages(self) -> Messages: ...

    @property
    def talks(self) -> Talks: ...

    @property
    def stamps(self) -> Stamps: ...

    @property
    def cases(self) -> Cases: ...

    @property
    def enrolments(self) -> Enrolments: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def decisions(self) -> Decisions: ...

    @property
    def inbox(self) -> Inbox: ...

    @property
    def jobs(self) -> Jobs: ...

    @property
    def marks(self) -> Marks: ...

    @property
    def imports(self) -> Imports: ...

    @property
    def leases(self) -> Leases: ...

    def savepoint(self) -> AbstractContextManager[None]:
        """What changes in this block is undone when it raises; what came before stays.

        Raises DatabaseInTrouble when the database itself fails: nothing of the whole transaction stays then.
        """
        ...

    def next_due(self) -> datetime | None:
        """The earliest time at which a case, an enrolment or a message of the outbox is due.

        A message whose outcome is unknown is due when it is looked up, one on its way when its lease ends.
        """
        ...


class Store(Protocol):
    """One workspace's rows."""

    def begin(self) -> AbstractContextManager[Work]:
        """A transaction: kept when the block ends, undone when it raises."""
        ...


class Directory(Protocol):
    """Knows the ambassadors."""

    def ambassadors(self, work: Work, *, now: datetime) -> tuple[Ambassador, ...]:
        """Those who may be told on the local day of `now`, in a stable order."""
        ...
