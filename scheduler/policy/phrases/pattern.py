"""Many phrases as one pattern: at each place the longest that fits, in time linear in the text. Pure.

Beginnings that phrases share stand in the pattern once, so that a file of phrases can be long.
Matches are empty, so that phrases may overlap; the phrase is their first group.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: What may follow a phrase that ends a sentence: a mark, a gap, a bracket, a pictogram, or nothing.
_ENDS = r"(?=[\s。.!?…()\]」』】ー~*_\"'^;♪☆★\u2600-\u27bf\U0001f000-\U0001faff]|w+\b|\(?笑|\Z)"
#: What ends like a statement is none when か follows: "開催します" is not found in "開催しますか".
_STATES = re.compile(r"(?:です|ます|した|せん|しょう|だろう)$")
_NO_QUESTION = r"(?!か)"
#: A mark after a phrase belongs to it: "ですか?" asks no more than "ですか".
_MARK = r"\??"
_LATIN = re.compile(r"[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Search:
    """Looks for phrases only where their first two signs stand, each time for those with that first sign."""

    starts: frozenset[str]
    by_sign: Mapping[str, re.Pattern[str]]

    def within(self, words: str) -> Iterator[re.Match[str]]:
        """A match for each place where a phrase begins, in order."""
        starts, by_sign = self.starts, self.by_sign
        for place, sign in enumerate(words):
            if sign in by_sign and (words[place : place + 2] in starts or sign in starts):
                match = by_sign[sign].match(words, place)
                if match:
                    yield match


def search(anywhere: Iterable[str], ending: Iterable[str]) -> Search:
    """For the phrases; for those of `ending` only where a sentence ends."""
    tree = _tree(anywhere, ending)
    starts = (sign + second for sign, below in tree.items() for second in _seconds(below))
    by_sign = {sign: _compiled({sign: below}) for sign, below in tree.items()}
    return Search(frozenset(starts), by_sign)


def pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Fits where a phrase stands. None when there is none."""
    tree = _tree(phrases)
    return _compiled(tree) if tree else None


def _tree(anywhere: Iterable[str], ending: Iterable[str] = ()) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for phrases, mark in ((anywhere, ""), (ending, _ENDS)):
        for phrase in phrases:
            _grow(tree, phrase, mark)
    return tree


def _seconds(below: Mapping[str, Any]) -> Iterator[str]:
    """The signs that come second; nothing where a phrase is one sign long."""
    yield from (sign if len(sign) == 1 else "" for sign in below)


def _compiled(tree: dict[str, Any]) -> re.Pattern[str]:
    return re.compile(f"(?=({_branches(tree, first=True)}))")


def _grow(tree: dict[str, Any], phrase: str, mark: str) -> None:
    for sign in phrase:
        tree = tree.setdefault(sign, {})
    tree[mark and "end"] = mark or (_NO_QUESTION if _STATES.search(phrase) else "")


def _branches(tree: dict[str, Any], *, first: bool = False) -> str:
    longer = [_branch(sign, below, first=first) for sign, below in sorted(tree.items()) if len(sign) == 1]
    here = [tree[name] + _MARK for name in ("", "end") if name in tree]
    told = [*longer, *here[:1]]
    return told[0] if len(told) == 1 else f"(?:{'|'.join(told)})"


def _branch(sign: str, below: dict[str, Any], *, first: bool) -> str:
    starts_word = r"(?<![a-z0-9])" if first and _LATIN.match(sign) else ""
    return starts_word + re.escape(sign) + _branches(below)
