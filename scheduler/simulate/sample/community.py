"""The sample community as a whole: what the rest of the service asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from scheduler.model.facts import Fact
from scheduler.model.people import Ambassador
from scheduler.simulate.sample.cast import channel_ids, people
from scheduler.simulate.sample.everyday import everyday, hellos, with_first_stamps
from scheduler.simulate.sample.moments import FIRST_DAY, LAST_DAY
from scheduler.simulate.sample.script import Said, Title, scripted
from scheduler.simulate.sample.telling import SAMPLE_TEAM, channel_facts, member_facts, message_facts

#: The local days that the sample tells; what is before is how its members came.
SAMPLE_FIRST_DAY = FIRST_DAY
SAMPLE_LAST_DAY = LAST_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A post of the sample with a fate worth showing. `ts` is its first message."""

    key: str
    channel: str
    ts: str
    title_ja: str
    title_en: str


def sample_community() -> tuple[Fact, ...]:
    """Everything that happens, in order of time; the same on every call."""
    posts = with_first_stamps(chain(hellos(), everyday(), scripted()))
    told = {title.key: post for title, post in _titled(posts)}
    facts = chain(
        channel_facts(),
        chain.from_iterable(member_facts(person) for person in people()),
        chain.from_iterable(message_facts(post, told) for post in posts),
    )
    return tuple(sorted(facts, key=lambda fact: fact.at))


def stories() -> tuple[Story, ...]:
    """The posts with a special fate, in order of time."""
    titled = sorted(_titled(scripted()), key=lambda pair: pair[1].at)
    return tuple(_story(title, post) for title, post in titled)


def sample_ambassadors() -> tuple[Ambassador, ...]:
    """The volunteers of the sample, to be put into a config for it."""
    return tuple(person.ambassador for person in people() if person.ambassador)


def names() -> Mapping[str, str]:
    """Member id to name."""
    return {person.id: person.name for person in people()}


def channels() -> Mapping[str, str]:
    """Channel id to name."""
    return {channel: name for name, channel in channel_ids().items()}


def _titled(posts: Iterable[Said]) -> list[tuple[Title, Said]]:
    return [(post.title, post) for post in posts if post.title]


def _story(title: Title, post: Said) -> Story:
    channel = channel_ids()[post.channel]
    return Story(key=title.key, channel=channel, ts=post.ts, title_ja=title.ja, title_en=title.en)


__all__ = [
    "SAMPLE_FIRST_DAY",
    "SAMPLE_LAST_DAY",
    "SAMPLE_TEAM",
    "Story",
    "channels",
    "names",
    "sample_ambassadors",
    "sample_community",
    "stories",
]
