"""Who is told of what the service does, while it does it. They change nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.live.inbox import Emptied
from scheduler.model.deliveries import Delivery
from scheduler.model.envelopes import Envelope
from scheduler.model.messages import OutgoingMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlookers:
    """`came`: something new waits, or something was missed. `kept`: an envelope is durable; is it new?

    `heard`: some of what waited was folded. `attempted`: what became of a message.
    """

    came: Callable[[], None] = lambda: None
    kept: Callable[[Envelope, bool], None] = lambda _, __: None
    heard: Callable[[Emptied], None] = lambda _: None
    attempted: Callable[[OutgoingMessage, Delivery], None] = lambda _, __: None


NOBODY = Onlookers()
