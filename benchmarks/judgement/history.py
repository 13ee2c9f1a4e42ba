"""The real export as the judgement sees it: what was read in each message, runs, and what came before."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from scheduler.model.cases import ChannelKind
from scheduler.model.facts import MemberDescribed, MessagePosted, Shape
from scheduler.model.readings import KnownMessage
from scheduler.policy.phrases import read
from scheduler.settings import Settings
from scheduler.simulate.sources import source_of

_BEFORE = 5
_BEFORE_WITHIN = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A top-level message by a human: what was read in it, and whom it mentions."""

    known: KnownMessage
    mentions: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """An author's run with what other humans said just before, as `decide_waiting` takes it."""

    run: tuple[KnownMessage, ...]
    before: tuple[KnownMessage, ...]
    mentioned: frozenset[str]
    kind: ChannelKind


class History:
    """The human top-level messages of an export, by channel."""

    def __init__(self, export: Path, settings: Settings) -> None:
        source = source_of(export)
        facts = list(source.facts())
        self._settings = settings
        self._names = source.channel_names
        self._bots = {fact.member for fact in facts if isinstance(fact, MemberDescribed) and fact.is_bot}
        said = [fact for fact in facts if isinstance(fact, MessagePosted) and self._is_post(fact)]
        self.posts = sorted(said, key=lambda post: post.ts)
        self._channels: dict[str, list[Spoken]] = defaultdict(list)
        for post in self.posts:
            self._channels[post.channel].append(self._spoken(post))

    def run_from(self, channel: str, ts: str) -> Run:
        """The run that begins with a message."""
        told = self._channels[channel]
        start = bisect_left(told, ts, key=lambda each: each.known.ts)
        spoken = tuple(self._run(told, start))
        first = spoken[0].known
        earlier = [each.known for each in told[:start] if first.at - each.known.at <= _BEFORE_WITHIN]
        before = [each for each in earlier if each.author != first.author][-_BEFORE:]
        return Run(
            run=tuple(each.known for each in spoken),
            before=tuple(before),
            mentioned=frozenset[str]().union(*(each.mentions for each in spoken)),
            kind=self._settings.rule_for(self._names.get(channel, channel)).kind,
        )

    def _run(self, told: list[Spoken], start: int) -> Iterator[Spoken]:
        last = told[start].known
        for each in told[start:]:
            if each.known.author != last.author or each.known.at - last.at > self._settings.reading.run_gap:
                return
            yield each
            last = each.known

    def _is_post(self, fact: MessagePosted) -> bool:
        by_human = fact.author is not None and not fact.is_bot and fact.author not in self._bots
        return by_human and fact.shape is Shape.POST

    def _spoken(self, fact: MessagePosted) -> Spoken:
        told = read(fact.text, self._settings.phrases, key=fact.team)
        known = KnownMessage(
            channel=fact.channel, ts=fact.ts, at=fact.at, author=fact.author, shape=fact.shape,
            thread_ts=None, run_ts=fact.ts, is_human=True, asks=told.asks, resolves=told.resolves,
            score=told.score, offers=told.offers, replies=told.replies, thanks=told.thanks,
            terms=told.terms, phrases=told.phrases,
        )  # fmt: skip
        return Spoken(known=known, mentions=told.mentions)
