"""What people did about a post, as signs in order of time: touches, answers, closes, asks again. Pure.

Weak signs are no signs: they are judged beside. What a sign does to a case is decided in `cases`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from scheduler.model.cases import SignKind
from scheduler.model.readings import KnownMessage, KnownStamp
from scheduler.policy.postfacts import PostFacts
from scheduler.settings import AnswerMode, Settings, StampMeaning

#: The weights together from which the author, in the middle of a talk, asks for something more.
_ASKS_CLEARLY = 3


class Effect(IntEnum):
    """What a sign does; of two at the same time, the lower one comes first."""

    TOUCH = 1
    ANSWER = 2
    THANK = 3  #: the author says thanks for what somebody said: that was the answer
    ASK_AGAIN = 4
    MARK = 5
    RESOLVE = 6
    DISMISS = 7
    LEAVE = 8
    WITHDRAW = 9


@dataclass(frozen=True, slots=True, order=True)
class Sign:
    """One sign. `since` is when whoever it is by had spoken: earlier than `at` for thanks."""

    at: datetime
    effect: Effect
    by: str
    how: SignKind
    since: datetime


def signs(facts: PostFacts, settings: Settings) -> list[Sign]:
    """Every sign of the post, in order."""
    answers = (*_replies(facts), *_pointing(facts))
    thanks = _thanks(facts, settings, answers)
    return sorted((*answers, *_stamps(facts, settings), *_words(facts), *thanks, *_endings(facts)))


def may_have_touched(facts: PostFacts, settings: Settings) -> bool:
    """Whether a stamp of unknown time stands on the post that would have touched it."""
    effects = (
        _stamp_effect(stamp, facts, settings)
        for stamp in facts.stamps
        if not stamp.dated and stamp.member != facts.author.member
    )
    return any(effect not in (None, Effect.MARK) for effect in effects)


def asks_again(message: KnownMessage) -> bool:
    """Whether the author asks for more: in a talk that goes on, only what asks clearly does."""
    return message.asks and message.score >= _ASKS_CLEARLY


def _sign(at: datetime, effect: Effect, by: str, how: SignKind) -> Sign:
    return Sign(at, effect, by, how, at)


def _others(facts: PostFacts, messages: tuple[KnownMessage, ...]) -> Iterator[tuple[KnownMessage, str]]:
    """What other humans said, and who."""
    for message in messages:
        is_said = message.is_human and not message.deleted_at
        if is_said and message.author is not None and message.author != facts.author.member:
            yield message, message.author


def _own(facts: PostFacts, messages: tuple[KnownMessage, ...]) -> Iterator[KnownMessage]:
    for message in messages:
        if message.author == facts.author.member and message.is_human and not message.deleted_at:
            yield message


def _replies(facts: PostFacts) -> Iterator[Sign]:
    counts = facts.rule.answered_by is not AnswerMode.MARK
    for reply, by in _others(facts, facts.replies):
        yield _sign(reply.at, Effect.ANSWER if counts else Effect.TOUCH, by, SignKind.REPLY)


def _pointing(facts: PostFacts) -> Iterator[Sign]:
    for post, by in _others(facts, facts.pointing):
        yield _sign(post.at, Effect.TOUCH, by, post.points_by or SignKind.MENTION)


def _stamps(facts: PostFacts, settings: Settings) -> Iterator[Sign]:
    for stamp in facts.stamps:
        effect = _stamp_effect(stamp, facts, settings)
        if effect and stamp.dated:
            yield _sign(stamp.at, effect, stamp.member, SignKind.STAMP)


def _stamp_effect(stamp: KnownStamp, facts: PostFacts, settings: Settings) -> Effect | None:
    meaning = settings.meaning_of(stamp.stamp)
    own, trusted = stamp.member == facts.author.member, stamp.member in facts.ambassadors
    if meaning is StampMeaning.RESOLVE and (own or trusted):
        return Effect.RESOLVE
    if meaning is StampMeaning.DISMISS and trusted:
        return Effect.DISMISS
    if meaning is StampMeaning.OPEN:
        return Effect.MARK
    if own or meaning is StampMeaning.IGNORE:
        return None
    return Effect.ANSWER if meaning is StampMeaning.ANSWER else Effect.TOUCH


def _words(facts: PostFacts) -> Iterator[Sign]:
    """What the author says later. What a first message calls solved, unedited, is something else."""
    author, first = facts.author.member, facts.run[0]
    for message in _own(facts, facts.run):
        said_at = message.edited_at or (None if message.ts == first.ts else message.at)
        if said_at and message.resolves:
            yield _sign(said_at, Effect.RESOLVE, author, SignKind.EDIT)
        elif asks_again(message) and message.ts != first.ts:
            yield _sign(message.at, Effect.ASK_AGAIN, author, SignKind.REPLY)
    for reply in _own(facts, facts.replies):
        if reply.resolves or asks_again(reply):
            effect = Effect.RESOLVE if reply.resolves else Effect.ASK_AGAIN
            yield _sign(reply.at, effect, author, SignKind.REPLY)
    for post in _own(facts, facts.talk):
        if post.resolves and not post.asks:  # who asks how something is solved starts a post of its own
            yield _sign(post.at, Effect.RESOLVE, author, SignKind.TALK)


def _thanks(facts: PostFacts, settings: Settings, answers: tuple[Sign, ...]) -> Iterator[Sign]:
    """The author says thanks, in the thread or the channel, for the last thing that somebody else said.

    In the thread, only for what was said soon after the post: of what came later, nothing is known unless the
    author wrote in the channel after it.
    """
    if facts.rule.answered_by is AnswerMode.MARK:
        return
    talk = tuple(_sign(post.at, Effect.TOUCH, by, SignKind.TALK) for post, by in _others(facts, facts.talk))
    soon = facts.run[-1].at + settings.reading.weak_sign_within
    yield from _thanks_among(facts, facts.replies, (*answers, *(sign for sign in talk if sign.at <= soon)))
    yield from _thanks_among(facts, facts.talk, (*answers, *talk))


def _thanks_among(
    facts: PostFacts, messages: tuple[KnownMessage, ...], said: tuple[Sign, ...]
) -> Iterator[Sign]:
    for message in _own(facts, messages):
        last = max((sign for sign in said if sign.at < message.at), default=None)
        if last and message.thanks and not asks_again(message):
            yield Sign(message.at, Effect.THANK, last.by, last.how, last.at)


def _endings(facts: PostFacts) -> Iterator[Sign]:
    author = facts.author.member
    deleted = [message.deleted_at for message in facts.run if message.deleted_at]
    if len(deleted) == len(facts.run):
        yield _sign(max(deleted), Effect.WITHDRAW, author, SignKind.EDIT)
    if facts.author.deactivated_at:
        yield _sign(facts.author.deactivated_at, Effect.LEAVE, author, SignKind.EDIT)
