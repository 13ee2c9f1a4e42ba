"""What a message's text does: asks, says that it is solved, thanks everybody for the week. Pure.

Plain pieces of text are looked for, so that the time is linear in the length of the text. Whose text it
is, and where it stands, is not known here.
"""

import re
import unicodedata
from functools import lru_cache

from scheduler.model.readings import TextReading
from scheduler.settings import Phrases

#: A text longer than this is judged by its beginning; Slack allows 40,000 characters.
_MOST = 4000
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_QUOTE = re.compile(r"^(?:&gt;|>){3}[\s\S]*|^(?:&gt;|>).*$", re.MULTILINE)
_MENTION = re.compile(r"<@([UW][A-Z0-9]{1,20})(?:\|[^<>]*)?>")
_LINK = re.compile(r"/archives/([CDG][A-Z0-9]{1,20})/p(\d{10})(\d{6})")
_SLACK = re.compile(r"<[^<>]{0,3000}>|https?://[^\s<>、。」）]+")
#: Signs that nobody sees: they must not stand between the letters of a word.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def read(text: str, phrases: Phrases) -> TextReading:
    """What the text says, its code, quotes, links and mentions left out of the judgement."""
    text = text[:_MOST]
    words = _blank(_plain(text), phrases.read_past)
    asks, resolves = _found(words, phrases.asks), _found(words, phrases.resolves)
    return TextReading(
        asks=bool(asks),
        resolves=bool(resolves),
        weekly_thanks=bool(_found(words, phrases.weekly_thanks)),
        phrases=asks + resolves,
        length=len(text),
        mentions=frozenset(_MENTION.findall(text)),
        links=frozenset((channel, f"{seconds}.{micros}") for channel, seconds, micros in _LINK.findall(text)),
    )


def _plain(text: str) -> str:
    bare = _SLACK.sub(" ", _QUOTE.sub(" ", _CODE.sub(" ", text)))
    words = unicodedata.normalize("NFKC", _UNSEEN.sub("", bare))
    return words.replace("’", "'").replace("・・・", "...").lower()


def _blank(words: str, pieces: tuple[str, ...]) -> str:
    pattern = _pattern(pieces)
    return pattern.sub(" ", words) if pattern else words


def _found(words: str, pieces: tuple[str, ...]) -> tuple[str, ...]:
    pattern = _pattern(pieces)
    return tuple(dict.fromkeys(match.group() for match in pattern.finditer(words))) if pattern else ()


@lru_cache(maxsize=16)
def _pattern(pieces: tuple[str, ...]) -> re.Pattern[str] | None:
    if not pieces:
        return None
    return re.compile("|".join(re.escape(piece) for piece in sorted(pieces, key=len, reverse=True)))
