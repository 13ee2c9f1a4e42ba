"""One line of the telling, and the words that every line needs."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rich.cells import cell_len, set_cell_size

from scheduler.catalogue import say
from scheduler.model.messages import Rendered
from scheduler.policy.opentime import OpenTime
from scheduler.report import Names, as_read

#: Terminal cells of somebody's words that are shown; the rest is in Slack.
_EXCERPT = 64
#: Where a line ends in Japanese, nothing takes its place.
_BREAK = re.compile(r"(?<=[^\x00-\x7f])\n+")
_LINK = re.compile(r"https?://\S+")


class Tone(StrEnum):
    """Who speaks in a line; on a terminal each has its colour."""

    PEOPLE = "people"
    CHAT = "chat"  #: everyday talk that nothing follows from
    OURS = "ours"  #: what was sent, and what was decided
    QUOTE = "quote"  #: a message of ours as it was received


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What happened at an instant, in the reader's language."""

    at: datetime
    text: str
    tone: Tone


class Words:
    """The reader's language, and what people and channels are called."""

    def __init__(self, language: str, names: Names, open_time: OpenTime) -> None:
        self.language = language
        self.names = names
        self.open_time = open_time

    def say(self, code: str, /, **values: object) -> str:
        return say(self.language, f"demo.{code}", **values)

    def person(self, member: str | None) -> str:
        return say(self.language, "simulate.person", name=self.names.member(member or ""))

    def recipient(self, recipient: str) -> str:
        """The channel or the member with this id."""
        is_channel = recipient in self.names.channels
        return self.names.channel(recipient) if is_channel else self.person(recipient)

    def gist(self, code: str, sample: str, told: str = "") -> str:
        """What the sample says in Japanese, for who reads that; for others what is `told` of it, if any."""
        words = sample if self.language == "ja" else told
        return self.say(code, words=words) if words else ""

    def excerpt(self, text: str) -> str:
        """The beginning of what somebody wrote, in one line, as people read it."""
        read = _LINK.sub(
            self.say("link"), " ".join(_BREAK.sub("", as_read(Rendered(text=text), self.names)).split())
        )
        return read if cell_len(read) <= _EXCERPT else set_cell_size(read, _EXCERPT).rstrip() + "…"

    def time(self, at: datetime) -> str:
        return f"{at.astimezone(self.open_time.zone):%H:%M}"

    def weekday(self, at: datetime) -> str:
        """In short."""
        return self.say(f"weekday_{at.astimezone(self.open_time.zone).weekday()}")

    def day(self, at: datetime) -> str:
        local = at.astimezone(self.open_time.zone)
        month = say(self.language, f"words.month_{local.month}")
        weekday = say(self.language, f"words.weekday_{local.weekday()}")
        return say(self.language, "words.day", month=month, day=local.day, weekday=weekday)
