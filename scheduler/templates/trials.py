"""Renders each text of a message with every sort of value, so that `check` finds what would fail later."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from math import prod

from scheduler.errors import Problem
from scheduler.model.messages import MessageKind, PlaceholderValue, PostList, PostRef, Wait
from scheduler.model.placeholders import PLACEHOLDERS, Placeholder
from scheduler.templates.blocks import LONGEST_ADDRESS, LONGEST_BUTTON, sections
from scheduler.templates.forms import MessageFile, Variant
from scheduler.templates.snippet import Snippet
from scheduler.templates.unfit import Unfit
from scheduler.templates.values import channel_link, seen_by_template

LONGEST_TEXT = 4_000  # characters of one message
LONGEST_PLAIN = 300  # what a notification shows and a screen reader is patient with
_MOST_TRIALS = 64  # of one text; above it each value is tried by itself
_URL = "https://example.slack.com"
_WIDE = "W" * 1_000
#: Posts that one message lists.
MOST_POSTS = 10
_LONG_POST = PostRef("C" * 20, "1795312800.000100")


def try_out(message: MessageFile) -> tuple[Problem, ...]:
    """What goes wrong with some values; each problem of a text once."""
    return tuple(problem for variant in message.variants for problem in _try_variant(variant, message))


def _try_variant(variant: Variant, message: MessageFile) -> Iterator[Problem]:
    limits = [(variant.text, LONGEST_TEXT), (variant.plain, LONGEST_PLAIN)]
    limits += [(button.text, LONGEST_BUTTON) for button in variant.buttons]
    limits += [(button.url, LONGEST_ADDRESS) for button in variant.buttons]
    for snippet, most in limits:
        yield from _try_snippet(snippet, message, most)


def _try_snippet(snippet: Snippet, message: MessageFile, most: int) -> Iterator[Problem]:
    told: set[str] = set()
    longest = 0
    links = {name: channel_link(name, None) for name in snippet.channels.values()}
    for context in _contexts(snippet, message):
        try:
            longest = max(longest, _length(snippet.fill(context, links)))
        except Unfit as unfit:
            if unfit.code not in told:
                told.add(unfit.code)
                yield _problem(snippet, unfit, context)
    if longest > most:
        code = "messages.too_long_when_filled" if snippet.placeholders else "messages.too_long"
        yield snippet.source.problem(code, most=most, longest=longest)


def _length(text: str) -> int:
    """Characters of a text that can be split into sections; raises Unfit when it cannot."""
    for _ in sections(text):
        pass
    return len(text)


def _problem(snippet: Snippet, unfit: Unfit, context: Mapping[str, object]) -> Problem:
    word = unfit.word
    if unfit.code == "messages.may_be_empty":
        word = next((name for name in sorted(snippet.placeholders) if context[name] is None), "")
    offset = snippet.source.find(word) if word else None
    return snippet.source.problem(unfit.code, offset, **unfit.values)


def _contexts(snippet: Snippet, message: MessageFile) -> Iterator[dict[str, object]]:
    seen = _seen(message.kind, message.language)
    names = sorted(snippet.placeholders)
    columns = [seen[name] for name in names]
    rows = product(*columns) if prod(map(len, columns)) <= _MOST_TRIALS else _one_at_a_time(columns)
    return (dict(zip(names, row, strict=True)) for row in rows)


def _one_at_a_time(columns: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """All first ones, all last ones, and each other value amid the first and amid the last ones."""
    for corner in (0, -1):
        base = tuple(column[corner] for column in columns)
        yield base
        for index, column in enumerate(columns):
            for value in column:
                yield (*base[:index], value, *base[index + 1 :])


@cache
def _seen(kind: MessageKind, language: str) -> dict[str, tuple[object, ...]]:
    """For each placeholder the values to try, as a template sees them."""
    return {
        placeholder.name: tuple(
            seen_by_template({placeholder.name: value}, kind, language=language, workspace_url=_URL)[
                placeholder.name
            ]
            for value in _values(placeholder)
        )
        for placeholder in PLACEHOLDERS[kind]
    }


def _values(placeholder: Placeholder) -> tuple[PlaceholderValue, ...]:
    """The example, then what may be there instead; the widest last."""
    none = (None,) if placeholder.optional else ()
    match placeholder.example:
        case bool(example):
            return (*none, example, not example)
        case int(example):
            return (*none, example, 0, 1, 2, 9_999)
        case str(example):
            return (*none, example, "", _WIDE)
        case Wait() as example:
            return (*none, example, Wait(0), Wait(99 * 60 + 59))
        case PostList() as example:
            return (*none, example, PostList(()), PostList((_LONG_POST,) * MOST_POSTS))
        case example:
            return (example, *none)
