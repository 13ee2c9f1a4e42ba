"""What was found out about a message whose sending had an unknown outcome."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Found:
    """It did go out, and this is where it stands."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Absent:
    """It is not where it would have to be."""


@dataclass(frozen=True, slots=True)
class NotKnown:
    """Nobody could look; `code` says why. Looking again before `wait` is over would not help either."""

    code: str
    wait: timedelta = timedelta(0)


Lookup = Found | Absent | NotKnown
