"""What became of one attempt to bring a message out. The sender knows why; the pipeline acts on the kind."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Delivered:
    """Slack took it, and this is where it stands: needed to edit it later.

    What shadow mode did not really send has an empty `ts`: it stands nowhere.
    """

    channel: str
    ts: str

    @property
    def is_shadow(self) -> bool:
        return not self.ts


#: Slack's words for it that there were too many of our messages.
TOO_MANY = frozenset(("ratelimited", "rate_limited", "message_limit_exceeded"))


@dataclass(frozen=True, slots=True)
class NotSent:
    """It surely did not go out, and may be tried again after `retry_after`."""

    code: str
    retry_after: timedelta

    @property
    def is_asked_for(self) -> bool:
        """Slack itself wants no message of ours before that."""
        return self.code in TOO_MANY


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack will never take this message for this recipient. `app_is_broken`: nor any other one."""

    code: str
    app_is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have gone out: look before sending again."""

    code: str


Delivery = Delivered | NotSent | Refused | Unknown
