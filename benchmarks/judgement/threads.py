"""What a rule of thread replies only would do: it alerts about every first post in a watched channel whose
thread nobody answered by the time of the first step.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from benchmarks.judgement.labels import Label
from scheduler.model.cases import ChannelKind
from scheduler.model.facts import MemberDescribed, MessagePosted, Shape
from scheduler.policy.opentime import OpenTime
from scheduler.settings import Settings, StepClock, TimeKind
from scheduler.simulate.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class SentAlert:
    """An alert about a labelled post. `maybe`: it says that the channel may have answered."""

    ts: str
    at: datetime
    maybe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadsOnly:
    """The alerts of that rule, and when the first step of each labelled post was due."""

    alerts: Sequence[SentAlert]
    due: Mapping[str, datetime]


def threads_only(source: Source, settings: Settings, labels: Sequence[Label]) -> ThreadsOnly:
    """Follows the rule over a history."""
    said, bots = _said(source)
    wanted = {label.ts for label in labels}
    posts = {each.ts: each for each in said if each.ts in wanted and each.shape is Shape.POST}
    replied = _first_replies(posts, said, bots)
    open_time = OpenTime(settings.calendar)
    due = {ts: _due(settings, open_time, post.at) for ts, post in posts.items()}
    unanswered = (ts for ts in posts if replied.get(ts, due[ts]) >= due[ts])
    alerts = [SentAlert(ts=ts, at=due[ts]) for ts in unanswered if _is_watched(settings, source, posts[ts])]
    return ThreadsOnly(alerts=alerts, due=due)


def _said(source: Source) -> tuple[list[MessagePosted], frozenset[str]]:
    facts = list(source.facts())
    bots = frozenset(fact.member for fact in facts if isinstance(fact, MemberDescribed) and fact.is_bot)
    said = (fact for fact in facts if isinstance(fact, MessagePosted))
    return sorted(said, key=lambda message: message.ts), bots


def _first_replies(
    posts: Mapping[str, MessagePosted], said: Sequence[MessagePosted], bots: frozenset[str]
) -> dict[str, datetime]:
    """The first human reply in each post's thread by somebody else."""
    replied: dict[str, datetime] = {}
    for post, reply in _replies(posts, said):
        if reply.author and not reply.is_bot and reply.author not in {*bots, post.author}:
            replied.setdefault(post.ts, reply.at)
    return replied


def _replies(
    posts: Mapping[str, MessagePosted], said: Sequence[MessagePosted]
) -> Iterator[tuple[MessagePosted, MessagePosted]]:
    for message in said:
        post = posts.get(message.thread_ts or "")
        if post and message.shape is not Shape.POST:
            yield post, message


def _due(settings: Settings, open_time: OpenTime, at: datetime) -> datetime:
    step = next(each for each in settings.escalation if each.when is StepClock.UNTOUCHED)
    return at + step.after if step.time is TimeKind.CLOCK else open_time.add(at, step.after)


def _is_watched(settings: Settings, source: Source, post: MessagePosted) -> bool:
    rule = settings.rule_for(source.channel_names.get(post.channel, post.channel))
    return rule.kind is not ChannelKind.OFF
