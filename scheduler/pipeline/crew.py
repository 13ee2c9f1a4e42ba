"""What the stages share: who does the work, and the parcel that is ready to go."""

from dataclasses import dataclass

from scheduler.actions.context import Context
from scheduler.model.messages import OutgoingMessage, Rendered
from scheduler.ports import Renderer


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """What the stages before delivery need: the settings, and the words."""

    context: Context
    renderer: Renderer


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed message together with its finished payload."""

    message: OutgoingMessage
    rendered: Rendered
