"""What a visitor is shown to do first, when whoever serves the page has something to show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A newcomer's name to join with, the channel to ask in, and something to ask there, by language."""

    name: dict[str, str]
    channel: str
    question: dict[str, str]
