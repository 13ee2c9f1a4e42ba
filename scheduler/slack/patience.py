"""How long the connections to Slack are borne with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds of real time, whatever clock the service lives by."""

    look_every: float = 1
    #: Slack renews a connection some hours after it began, and is not to renew both at the same moment.
    apart: float = 15
    ping_every: float = 10
    deaf_after: float = 60
    close_within: float = 3
    gap_after: float = 60
    give_up_after: float = 600
