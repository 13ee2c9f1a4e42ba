"""Which word was probably meant by one that nobody knows."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like it; None when none is like it."""
    return next(iter(get_close_matches(word, list(known), n=1)), None)
