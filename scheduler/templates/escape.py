"""Makes what people wrote harmless, in one place. No template, no locale.

Text in Slack's events and exports is escaped, and real mentions in it are control sequences (`<!channel>`):
quoted as it stands it would ring everybody's bell again. `clean` turns it into plain, inert text; only what
`one_line` and `quote` give (`Escaped`) gets into a message.
"""

import re
from unicodedata import category

#: Between these two signs stands what came from people, until `markup.settle` has looked at it.
#: Noncharacters: no text of anybody's contains them, and `clean` takes them out if it does.
BEGIN, END = "\ufdd0", "\ufdd1"

LONGEST_LINE = 60  # characters, as Slack counts them: `&` takes five
LONGEST_QUOTE = 600
_MOST_QUOTE_LINES = 8
_LONGEST_READ = 4_000  # what stands behind it is never shown

_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SEQUENCE = re.compile(r"<([^<>\n]*)>")
_EVERYBODY = re.compile(r"@(?=channel|here|everyone|group)", re.IGNORECASE)
_MARKER = re.compile(r"(?<![A-Za-z0-9])[*_~]|[*_~](?![A-Za-z0-9])|`")
_LONE_JOINER = re.compile("\u200d(?![\u2190-\U0010ffff])")
_QUOTE_SIGN = re.compile(r"^[>\s]+", re.MULTILINE)
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LENGTHS = {sign: len(escape) for sign, escape in _ESCAPES.items()}
_WIDE = str.maketrans("*_~`", "＊＿～｀")
_INVISIBLE = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters by name, blanks to the eye


class Escaped(str):
    """Text that may go into a message as it is: made by us, or made harmless here."""

    __slots__ = ()


def clean(text: str) -> str:
    """Plain text without mentions, links, markup and control signs; empty when nothing in it is visible."""
    text = _without_controls(text[:_LONGEST_READ])
    text = _SEQUENCE.sub(_as_words, text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    text = _SEQUENCE.sub(_as_words, text)
    text = _MARKER.sub(lambda match: match.group().translate(_WIDE), text)
    text = _QUOTE_SIGN.sub("", quieten(text)).strip()
    return text if any(map(_is_visible, text)) else ""


def quieten(text: str) -> str:
    """`@here`, `@channel`, `@everyone` with a full-width ＠: readable, and a mention nowhere."""
    return _EVERYBODY.sub("＠", text)


def one_line(text: str) -> Escaped:
    """Cleaned text on a single line, cut to fit."""
    return _marked(_cut(" ".join(text.split()), LONGEST_LINE))


def quote(text: str) -> Escaped:
    """Cleaned text as a quotation, line by line, cut to fit; nothing when it is empty."""
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    kept = _cut("\n".join(lines[:_MOST_QUOTE_LINES]), LONGEST_QUOTE - 4 * _MOST_QUOTE_LINES)
    more = ["> …"] if len(lines) > _MOST_QUOTE_LINES else []
    return Escaped("\n".join([f"> {_marked(line)}" for line in kept.splitlines()] + more))


def _without_controls(text: str) -> str:
    if text.isprintable():
        return text
    text = _LONE_JOINER.sub("", _LINE_BREAK.sub("\n", text).replace("\t", " "))
    return "".join(sign for sign in text if sign in "\n\u200d" or not _is_control(sign))


def _is_control(sign: str) -> bool:
    return category(sign) in {"Cc", "Cf", "Cs"} or sign in {BEGIN, END}


def _is_visible(sign: str) -> bool:
    return not (sign.isspace() or sign in _INVISIBLE or category(sign)[0] in "MC")


def _as_words(match: re.Match[str]) -> str:
    """What a control sequence shows, without what it does."""
    target, _, label = match.group(1).partition("|")
    if target[:1] in {"@", "#"}:
        return f"{target[0]}{label.lstrip('@#') or '…'}"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    if "://" in target or target.startswith(("mailto:", "tel:")):
        return label or target.removeprefix("mailto:").removeprefix("tel:")
    return match.group()


def _cut(text: str, most: int) -> str:
    """The text, or its beginning and `…`, so that it is no longer than `most` once it is escaped."""
    if len(text) * 5 <= most or len(_escape(text)) <= most:
        return text
    left = most - 1
    for index, sign in enumerate(text):
        left -= _LENGTHS.get(sign, 1)
        if left < 0:
            return text[:index].rstrip(" \u200d") + "…"
    return text


def _marked(text: str) -> Escaped:
    return Escaped(f"{BEGIN}{_escape(text)}{END}" if text else "")


def _escape(text: str) -> str:
    for sign, escape in _ESCAPES.items():
        text = text.replace(sign, escape)
    return text
