"""How the service is doing, and what is wrong with that. Pure: no I/O, no clock."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.settings import Mode, Receive

#: Seconds without a sign of life from Slack. A connection is pinged every 10 s and renewed after 60 s of
#: silence; a longer silence means that renewing did not help.
DEAF_AFTER = 90
#: What arrives is folded within a second; so long only when folding has stopped.
INBOX_LAG = timedelta(minutes=2)
#: What a rate limit may hold up an alert for, and a little more.
ALERT_LATE = timedelta(minutes=5)
#: Kinds of events that are counted apart; further ones, which Slack may invent, are `other`.
_MOST_KINDS = 50


class Role(StrEnum):
    """What a process does among those that share a database. The values stand in the JSON of `/readyz`."""

    HOLDER = "holder"  #: it folds, plans and sends
    STANDBY = "standby"  #: it takes events in, and goes on with the rest when the holder is gone


class TroubleKind(StrEnum):
    """What is wrong. The values stand in metrics and in the JSON of `/readyz`."""

    NO_ANSWER = "no_answer"  #: the service does not even say how it is doing
    DATABASE = "database"  #: nothing can be written down
    REFUSED = "refused"  #: Slack refuses the app: its token or a permission is gone
    CHANNEL_CLOSED = "channel_closed"  #: a channel that we write to takes nothing
    NOT_CONNECTED = "not_connected"  #: Slack was not heard of since the start
    DEAF = "deaf"  #: Slack was heard of, and is not any more
    INBOX_LAG = "inbox_lag"  #: what arrived is not read
    ALERT_LATE = "alert_late"  #: an alert could go out, and does not


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing that is wrong; for how many seconds, or with which code of Slack's, where that is known."""

    kind: TroubleKind
    seconds: int = 0
    code: str = ""


@dataclass(slots=True)
class Counts:
    """What happened since the start. Each count only ever grows; messages go by kind and outcome."""

    received: Counter[str] = field(default_factory=Counter)
    duplicates: Counter[str] = field(default_factory=Counter)
    dead: Counter[str] = field(default_factory=Counter)
    messages: Counter[tuple[str, str]] = field(default_factory=Counter)
    facts_folded: int = 0

    def count_received(self, kind: str, *, is_new: bool) -> None:
        """An envelope that came; one that is not new was kept before."""
        name = self._counted(kind)
        self.received[name] += 1
        self.duplicates[name] += not is_new

    def count_dead(self, kind: str) -> None:
        """An envelope that could not be folded."""
        self.dead[self._counted(kind)] += 1

    def count_message(self, kind: str, outcome: str) -> None:
        """A message that an attempt, or the decision against one, brought to an outcome."""
        self.messages[kind, outcome] += 1

    def _counted(self, kind: str) -> str:
        is_known = kind in self.received or len(self.received) < _MOST_KINDS
        return kind if is_known else "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How the service is doing at `now`.

    `seconds_since_sign` is real time, None before the first sign. `oldest_alert_due_at` is the earliest
    `not_before` of unsent alerts, None when there are none: one held for quiet time is due when that ends.
    `refused_code` is Slack's, while it refuses the app; `closed_code`, while a channel takes nothing.
    """

    now: datetime
    mode: Mode
    receive: Receive = Receive.SOCKET
    role: Role = Role.HOLDER
    database_writable: bool = True
    seconds_since_sign: float | None = None
    inbox_waiting_since: datetime | None = None
    oldest_alert_due_at: datetime | None = None
    catching_up: bool = False
    refused_code: str | None = None
    closed_code: str | None = None
    counts: Counts = field(default_factory=Counts)

    @property
    def inbox_lag(self) -> timedelta:
        """For how long the oldest envelope waits."""
        return self._since(self.inbox_waiting_since)

    @property
    def alert_lateness(self) -> timedelta:
        """For how long the oldest unsent alert is due."""
        return self._since(self.oldest_alert_due_at)

    def _since(self, at: datetime | None) -> timedelta:
        return max(self.now - at, timedelta()) if at else timedelta()


def ready(status: Status) -> tuple[Trouble, ...]:
    """Everything that is wrong, the worst first; nothing when the service does what it is for."""
    return tuple(_troubles(status))


def _troubles(status: Status) -> Iterator[Trouble]:
    if not status.database_writable:
        yield Trouble(kind=TroubleKind.DATABASE)
    if status.refused_code is not None:
        yield Trouble(kind=TroubleKind.REFUSED, code=status.refused_code)
    if status.closed_code is not None:
        yield Trouble(kind=TroubleKind.CHANNEL_CLOSED, code=status.closed_code)
    if status.receive is Receive.SOCKET:
        yield from _deafness(status.seconds_since_sign)
    if status.inbox_lag > INBOX_LAG:
        yield Trouble(kind=TroubleKind.INBOX_LAG, seconds=int(status.inbox_lag.total_seconds()))
    if status.alert_lateness > ALERT_LATE:
        yield Trouble(kind=TroubleKind.ALERT_LATE, seconds=int(status.alert_lateness.total_seconds()))


def _deafness(silent_for: float | None) -> Iterator[Trouble]:
    """Where Slack's requests come to us, silence says nothing: perhaps nobody did anything."""
    if silent_for is None:
        yield Trouble(kind=TroubleKind.NOT_CONNECTED)
    elif silent_for > DEAF_AFTER:
        yield Trouble(kind=TroubleKind.DEAF, seconds=int(silent_for))
