"""Slack's markup as safe HTML: bold, italic, struck, code, quotes, lists, links, mentions, emoji.

One pass over the text, whatever stands in it. Every tag of the output is written here; all else is escaped,
and only addresses of the web and of mail become links.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from scheduler.pages.slackinline import Inline, fit, plain

_FENCE = "```"
_QUOTE = re.compile(r"(?:&gt;|>) ?(.*)")
_QUOTE_ALL = re.compile(r"(?:&gt;|>){3} ?(.*)")
_BULLET = re.compile(r" {0,8}[•◦▪\-] +(.*)")
_NUMBER = re.compile(r" {0,8}([0-9]{1,6})[.)] +(.*)")
_BREAK = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """How ids are shown: a member without a sign before the name, a channel with its `#`.

    `address` may lead a link elsewhere: to where the same thing stands on the page itself.
    """

    member: Callable[[str], str]
    channel: Callable[[str], str]
    address: Callable[[str], str] = str


def slack_to_html(text: str, called: Called) -> Markup:
    """The text as block-level HTML; raises nothing, whatever the text is."""
    clean = fit(_BREAK.sub("\n", text))
    inline = Inline(member=called.member, channel=called.channel, address=called.address)
    return Markup("").join(Markup(part) for part in _parts(clean, inline))  # noqa: S704 - written by us below


def _parts(text: str, inline: Inline) -> Iterator[str]:
    pieces = text.split(_FENCE)
    if len(pieces) % 2 == 0:  # a fence that nobody closed is text
        pieces[-2:] = [_FENCE.join(pieces[-2:])]
    for number, piece in enumerate(pieces):
        if number % 2:
            yield from _preformatted(piece)
        else:
            yield from _prose(piece, inline)


def _preformatted(text: str) -> Iterator[str]:
    if stripped := text.strip("\n"):
        yield f"<pre>{plain(stripped)}</pre>"


def _prose(text: str, inline: Inline) -> Iterator[str]:
    for kind, group in groupby(_lines(text), key=lambda line: line[0]):
        rows = [inline.html(content) for _, content in group]
        if kind == "quote":
            yield f"<blockquote>{'<br>'.join(rows)}</blockquote>"
        elif kind == "text":
            yield f"<p>{'<br>'.join(rows)}</p>"
        elif kind == "bullet":
            yield f"<ul>{''.join(f'<li>{row}</li>' for row in rows)}</ul>"
        elif kind:
            items = "".join(f"<li>{row}</li>" for row in rows)
            yield f'<ol start="{kind.partition(" ")[2]}">{items}</ol>'


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Each line with what it is: `quote`, `bullet`, `number N` (its list begins there), `text`, nothing."""
    quotes_all, list_begins = False, ""
    for line in text.split("\n"):
        kind, content = ("quote", line) if quotes_all else _kind_of(line)
        if kind == "quote-all":
            kind, quotes_all = "quote", True
        if kind.startswith("number"):
            kind = list_begins = list_begins or kind
        else:
            list_begins = ""
        yield kind, content


def _kind_of(line: str) -> tuple[str, str]:
    if found := _QUOTE_ALL.fullmatch(line):
        return "quote-all", found[1]
    if found := _QUOTE.fullmatch(line):
        return "quote", found[1]
    if found := _BULLET.fullmatch(line):
        return "bullet", found[1]
    if found := _NUMBER.fullmatch(line):
        return f"number {int(found[1])}", found[2]
    return ("text" if line.strip() else ""), line
