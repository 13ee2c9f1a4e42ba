"""How much anybody may ask of the place where Slack's requests arrive: the whole internet may see it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Bytes, connections, and seconds of real time. Slack waits three seconds for an answer."""

    #: Of a body. Slack's largest hold a view or a message: some hundred thousand bytes.
    largest: int = 2**20
    #: For a body to arrive.
    body_within: float = 2.0
    #: For what was said to be kept.
    kept_within: float = 2.5
    #: Connections at once. Slack sends some dozens of events a second, each is answered in milliseconds.
    most: int = 100
    #: A connection, from its first byte to its last.
    longest: float = 10.0
    #: For those who are being answered at the end.
    finish_within: float = 1.0


BOUNDS = Bounds()
