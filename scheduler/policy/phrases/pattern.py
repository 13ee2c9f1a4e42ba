"""Many phrases as one pattern: at each place the longest that fits, in time linear in the text. Pure.

Beginnings that phrases share stand in the pattern once, so that a file of phrases can be long.
Matches are empty, so that phrases may overlap; the phrase is their first group.
"""

import re
from collections.abc import Iterable
from typing import Any

#: What may follow a phrase that ends a sentence: a mark, a gap, a bracket, a pictogram, or nothing.
_ENDS = r"(?=[\s。.!?…()\]」』】ー~*_\"'^;♪☆★\u2600-\u27bf\U0001f000-\U0001faff]|w+\b|\(?笑|\Z)"
#: What ends like a statement is none when か follows: "開催します" is not found in "開催しますか".
_STATES = re.compile(r"(?:です|ます|した|せん|しょう|だろう)$")
_NO_QUESTION = r"(?!か)"
#: A mark after a phrase belongs to it: "ですか?" asks no more than "ですか".
_MARK = r"\??"
_LATIN = re.compile(r"[a-z0-9]")


def pattern(anywhere: Iterable[str], ending: Iterable[str] = ()) -> re.Pattern[str] | None:
    """Finds the phrases; those of `ending` only where a sentence ends. None when there is none."""
    tree: dict[str, Any] = {}
    for phrases, mark in ((anywhere, ""), (ending, _ENDS)):
        for phrase in phrases:
            _grow(tree, phrase, mark)
    return re.compile(f"(?=({_branches(tree, first=True)}))") if tree else None


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
