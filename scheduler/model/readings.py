"""What a message's text was found to say, without the text; and a message as the store keeps it."""

from dataclasses import dataclass
from datetime import datetime

from scheduler.model.cases import SignKind
from scheduler.model.facts import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReading:
    """Derived from a text. `phrases` are those that decided; `links` are (channel, ts) of linked posts.

    `score` says how much it asks: the weights of its phrases together, below zero when it rather tells.
    `offers`: reads like an answer or a guess. `replies`: opens like a reply to what was said just before.
    `terms`: keyed hashes of its rarer words.
    """

    asks: bool = False
    score: int = 0
    offers: bool = False
    replies: bool = False
    thanks: bool = False
    terms: frozenset[str] = frozenset()
    resolves: bool = False
    weekly_thanks: bool = False
    phrases: tuple[str, ...] = ()
    length: int = 0
    mentions: frozenset[str] = frozenset()
    links: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMessage:
    """A message without its text. `run_ts` is the first message of the author's run.

    `points_by` says how it points at the post that it was looked up for.
    """

    channel: str
    ts: str
    at: datetime
    author: str | None
    shape: Shape
    thread_ts: str | None
    run_ts: str
    is_human: bool
    asks: bool
    resolves: bool
    score: int = 0
    offers: bool = False
    replies: bool = False
    thanks: bool = False
    terms: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    points_by: SignKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownStamp:
    """A stamp that stands on a message now. `dated` is False when its time is only a bound."""

    ts: str
    at: datetime
    member: str
    stamp: str
    dated: bool
