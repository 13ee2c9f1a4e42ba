"""What every way of hearing Slack has in common. Nothing of what is heard is looked into here."""

from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any, Protocol


class Kind(StrEnum):
    """What Slack tells. The values are Socket Mode's names; a type that is none of these may come too."""

    EVENT = "events_api"
    INTERACTION = "interactive"
    COMMAND = "slash_commands"


#: Takes in what came, by its type, and gives the body of the answer. When it raises, Slack is to repeat it.
Receive = Callable[[str, Mapping[str, Any]], Awaitable[Mapping[str, Any] | None]]


class Ear(Protocol):
    """Hears from `open` until `end`. What `Receive` raises is not acknowledged."""

    @property
    def silent_for(self) -> float | None:
        """Seconds of real time since the last sign of life from Slack; None before the first."""
        ...

    @property
    def is_well(self) -> bool:
        """Whether all that Slack tells at this moment would be heard."""
        ...

    @property
    def uncertain_for(self) -> float | None:
        """For how many seconds up to now it is not certain that all was heard; None when nothing is."""
        ...

    async def open(self) -> None:
        """Raises AddressTaken."""
        ...

    async def listen(self) -> None:
        """Until ended or cancelled. Raises ConnectionLost when Slack cannot be heard for too long."""
        ...

    def end(self) -> None:
        """It ends soon."""
        ...
