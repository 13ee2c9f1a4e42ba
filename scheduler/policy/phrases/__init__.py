"""What a message's text does: asks, tells, offers an answer, replies, thanks, says that it is solved. Pure.

Plain pieces of text are looked for and their weights are added, so that every judgement can name what
decided. Whose text it is, and what was said before it, is not known here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from scheduler.model.readings import TextReading
from scheduler.policy.phrases.pattern import Search, pattern, search
from scheduler.policy.phrases.plain import normal, plain
from scheduler.policy.phrases.terms import terms_of
from scheduler.settings import PhraseKind, Phrases

__all__ = ["ASKS_FROM", "PLAINLY", "QUOTE", "WORDLESS", "normal", "read"]

#: A text whose weights reach this together asks for something.
ASKS_FROM = 2
#: A phrase of this weight asks by itself, however much is told, thanked and greeted around it.
PLAINLY = 3
#: Stands among the phrases when the text opens with a quote.
QUOTE = ">"
#: Stands there alone when the text has no word: only links, stamps, pictures.
WORDLESS = "∅ -1"
_MENTION = re.compile(r"<@([UW][A-Z0-9]{1,20})(?:\|[^<>]*)?>")
_LINK = re.compile(r"/archives/([CDG][A-Z0-9]{1,20})/p(\d{10})(\d{6})")
_ENDING = {PhraseKind.ASKS_AT_THE_END, PhraseKind.TRAILS_OFF, PhraseKind.OFFERS_AT_THE_END}
_OFFERING = {PhraseKind.OFFERS, PhraseKind.OFFERS_AT_THE_END}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Found:
    """One for each phrase. `counts`: its weight is part of the score; `named` is how judgements name it."""

    phrase: str
    kind: PhraseKind
    weight: int
    counts: bool
    named: str


def _found(phrase: str, kind: PhraseKind, weight: int) -> _Found:
    named = f"{phrase} {weight:+d}" if kind.counts else phrase
    return _Found(phrase=phrase, kind=kind, weight=weight, counts=kind.counts, named=named)


def read(text: str, phrases: Phrases, *, key: str = "") -> TextReading:
    """What the text says. Code, quotes, links and mentions say nothing; `key` is that of the terms."""
    told = plain(text)
    reader = _reader(phrases)
    found = tuple(dict.fromkeys(reader.find(told.words)))
    kinds = {each.kind for each in found}
    score = _score(found) if told.speaks else -1
    named = tuple(each.named for each in found) if told.speaks else (WORDLESS,)
    return TextReading(
        asks=score >= ASKS_FROM,
        score=score,
        offers=bool(kinds & _OFFERING),
        replies=told.quotes or PhraseKind.REPLIES in kinds,
        thanks=PhraseKind.THANKS in kinds,
        terms=terms_of(told.with_code, common=reader.common, key=key),
        resolves=PhraseKind.RESOLVES in kinds,
        weekly_thanks=PhraseKind.WEEKLY_THANKS in kinds,
        phrases=(QUOTE, *named) if told.quotes else named,
        length=len(text),
        mentions=frozenset(_MENTION.findall(text)),
        links=frozenset((channel, f"{seconds}.{micros}") for channel, seconds, micros in _LINK.findall(text)),
    )


def _score(found: tuple[_Found, ...]) -> int:
    """What asks adds up; of what tells, only the strongest counts: who asks politely greets and thanks.

    A plain question loses one point to greetings, thanks and news, and more only to an offered answer.
    """
    asking = [each.weight for each in found if each.weight > 0 and each.counts]
    least = -1 if max(asking, default=0) >= PLAINLY else -5
    telling = (each.weight if each.kind in _OFFERING else max(each.weight, least) for each in found)
    return sum(asking) + min([0, *telling])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """The phrases, ready to be looked for."""

    within: Search
    opening: re.Pattern[str] | None
    known: Mapping[str, _Found]
    openings: Mapping[str, _Found]
    common: frozenset[str]

    def find(self, words: str) -> Iterator[_Found]:
        opened = self.opening.match(words) if self.opening else None
        if opened:
            yield self.openings[opened[1].removesuffix("?")]
        yield from self._within(words)

    def _within(self, words: str) -> Iterator[_Found]:
        """What lies within a longer phrase is no phrase, nor what begins in one that does not ask."""
        reached = closed = 0
        for match in self.within.within(words):
            if match.start() < closed or match.end(1) <= reached:
                continue
            found = self.known.get(match[1]) or self.known[match[1].removesuffix("?")]
            reached, closed = match.end(1), closed if found.weight > 0 and found.counts else match.end(1)
            if found.kind is not PhraseKind.READ_PAST:
                yield found


@lru_cache(maxsize=8)
def _reader(phrases: Phrases) -> _Reader:
    found = [_found(each.text, each.kind, each.weight) for each in phrases.known]
    within = {each.phrase: each for each in found if each.kind not in {PhraseKind.REPLIES, PhraseKind.COMMON}}
    openings = {each.phrase: each for each in found if each.kind is PhraseKind.REPLIES}
    ending = [phrase for phrase, each in within.items() if each.kind in _ENDING]
    return _Reader(
        within=search((phrase for phrase in within if phrase not in ending), ending),
        opening=pattern(openings),
        known={**_marked(within), **within},
        openings=openings,
        common=frozenset(each.phrase for each in found if each.kind is PhraseKind.COMMON),
    )


def _marked(within: Mapping[str, _Found]) -> dict[str, _Found]:
    """What asks a little asks enough with a question mark after it: "どの辺?"."""
    weak = [each for each in within.values() if each.counts and 0 < each.weight < ASKS_FROM]
    return {f"{each.phrase}?": _found(f"{each.phrase}?", each.kind, ASKS_FROM) for each in weak}
