"""Cases: tracked posts from opening to closing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.model.decisions import Reason


class ChannelKind(StrEnum):
    """What a channel is for; decides which posts open a case."""

    QUESTIONS = "questions"  #: a beginner's post opens a case
    INTRODUCTIONS = "introductions"  #: a hello: to be touched is enough
    CHAT = "chat"  #: only what reads like a question opens a case
    OFF = "off"  #: never watched


class Outcome(StrEnum):
    """How a case ended: a closed set."""

    ANSWERED = "answered"
    RESOLVED = "resolved"  #: the author or an ambassador says that it is solved
    WITHDRAWN = "withdrawn"  #: the post was deleted
    DISMISSED = "dismissed"  #: an ambassador says that it needs no answer
    EXPIRED = "expired"  #: nobody came in the time the config gives
    MAYBE_ANSWERED = "maybe_answered"  #: the same, but very likely somebody answered in the channel
    AUTHOR_GONE = "author_gone"  #: the author was deactivated


class SignKind(StrEnum):
    """What happened around a case."""

    REPLY = "reply"  #: in the thread of a message of the run
    MENTION = "mention"  #: a later post in the channel mentions the author
    LINK = "link"  #: a later post links the post
    STAMP = "stamp"  #: a reaction
    EDIT = "edit"  #: the author's edit says that it is solved
    TALK = "talk"  #: a post in the channel for which the author then said thanks


class WeakStrength(StrEnum):
    """How much a weak sign looks like the answer."""

    SLIGHT = "slight"  #: it asks something new, or goes on with another talk
    LIKELY = "likely"
    STRONG = "strong"  #: it reads like an answer to the post, or its author then writes again


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How many cases were answered outside threads, and in threads: in a channel, and in all of them."""

    outside: int = 0
    in_threads: int = 0
    all_outside: int = 0
    all_in_threads: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKey:
    """One opening of one tracked post. `opening` counts from 1."""

    team: str
    channel: str
    ts: str
    opening: int = 1

    def __str__(self) -> str:
        return f"{self.team}:{self.channel}:{self.ts}:{self.opening}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One opening of a tracked post, as the facts tell it.

    `reason` says why it opened. `run_end_at` is the time of the last message of the run that the post is.
    `weak_sign_at` is that of the next posts in the channel by somebody else which looks most like the answer:
    it delays, and never touches. `undated_stamp`: a stamp whose time the history does not tell, so that it
    may have been touched earlier than we know.
    `closed_at` and `outcome` are set together. `due_at` is when planning looks at it next.
    """

    key: CaseKey
    author: str
    kind: ChannelKind
    topic: str
    reason: Reason
    asks: bool
    opened_at: datetime
    run_end_at: datetime
    touched_at: datetime | None = None
    touched_by: str | None = None
    touched_how: SignKind | None = None
    answered_at: datetime | None = None
    answered_by: str | None = None
    weak_sign_at: datetime | None = None
    weak_strength: WeakStrength | None = None
    undated_stamp: bool = False
    closed_at: datetime | None = None
    outcome: Outcome | None = None
    steps_taken: tuple[str, ...] = ()
    due_at: datetime | None = None

    @property
    def first_post(self) -> bool:
        return self.reason is Reason.FIRST_POST

    @property
    def is_open(self) -> bool:
        return self.outcome is None
