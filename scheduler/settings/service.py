"""How the service runs, and how long it keeps what it knows."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Mode(StrEnum):
    """`shadow` decides everything and sends nothing; `live` sends."""

    SHADOW = "shadow"
    LIVE = "live"

    @property
    def shown(self) -> str:
        """As logs and screens say it, so that nobody overlooks the shadow."""
        return self.value.upper() if self is Mode.SHADOW else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """How long what is kept."""

    excerpt_length: int  #: characters of an open case's post that an alert may show
    keep_messages: timedelta  #: who wrote where and when, without text
    keep_decisions: timedelta


class NewChannels(StrEnum):
    """What happens about a public channel that was just created."""

    TELL = "tell"  #: the admins are told
    JOIN = "join"  #: the app joins it


class Receive(StrEnum):
    """How the service hears what happens in Slack."""

    SOCKET = "socket"  #: over connections that we open ourselves (Socket Mode)
    HTTP = "http"  #: Slack sends requests to us (a Request URL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where something listens. An IPv6 host stands without its brackets."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """How the service runs. `admins` is the channel where admins are told, a name or an id.

    `slack_api` ends in a slash. `listen` is where Slack's requests arrive, when they come by HTTP.
    `health` is on this machine; None: nobody is told how the service is.
    An alert about something older than `catch_up` open days is not sent after an outage.
    """

    slack_api: str
    admins: str
    new_channels: NewChannels
    receive: Receive
    listen: Address
    health: Address | None
    catch_up: int
