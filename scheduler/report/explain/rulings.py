"""The rules behind a decision as rows for people: the answer, the question, and the value that decided."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len

from scheduler.model.cases import ChannelKind
from scheduler.model.decisions import Rule, Ruling
from scheduler.policy.phrases import QUOTE, WORDLESS
from scheduler.policy.waiting import Talk
from scheduler.report.explain.words import Wording
from scheduler.report.words import channel_kind_in_words, outcome_in_words

_SIGNS = {True: "✓", False: "✗"}
_UNTIL = (Rule.WAITED, Rule.MAYBE_ANSWERED)
_NO_PHRASE = {QUOTE: "a_quote", WORDLESS: "no_words"}
_WEIGHED = re.compile(r"(?P<phrase>.+) (?P<weight>[+-]\d+)")
_TALK = re.compile(r"(?P<how>\w+) (?P<minutes>\d+)")


@dataclass(frozen=True, slots=True)
class Row:
    """`head` holds the sign, the answer and the question, padded so that all values begin in one column.

    `values` are told one after the other, and none of them is broken.
    """

    head: str
    values: tuple[str, ...]


def rows(rulings: Sequence[Ruling], wording: Wording) -> Iterator[Row]:
    """One row for each rule, in the order in which they were asked."""
    answers = [wording.say("yes" if each.holds else "no") for each in rulings]
    questions = [wording.say(f"rule_{each.rule}") for each in rulings]
    widest = max(map(cell_len, questions), default=0)
    words = max(cell_len(wording.say(word)) for word in ("yes", "no"))
    for each, answer, question in zip(rulings, answers, questions, strict=True):
        head = f"{_SIGNS[each.holds]} {_padded(answer, words)}  {_padded(question, widest)}  "
        yield Row(head, tuple(_values(each, wording)) if each.value else ())


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def _values(ruling: Ruling, wording: Wording) -> Iterator[str]:
    """The value in words; one of no known form stays as it was written."""
    if ruling.rule is Rule.READS_LIKE_A_QUESTION:
        yield from (_weighed(piece, wording) for piece in ruling.value.split(", "))
    else:
        yield _value(ruling, wording)


def _value(ruling: Ruling, wording: Wording) -> str:
    value = ruling.value
    match ruling.rule:
        case Rule.FIRST_POST | Rule.EARLY_POST if value.isdecimal():
            return wording.say("posts_before", count=value)
        case Rule.CHANNEL_WATCHED if value in list(ChannelKind):
            return channel_kind_in_words(wording.language, ChannelKind(value))
        case Rule.STILL_OPEN:
            return outcome_in_words(wording.language, value)
        case Rule.SOMEBODY_FREE:
            return wording.recipient(value)
        case Rule.PART_OF_A_TALK:
            return _talk(value, wording)
    at = _instant(value)
    if at is None:
        return value
    return wording.say("until_then" if ruling.rule in _UNTIL else "then", at=wording.when(at))


def _weighed(piece: str, wording: Wording) -> str:
    if piece in _NO_PHRASE:
        return wording.say(_NO_PHRASE[piece])
    found = _WEIGHED.fullmatch(piece)
    return wording.say("weighed", **found.groupdict()) if found else piece


def _talk(value: str, wording: Wording) -> str:
    found = _TALK.fullmatch(value)
    if not found or found["how"] not in list(Talk):
        return value
    return wording.say(f"talk_{found['how']}", minutes=found["minutes"])


def _instant(value: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at if at.tzinfo else None
