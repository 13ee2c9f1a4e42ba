"""Which posts wait for somebody: an author's run judged as one post, beside what was said just before. Pure.

Whether its author deserves an answer is not asked here, nor what came after.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from scheduler.model.cases import ChannelKind
from scheduler.model.decisions import Reason, Rule, Ruling
from scheduler.model.readings import KnownMessage
from scheduler.policy.phrases import ASKS_FROM, PLAINLY, QUOTE

#: A post that takes up a talk waits all the same when it asks as clearly as this.
_CLEAR = ASKS_FROM + 3
_JUST_NOW = timedelta(hours=1)
#: How soon after another post one that asks nothing is taken for its echo.
_MINUTES = timedelta(minutes=15)
#: So many rarer words in common are one topic; one is often the name of what all here talk about.
_SHARED_TERMS = 2


class Talk(StrEnum):
    """What tells that a post takes up what was said just before, the surest first."""

    MENTION = "mention"  #: it mentions somebody who just spoke
    QUOTE = "quote"  #: it opens with a quote
    SAME_TOPIC = "same_topic"  #: it says words of a question that somebody asked before
    OPENING_WORDS = "opening_words"  #: it opens like a reply
    AFTER_A_QUESTION = "after_a_question"  #: it follows somebody's question, and asks nothing itself
    RUNNING_TALK = "running_talk"  #: somebody spoke minutes before, and it asks nothing itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Whether a post waits for somebody, and why; `reason` matters only when it does not."""

    waits: bool
    reason: Reason
    rulings: tuple[Ruling, ...]


def decide_waiting(
    run: tuple[KnownMessage, ...],
    before: tuple[KnownMessage, ...],
    *,
    mentioned: frozenset[str],
    kind: ChannelKind,
) -> Waiting:
    """Whether the run waits for an answer in a channel of that kind.

    `before` are the top-level messages by other humans just before it, oldest first; `mentioned` are the
    members that the run mentions.
    """
    score = _score(run)
    asks = score >= ASKS_FROM
    reads = Ruling(Rule.READS_LIKE_A_QUESTION, asks, ", ".join(_phrases(run)))
    if kind is ChannelKind.INTRODUCTIONS:
        return Waiting(waits=True, reason=Reason.FIRST_POST, rulings=(reads,))
    talk = _talk(run[0], before, mentioned, asks=asks)
    rulings = (reads, Ruling(Rule.PART_OF_A_TALK, talk is not None, talk or ""))
    if talk and score < _CLEAR:
        return Waiting(waits=False, reason=Reason.PART_OF_A_TALK, rulings=rulings)
    waits = asks or (kind is ChannelKind.QUESTIONS and score >= 0 and not run[0].replies)
    return Waiting(waits=waits, reason=Reason.ASKS_NOTHING, rulings=rulings)


def _score(run: tuple[KnownMessage, ...]) -> int:
    """The message that asks most speaks for the run; pieces that each ask a little add up.

    Where one offers an answer and none asks plainly, all of them count.
    """
    scores = [message.score for message in run]
    answers = any(message.offers and message.score < 0 for message in run)
    asks_plainly = max(scores) >= PLAINLY
    return sum(scores) if answers and not asks_plainly else max(*scores, sum(scores))


def _phrases(run: tuple[KnownMessage, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrase for message in run for phrase in message.phrases))


def _talk(
    first: KnownMessage, before: tuple[KnownMessage, ...], mentioned: frozenset[str], *, asks: bool
) -> str | None:
    """What tells that a post takes up what was said just before, and how many minutes before that was."""
    for told in reversed(before):
        if how := _how(first, told, mentioned, asks=asks):
            return f"{how} {(first.at - told.at) // timedelta(minutes=1)}"
    return None


def _how(first: KnownMessage, told: KnownMessage, mentioned: frozenset[str], *, asks: bool) -> Talk | None:
    just_now = first.at - told.at <= _JUST_NOW
    if told.author in mentioned:
        return Talk.MENTION
    if QUOTE in first.phrases:
        return Talk.QUOTE
    if told.asks and (just_now or not asks) and len(first.terms & told.terms) >= _SHARED_TERMS:
        return Talk.SAME_TOPIC
    if first.replies and (just_now or told.asks):
        return Talk.OPENING_WORDS
    if told.asks and not asks and (just_now or first.offers):
        return Talk.AFTER_A_QUESTION
    if not asks and first.at - told.at <= _MINUTES:
        return Talk.RUNNING_TALK
    return None
