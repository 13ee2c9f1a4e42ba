"""What a text is about, as hashes: enough to see a shared topic, too little to read. Pure."""

import re
from functools import lru_cache
from hashlib import blake2b

_MOST = 12
_WORD = re.compile(r"[a-z][a-z0-9_.'-]{2,39}|[ァ-ヴー]{3,20}|[一-龥々]{2,12}")


def terms_of(words: str, *, common: frozenset[str], key: str) -> frozenset[str]:
    """Keyed hashes of the rarer words, at most twelve: Latin words, katakana, compounds of kanji.

    Longer words are rarer; `common` words tell nothing of a topic.
    """
    found = {match.rstrip(".'-") for match in _WORD.findall(words)} - common
    rare = sorted(found, key=lambda word: (-_rarity(word), word))[:_MOST]
    return frozenset(_hashed(word, key) for word in rare)


def _rarity(word: str) -> int:
    """Two kanji say as much as five letters."""
    return len(word) * 5 if word[0] >= "一" else len(word) * 3 if word[0] > "z" else len(word) * 2


@lru_cache(maxsize=65_536)
def _hashed(word: str, key: str) -> str:
    return blake2b(word.encode("utf-8", "replace"), key=key.encode()[:64], digest_size=4).hexdigest()
