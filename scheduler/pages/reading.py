"""Reads what an app put into a block, whatever that is: nothing that is not what was expected."""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from scheduler.pages.slackinline import plain

Block = Mapping[str, object]


def words_in(text: object) -> Markup:
    """A text object where no markup is understood: its letters only."""
    words = string(text.get("text")) if isinstance(text, Mapping) else string(text)
    return Markup(plain(words))  # noqa: S704 - escaped just now


def string(value: object) -> str:
    return value if isinstance(value, str) else ""


def mappings(value: object) -> Iterator[Block]:
    """Those members of a list that are mappings; nothing when it is no list."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        yield from (each for each in value if isinstance(each, Mapping))
