"""What Slack tells us that is no fact about the community, but that the service itself must act on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChannelAppeared:
    """A public channel was created; nobody watches it until the app is in it."""

    channel: str


@dataclass(frozen=True, slots=True)
class ChannelArchived:
    """A channel was archived, or (`archived` false) taken out of the archive. Its name is not told."""

    channel: str
    archived: bool


@dataclass(frozen=True, slots=True)
class ChannelMoved:
    """A channel got another id."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class SomebodyCame:
    """A member (perhaps our own app) came into a channel."""

    channel: str
    member: str


@dataclass(frozen=True, slots=True)
class SomebodyLeft:
    """A member (perhaps our own app) left a channel."""

    channel: str
    member: str


@dataclass(frozen=True, slots=True)
class HomeOpened:
    """A member opened the app's Home."""

    member: str


@dataclass(frozen=True, slots=True)
class EventsLost:
    """Slack dropped events: there were too many. What they said is not told later."""


@dataclass(frozen=True, slots=True)
class AccessLost:
    """The app was uninstalled, or its token revoked."""

    uninstalled: bool


Notice = (
    ChannelAppeared
    | ChannelArchived
    | ChannelMoved
    | SomebodyCame
    | SomebodyLeft
    | HomeOpened
    | EventsLost
    | AccessLost
)
