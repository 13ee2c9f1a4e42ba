"""When a post opens a case, and what touches, answers, closes and re-opens it. Pure.

Everything is derived anew from the facts around one post, so that the order in which they were told
makes no difference. Only expiry needs the time, and is decided elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum

from scheduler.model.cases import Case, CaseKey, ChannelKind, Outcome, SignKind
from scheduler.model.decisions import Reason
from scheduler.model.people import Member
from scheduler.model.readings import KnownMessage, KnownStamp
from scheduler.policy.journeys import JOIN_IS_KNOWN
from scheduler.settings import AnswerMode, AnswerTo, ChannelRule, Settings, StampMeaning


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFacts:
    """All that is known around one run of top-level messages by one author.

    `earlier_posts` counts the author's runs before this one. `pointing` are later posts that mention the
    author or link the run. `next_post_at` is the next post in the channel by another human.
    """

    team: str
    run: tuple[KnownMessage, ...]
    author: Member
    earlier_posts: int
    rule: ChannelRule
    ambassadors: frozenset[str]
    replies: tuple[KnownMessage, ...] = ()
    pointing: tuple[KnownMessage, ...] = ()
    stamps: tuple[KnownStamp, ...] = ()
    next_post_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The openings of a post in order, none when it is no case; `reason` says why (not)."""

    cases: tuple[Case, ...]
    reason: Reason


class _Effect(IntEnum):
    TOUCH = 1
    ANSWER = 2
    ASK_AGAIN = 3
    MARK = 4
    RESOLVE = 5
    DISMISS = 6
    LEAVE = 7
    WITHDRAW = 8


_CLOSING = {
    _Effect.RESOLVE: Outcome.RESOLVED,
    _Effect.DISMISS: Outcome.DISMISSED,
    _Effect.LEAVE: Outcome.AUTHOR_GONE,
    _Effect.WITHDRAW: Outcome.WITHDRAWN,
}


@dataclass(frozen=True, slots=True, order=True)
class _Sign:
    at: datetime
    effect: _Effect
    by: str
    how: SignKind


def judge(facts: PostFacts, settings: Settings) -> Judgement:
    """The openings of the post. Expiry is not among their outcomes."""
    reason, opened_at = why_open(facts, settings)
    if opened_at is None:
        return Judgement((), reason)
    first = _first_opening(facts, settings, reason, opened_at)
    cases = [first]
    for sign in sorted(_signs(facts, settings)):
        if sign.at >= opened_at:
            cases = _apply(cases, sign, facts.rule, settings)
    return Judgement(tuple(cases), reason)


def why_open(facts: PostFacts, settings: Settings) -> tuple[Reason, datetime | None]:
    """Why the post is a case and since when; or why it is none."""
    if facts.rule.kind is ChannelKind.OFF:
        return Reason.CHANNEL_OFF, None
    marked_at = min((s.at for s in facts.stamps if _marks(s, settings)), default=None)
    reason = _deserves_answer(facts, settings)
    asked_at = min((message.at for message in facts.run if message.asks), default=None)
    if reason is Reason.NOT_A_BEGINNER:
        return (Reason.MARKED, marked_at) if marked_at else (reason, None)
    if facts.rule.kind is not ChannelKind.CHAT:
        return reason, facts.run[0].at
    if asked_at:
        return reason, asked_at
    return (Reason.MARKED, marked_at) if marked_at else (Reason.ASKS_NOTHING, None)


def _deserves_answer(facts: PostFacts, settings: Settings) -> Reason:
    if facts.rule.answer is AnswerTo.ALWAYS:
        return Reason.ALWAYS_ANSWERED
    # Who was here before we were may have posted before: the first post we see is not taken for the first.
    if facts.author.join_source not in JOIN_IS_KNOWN or facts.author.joined_at is None:
        return Reason.NOT_A_BEGINNER
    if facts.earlier_posts == 0:
        return Reason.FIRST_POST
    soon = facts.run[0].at <= facts.author.joined_at + settings.beginners.within
    early = soon and facts.earlier_posts < settings.beginners.posts
    return Reason.EARLY_POST if early else Reason.NOT_A_BEGINNER


def _first_opening(facts: PostFacts, settings: Settings, reason: Reason, opened_at: datetime) -> Case:
    weak = facts.next_post_at
    too_late = weak is None or weak > facts.run[-1].at + settings.reading.weak_sign_within
    return Case(
        key=CaseKey(team=facts.team, channel=facts.run[0].channel, ts=facts.run[0].ts),
        author=facts.author.member,
        kind=facts.rule.kind,
        topic=facts.rule.topic,
        reason=reason,
        asks=any(message.asks for message in facts.run),
        opened_at=opened_at,
        weak_sign_at=None if too_late else weak,
        undated_stamp=any(_may_have_touched(stamp, facts, settings) for stamp in facts.stamps),
    )


def _apply(cases: list[Case], sign: _Sign, rule: ChannelRule, settings: Settings) -> list[Case]:
    last = cases[-1]
    had_expired = last.is_open and sign.at > expires_at(last, settings)
    if last.is_open and not had_expired:
        return [*cases[:-1], _change(last, sign, rule)]
    if had_expired and sign.effect is _Effect.MARK:
        return [*cases, _reopen(last, sign, Reason.MARKED)]
    if sign.effect is _Effect.ASK_AGAIN and _may_reopen(last, sign, settings):
        return [*cases, _reopen(last, sign, Reason.ASKED_AGAIN)]
    return cases


def _change(case: Case, sign: _Sign, rule: ChannelRule) -> Case:
    if outcome := _CLOSING.get(sign.effect):
        return replace(case, closed_at=sign.at, outcome=outcome)
    if sign.effect in (_Effect.ASK_AGAIN, _Effect.MARK):
        return case
    if case.touched_at is None:
        case = replace(case, touched_at=sign.at, touched_by=sign.by, touched_how=sign.how)
    greeting = case.kind is ChannelKind.INTRODUCTIONS or rule.answered_by is AnswerMode.TOUCH
    if sign.effect is not _Effect.ANSWER and not greeting:
        return case
    return replace(
        case, answered_at=sign.at, answered_by=sign.by, closed_at=sign.at, outcome=Outcome.ANSWERED
    )


def _may_reopen(case: Case, sign: _Sign, settings: Settings) -> bool:
    ended = case.outcome in (Outcome.ANSWERED, Outcome.RESOLVED)
    return ended and case.closed_at is not None and sign.at <= case.closed_at + settings.reading.reopen_within


def _reopen(case: Case, sign: _Sign, reason: Reason) -> Case:
    return Case(
        key=replace(case.key, opening=case.key.opening + 1),
        author=case.author,
        kind=case.kind,
        topic=case.topic,
        reason=reason,
        asks=case.asks or reason is Reason.ASKED_AGAIN,
        opened_at=sign.at,
    )


def _signs(facts: PostFacts, settings: Settings) -> Iterator[_Sign]:
    yield from _reply_signs(facts)
    yield from _pointing_signs(facts)
    yield from _stamp_signs(facts, settings)
    yield from _author_signs(facts)


def _reply_signs(facts: PostFacts) -> Iterator[_Sign]:
    counts = facts.rule.answered_by is not AnswerMode.MARK
    for reply in facts.replies:
        if reply.deleted_at or not reply.is_human or reply.author is None:
            continue
        if reply.author != facts.author.member:
            yield _Sign(reply.at, _Effect.ANSWER if counts else _Effect.TOUCH, reply.author, SignKind.REPLY)
        elif reply.resolves:
            yield _Sign(reply.at, _Effect.RESOLVE, reply.author, SignKind.REPLY)
        elif reply.asks:
            yield _Sign(reply.at, _Effect.ASK_AGAIN, reply.author, SignKind.REPLY)


def _pointing_signs(facts: PostFacts) -> Iterator[_Sign]:
    for post in facts.pointing:
        if post.author and post.author != facts.author.member and post.is_human and not post.deleted_at:
            how = post.points_by or SignKind.MENTION
            yield _Sign(post.at, _Effect.TOUCH, post.author, how)


def _stamp_signs(facts: PostFacts, settings: Settings) -> Iterator[_Sign]:
    for stamp in facts.stamps:
        effect = _stamp_effect(stamp, facts, settings)
        if effect and stamp.dated:
            yield _Sign(stamp.at, effect, stamp.member, SignKind.STAMP)


def _stamp_effect(stamp: KnownStamp, facts: PostFacts, settings: Settings) -> _Effect | None:
    meaning = settings.meaning_of(stamp.stamp)
    own, trusted = stamp.member == facts.author.member, stamp.member in facts.ambassadors
    if meaning is StampMeaning.RESOLVE and (own or trusted):
        return _Effect.RESOLVE
    if meaning is StampMeaning.DISMISS and trusted:
        return _Effect.DISMISS
    if meaning is StampMeaning.OPEN:
        return _Effect.MARK
    if own or meaning is StampMeaning.IGNORE:
        return None
    return _Effect.ANSWER if meaning is StampMeaning.ANSWER else _Effect.TOUCH


def _author_signs(facts: PostFacts) -> Iterator[_Sign]:
    author = facts.author.member
    yield from _words_of_author(facts)
    deleted = [message.deleted_at for message in facts.run if message.deleted_at]
    if len(deleted) == len(facts.run):
        yield _Sign(max(deleted), _Effect.WITHDRAW, author, SignKind.EDIT)
    if facts.author.deactivated_at:
        yield _Sign(facts.author.deactivated_at, _Effect.LEAVE, author, SignKind.EDIT)


def _may_have_touched(stamp: KnownStamp, facts: PostFacts, settings: Settings) -> bool:
    effect = _stamp_effect(stamp, facts, settings)
    return not stamp.dated and stamp.member != facts.author.member and effect not in (None, _Effect.MARK)


def _words_of_author(facts: PostFacts) -> Iterator[_Sign]:
    """What the author says in the channel. What a first message calls solved, unedited, is something else."""
    first = facts.run[0]
    for message in facts.run:
        said_at = message.edited_at or (None if message is first else message.at)
        if message.deleted_at or said_at is None:
            continue
        if message.resolves:
            yield _Sign(said_at, _Effect.RESOLVE, facts.author.member, SignKind.EDIT)
        elif message.asks and message is not first:
            yield _Sign(message.at, _Effect.ASK_AGAIN, facts.author.member, SignKind.REPLY)


def _marks(stamp: KnownStamp, settings: Settings) -> bool:
    return settings.meaning_of(stamp.stamp) is StampMeaning.OPEN and stamp.dated


def expires_at(case: Case, settings: Settings) -> datetime:
    """When the case ends if nobody closes it."""
    return case.opened_at + settings.reading.expire_after
