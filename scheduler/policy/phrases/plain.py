"""A message as Slack tells it, to its words: one width, small letters, no code, quotes or links. Pure.

Everything is one pass over the text, so that the time is linear in its length. What most texts have nothing
of is looked for before it is left out.
"""

import re
import unicodedata
from typing import NamedTuple

#: Slack takes no longer message.
_MOST = 40_000
#: A block that is never closed ends with its paragraph: Slack shows it as text.
_BLOCK = re.compile(r"```(?:.*?```|.*?(?:\n[ \t]*\n|\Z))", re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
#: Three signs quote a whole paragraph; what comes after it is said by the author again.
_QUOTE = re.compile(r"^(?:&gt;|>){3}[^\n]*(?:\n[^\n]+)*|^(?:&gt;|>).*$", re.MULTILINE)
_CALLED = re.compile(r"<@[^<>]{1,100}>(?: ?さん)?")
_SLACK = re.compile(r"<[^<>]{0,3000}>|https?://[^\s<>、。」）]+")
_STAMP = re.compile(r":[a-z0-9_+'-]{1,100}:")
#: Signs that nobody sees: they must not stand between the letters of a word.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff]")
_SIGNS = str.maketrans({"，": "、", "．": "。", "’": "'", "‘": "'", "“": '"', "”": '"', "〜": "~", "～": "~"})
_OTHER_SIGNS = re.compile(f"[{''.join(map(chr, _SIGNS))}]")
#: A comma of Latin texts in a Japanese sentence.
_COMMA = re.compile(r"(?<=[^\x00-\x7f]),")
_SAYS = re.compile(r"[^\W_]|\?")
_TRAILING = re.compile(r"・{2,}|。{2,}|、{2,}|\.{2,}|‥+")


class Plain(NamedTuple):
    """The words; those with what stands in code; whether it opens with a quote; whether it says anything."""

    words: str
    with_code: str
    quotes: bool
    speaks: bool


def plain(text: str) -> Plain:
    """What a reader would read as words. Where something was left out, a gap remains."""
    text = text[:_MOST]
    has_code = "`" in text
    spoken = _BLOCK.sub("\n", text) if has_code else text
    if ">" in spoken or "&gt;" in spoken:
        spoken = _CALLED.sub(" ", _QUOTE.sub("\n", spoken))
    spoken = _without_links(spoken)
    words = _without_stamps(normal(_CODE.sub(" ", spoken) if has_code else spoken)).strip().lstrip("、。 ")
    with_code = _without_stamps(normal(_without_links(text))) if has_code else words
    quotes = text.lstrip().startswith(("&gt;", ">"))
    return Plain(words, with_code, quotes, _SAYS.search(with_code) is not None)


def _without_links(text: str) -> str:
    return _SLACK.sub(" ", text) if "<" in text or "http" in text else text


def _without_stamps(words: str) -> str:
    return _STAMP.sub(" ", words) if ":" in words else words


def normal(text: str) -> str:
    """One width, small letters, one sign for each way of trailing off."""
    plainly = text.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&") if "&" in text else text
    if not plainly.isprintable() or "\ufe0f" in plainly:
        plainly = _UNSEEN.sub("", plainly)
    if _OTHER_SIGNS.search(plainly):
        plainly = plainly.translate(_SIGNS)
    words = unicodedata.normalize("NFKC", plainly)
    if "," in words:
        words = _COMMA.sub("、", words)
    return _TRAILING.sub("...", words).lower()
