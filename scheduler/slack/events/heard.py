"""What one event says."""

from dataclasses import dataclass

from scheduler.model.facts import Fact
from scheduler.slack.events.notices import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Facts to fold, and notices for the service itself. Both are empty when the event is none of ours."""

    facts: tuple[Fact, ...] = ()
    notices: tuple[Notice, ...] = ()


NOTHING = Heard()
