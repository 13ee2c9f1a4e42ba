"""Which posts a fact may concern, so that they are judged anew: its own, neighbours, what it is a sign of."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import chain

from scheduler.actions.context import Context
from scheduler.actions.surroundings import BEFORE_MOST, BEFORE_WITHIN, may_be_early, rule_of
from scheduler.model.cases import WeakStrength
from scheduler.model.facts import MessagePosted
from scheduler.model.readings import TextReading
from scheduler.ports import NearCase, Placed, Work
from scheduler.settings import AnswerTo

#: A run, by its channel and the ts of its first message.
Run = tuple[str, str]


def signalled(
    work: Work, context: Context, fact: MessagePosted, reading: TextReading, placed: Placed
) -> set[Run]:
    """Posts for which a post is a sign, or before which it was said."""
    near = _near(
        work, context, fact.channel, fact.at,
        author=fact.author, mentions=reading.mentions, is_last=not placed.came_late,
    )  # fmt: skip
    linked = ((channel, work.messages.run_of(channel, ts)) for channel, ts in reading.links)
    found = {(channel, run_ts) for channel, run_ts in linked if run_ts}
    before = _said_after(work, context, fact.channel, fact.ts, fact.at) if placed.came_late else set()
    return near | found | before


def _near(
    work: Work,
    context: Context,
    channel: str,
    at: datetime,
    *,
    author: str | None,
    mentions: Iterable[str] = (),
    is_last: bool = False,
) -> set[Run]:
    """Cases that a post of that time may concern: by its author, by whom it mentions, or by standing near.

    One that `is_last` in its channel is a weak sign at most; none counts in an open case after the strongest.
    One that is not may stand before its author's thanks, however long after the case.
    """
    reading, people = context.settings.reading, {author, *mentions}

    def is_concerned(case: NearCase) -> bool:
        if case.closed_at is not None and case.closed_at < at:
            return False
        if case.author in people or not is_last:
            return True
        has_enough = case.closed_at is None and case.weak_strength is WeakStrength.STRONG
        return not has_enough and at <= case.run_end_at + reading.weak_sign_within

    near = work.cases.near(channel, start=at - reading.expire_after, end=at)
    return {(channel, case.ts) for case in near if is_concerned(case)}


def _said_after(work: Work, context: Context, channel: str, ts: str, at: datetime) -> set[Run]:
    """Posts of beginners before which it was said: none, unless it was told late."""
    close = _close_after(work.talks.runs_after(channel, ts, until=at + BEFORE_WITHIN))
    always = bool(close) and rule_of(work, context, channel).answer is AnswerTo.ALWAYS
    return {
        (channel, run)
        for run, author in close.items()
        if always or may_be_early(work, context, author, datetime.fromtimestamp(float(run), UTC))
    }


def _close_after(after: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The runs, with their authors, that have fewer posts by others before them than are read."""
    close: dict[str, str] = {}
    wrote: Counter[str] = Counter()
    for run_ts, author in after:
        if wrote.total() - max(wrote.values(), default=0) >= BEFORE_MOST:
            break
        if wrote.total() - wrote[author] < BEFORE_MOST:
            close[run_ts] = author
        wrote[author] += 1
    return close


def around(work: Work, context: Context, channel: str, ts: str) -> set[Run]:
    """What a top-level message may be a sign for, and the posts before which it was said."""
    if work.messages.run_of(channel, ts) is None:
        return set()
    at = datetime.fromtimestamp(float(ts), UTC)
    author = work.messages.author_of(channel, ts)
    near = _near(work, context, channel, at, author=author)
    return near | _said_after(work, context, channel, ts, at)


def early_runs(work: Work, context: Context, author: str) -> set[Run]:
    """The author's first posts: those that may be a beginner's, and the one that just no longer is."""
    return set(work.messages.runs_of_author(author, most=context.settings.beginners.posts + 2))


def shifted(work: Work, context: Context, runs: Iterable[Run]) -> set[Run]:
    """Where runs were split or joined, their authors' other first posts count differently now."""
    authors = {work.messages.author_of(*run) for run in runs}
    early = (early_runs(work, context, author) for author in authors if author)
    return set(chain.from_iterable(early))


def replied_to(work: Work, fact: MessagePosted) -> set[Run]:
    """The run that a reply belongs to, if it is a case: a reply makes none of it."""
    post = work.messages.concerned_run(fact.channel, fact.thread_ts) if fact.thread_ts else None
    return {(fact.channel, post.run_ts)} if post and post.has_case else set()


def own_run(work: Work, channel: str, ts: str) -> set[Run]:
    concerned = work.messages.concerned_run(channel, ts)
    return {(channel, concerned.run_ts)} if concerned else set()
