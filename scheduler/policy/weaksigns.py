"""The next posts in the channel: how much they look like the answer, and how long they delay an alert. Pure.

They never touch: somebody may be answering somebody else. Nothing looks ahead: the habit of a channel is
counted from cases that had ended before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.model.cases import Case, ChannelKind, Habit, Outcome, WeakStrength
from scheduler.model.readings import KnownMessage
from scheduler.policy.opentime import OpenTime
from scheduler.policy.postfacts import PostFacts
from scheduler.settings import Settings

#: The next posts by others that are looked at.
_MOST = 3
#: When the author writes again this soon after somebody's post, the two are talking.
_TALKING = timedelta(hours=12)
#: A channel in which nobody wrote for so long is quiet; a post so soon after that was likely waited for.
_QUIET, _SOON = timedelta(hours=1), timedelta(hours=2)
#: How much more (or less) than a likely one a sign says that it was the answer.
_WEIGHT = {WeakStrength.SLIGHT: 0.25, WeakStrength.LIKELY: 1.0, WeakStrength.STRONG: 8.0}
#: What is supposed before anything was seen, as if so many answers had come each way.
_SUPPOSED = 1.0
#: What the other channels do counts like so many answers in this one.
_AS_MANY = 6.0
#: However many answers came, one sign is no more certain than this.
_MOST_ODDS = 7.0
#: Beyond these odds nobody is told any more: of eleven alerts, ten would be false.
_CERTAIN = 10.0
_NOT_LATER = timedelta(0)
_ORDER = (WeakStrength.SLIGHT, WeakStrength.LIKELY, WeakStrength.STRONG)


@dataclass(frozen=True, slots=True)
class WeakSign:
    """The first of the next posts that look most like the answer."""

    at: datetime
    strength: WeakStrength


def weak_sign(
    facts: PostFacts, settings: Settings, *, after: datetime, until: datetime | None
) -> WeakSign | None:
    """The weak sign among the posts after the run and that instant, and before `until`, if that is told."""
    begins = max(facts.run[-1].at, after)
    ends = facts.run[-1].at + settings.reading.weak_sign_within
    talk = [post for post in facts.talk if begins < post.at <= ends and (until is None or post.at < until)]
    found = [WeakSign(post.at, strength) for post, strength in _strengths(facts, talk)]
    return max(found, key=lambda weak: _ORDER.index(weak.strength), default=None)


def delayed_until(
    case: Case,
    habit: Habit,
    settings: Settings,
    open_time: OpenTime,
    *,
    ends_at: datetime,
    later: timedelta = _NOT_LATER,
    told: int = 0,
) -> datetime | None:
    """Until when the case's weak sign delays an alert; `ends_at` when none is to come at all.

    `later` is how much later than the first step this one is: what delays one delays those after it.
    `told` is how many steps were taken before: with each, a sign counts one step more, and after the first a
    strong one ends it. So what may have been answered is shown to one person, and hardly a sign to two.
    """
    if case.weak_sign_at is None:
        return None
    strength = _counted(case, told)
    odds = _odds(habit) * _WEIGHT[strength]
    if odds > _CERTAIN or (told and strength is WeakStrength.STRONG):
        return ends_at
    until = open_time.add(case.weak_sign_at, settings.reading.weak_sign_delay * odds)
    return min(ends_at, open_time.add(until, later) if later else until)


def outcome_unclosed(
    case: Case, habit: Habit, settings: Settings, open_time: OpenTime, *, ends_at: datetime
) -> Outcome:
    """What becomes of a case that nobody closed."""
    told = len(case.steps_taken)
    until = delayed_until(case, habit, settings, open_time, ends_at=ends_at, told=told)
    was_silent = until == ends_at and case.touched_at is None
    return Outcome.MAYBE_ANSWERED if was_silent else Outcome.EXPIRED


def _counted(case: Case, told: int) -> WeakStrength:
    strength = _ORDER.index(case.weak_strength or WeakStrength.LIKELY)
    return _ORDER[min(strength + told, len(_ORDER) - 1)]


def _odds(habit: Habit) -> float:
    """How many answers come outside threads for each one in a thread; a new channel is like the others."""
    total = habit.all_outside + habit.all_in_threads
    weight = min(1.0, _AS_MANY / total) if total else 0.0
    outside = habit.outside + weight * habit.all_outside + _SUPPOSED
    in_threads = habit.in_threads + weight * habit.all_in_threads + _SUPPOSED
    return min(_MOST_ODDS, outside / in_threads)


def _strengths(facts: PostFacts, talk: list[KnownMessage]) -> Iterator[tuple[KnownMessage, WeakStrength]]:
    """The next posts by others, each with how much it looks like the answer."""
    author = facts.author.member
    others = [post for post in talk if post.author != author and post.is_human and not post.deleted_at]
    own = [post for post in talk if post.author == author and not post.deleted_at]
    for index, post in enumerate(others[:_MOST]):
        following = others[index + 1].at if index + 1 < len(others) else post.at + _TALKING
        back = [mine for mine in own if post.at < mine.at <= min(following, post.at + _TALKING)]
        points = _as_read(facts, post, others[:index]) + _written_back(back)
        yield post, _strength_of(points)


def _strength_of(points: int) -> WeakStrength:
    if points > 0:
        return WeakStrength.STRONG
    return WeakStrength.LIKELY if points == 0 else WeakStrength.SLIGHT


def _written_back(back: list[KnownMessage]) -> int:
    """The author writes after it, and not only to ask the next thing: the two are talking."""
    if not back:
        return 0
    return 1 if all(mine.asks for mine in back) else 2


def _as_read(facts: PostFacts, post: KnownMessage, since: list[KnownMessage]) -> int:
    """Points for what speaks for an answer to the post, less those for what speaks against it."""
    if post.terms & _terms(facts.run):
        return 1
    offers = post.offers or post.replies
    talked_before = post.author in {each.author for each in (*facts.before, *since)}
    elsewhere = talked_before or bool(post.terms & _terms(facts.before))
    tells_of_itself = not offers and (post.thanks or post.score < 0)
    a_hello = facts.rule.kind is ChannelKind.INTRODUCTIONS  # what follows one is the next
    quiet = not elsewhere and not a_hello and _was_quiet(facts, post)
    return offers + quiet - post.asks - elsewhere - tells_of_itself - a_hello


def _was_quiet(facts: PostFacts, post: KnownMessage) -> bool:
    """Nobody else wrote for long before the post, and soon after it somebody did."""
    first, last = facts.run[0].at, facts.run[-1].at
    is_quiet = all(first - said.at > _QUIET for said in facts.before)
    return is_quiet and post.at - last <= _SOON


def _terms(messages: tuple[KnownMessage, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(message.terms for message in messages))
