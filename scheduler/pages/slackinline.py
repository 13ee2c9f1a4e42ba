"""One line of Slack's markup as HTML: what may stand inside a paragraph, a quote or an item of a list."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup, escape

from scheduler.pages.emoji import SIGNS

_SPECIAL = re.compile(r"`[^`]+`|<[^<>]*>|:[a-z0-9_+'-]{1,80}:(?::skin-tone-[2-6]:)?|[*_~]")
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_TAGS = {"*": "strong", "_": "em", "~": "s"}
ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """Puts lines into HTML; knows what members and channels are called."""

    member: Callable[[str], str]
    channel: Callable[[str], str]
    address: Callable[[str], str] = str

    def html(self, line: str) -> str:
        """Escaped, with tags of ours only, each of them closed."""
        written, done = _Written(), 0
        for found in _SPECIAL.finditer(line):
            written.add(plain(line[done : found.start()]))
            done = found.end()
            if found[0] in _TAGS:
                begins = found.start()
                written.mark(found[0], before=line[begins - 1 : begins], after=line[done : done + 1])
            else:
                written.add(self._special(found[0]))
        written.add(plain(line[done:]))
        return written.html()

    def _special(self, word: str) -> str:
        if word.startswith("`"):
            return f"<code>{plain(word[1:-1])}</code>"
        if word.startswith("<"):
            return self._reference(*word[1:-1].partition("|")[::2])
        name = word[1:-1].partition("::")[0]
        sign = SIGNS.get(name)
        return f'<span class="emoji" title=":{_safe(name)}:">{sign}</span>' if sign else plain(word)

    def _reference(self, target: str, label: str) -> str:
        """A link, a mention, a channel, a date: `<target|label>`. What is none of these stays as it is."""
        if target.startswith("@"):
            return _mention(f"@{_better(self.member(target[1:]), target[1:], label)}")
        if target.startswith("#"):
            return _mention(f"#{_better(self.channel(target[1:]).removeprefix('#'), target[1:], label)}")
        if target.startswith("!"):
            return _mention(_unescaped(label) or f"@{target[1:].partition('^')[0]}")
        address = _unescaped(target)
        if not ADDRESS.fullmatch(address):
            return plain(f"<{target}|{label}>" if label else f"<{target}>")
        shown = _unescaped(label) or address.removeprefix("mailto:")
        return f'<a href="{_safe(self.address(address))}" rel="noreferrer">{_safe(shown)}</a>'


class _Written:
    """Pieces of a line; a mark becomes a tag only when its partner comes."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._open: dict[str, int] = {}

    def add(self, piece: str) -> None:
        if piece:
            self._pieces.append(piece)

    def mark(self, sign: str, *, before: str, after: str) -> None:
        """Opens where a word begins, closes where one ends, and else is only a sign."""
        begun = self._open.get(sign)
        if begun is not None and _ends(before, after) and len(self._pieces) > begun + 1:
            self._pieces[begun] = f"<{_TAGS[sign]}>"
            self._pieces.append(f"</{_TAGS[sign]}>")
            # What was opened inside and never closed stays a sign: tags never cross.
            self._open = {each: place for each, place in self._open.items() if place < begun}
            return
        if begun is None and _begins(before, after):
            self._open[sign] = len(self._pieces)
        self._pieces.append(sign)

    def html(self) -> str:
        return "".join(self._pieces)


def plain(text: str) -> str:
    """Slack's text without any meaning: `&lt;` is a sign of less, as everybody reads it."""
    return str(_safe(_unescaped(text)))


def _mention(name: str) -> str:
    return f'<span class="mention">{_safe(name)}</span>'


def _better(name: str, member_or_channel: str, label: str) -> str:
    """The name; the label that Slack wrote, when all that is known is the id."""
    return _unescaped(label) if label and name == member_or_channel else name


def fit(text: str) -> str:
    """The text without control signs, what turns the direction of writing, and what no file can hold."""
    return _UNFIT.sub("", text)


def _safe(text: str) -> Markup:
    return escape(fit(text))


def _begins(before: str, after: str) -> bool:
    return not before.isalnum() and bool(after.strip())


def _ends(before: str, after: str) -> bool:
    return bool(before.strip()) and not after.isalnum()


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
