"""How fast texts are read, beside the least that any search for these phrases has to do in the same run."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from scheduler.policy.phrases import read
from scheduler.settings import Phrases

_ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Texts a second, and the same for a bare search: width made one, and one pattern of all phrases."""

    texts: int
    per_second: float
    bare_per_second: float

    @property
    def ratio(self) -> float:
        """How many times as long a text takes as in the bare search; the machine makes no difference."""
        return self.bare_per_second / self.per_second


def measure_speed(texts: Sequence[str], phrases: Phrases) -> Speed:
    """The best of some rounds each."""
    pieces = sorted((each.text for each in phrases.known), key=len, reverse=True)
    every = re.compile("|".join(map(re.escape, pieces)))
    read("", phrases)  # the pattern is made once, not for each text
    ours = _quickest(texts, lambda text: read(text, phrases, key="measured"))
    bare = _quickest(texts, lambda text: every.findall(unicodedata.normalize("NFKC", text).lower()))
    return Speed(texts=len(texts), per_second=len(texts) / ours, bare_per_second=len(texts) / bare)


def _quickest(texts: Sequence[str], work: Callable[[str], object]) -> float:
    return min(_spent(texts, work) for _ in range(_ROUNDS))


def _spent(texts: Sequence[str], work: Callable[[str], object]) -> float:
    began = perf_counter()
    for text in texts:
        work(text)
    return perf_counter() - began
