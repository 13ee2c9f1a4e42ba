"""A finished Slack payload as safe HTML: its blocks one below the other; without blocks, its text.

Of a block that is not known, the text is shown. Pictures are named, and never fetched.
"""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from scheduler.pages.slackinline import ADDRESS, plain
from scheduler.pages.slackmarkup import Called, slack_to_html

_Block = Mapping[str, object]


def blocks_to_html(text: str, blocks: Sequence[_Block], called: Called) -> Markup:
    """The message as its reader sees it."""
    parts = [part for block in blocks for part in _block(block, called)]
    return Markup("\n").join(parts or [slack_to_html(text, called)])


def _block(block: _Block, called: Called) -> Iterator[Markup]:
    kind = block.get("type")
    if kind == "divider":
        yield Markup("<hr>")
    elif kind == "header":
        yield Markup('<p class="header">{}</p>').format(_words_in(block.get("text")))
    elif kind == "image":
        yield Markup('<p class="picture">{}</p>').format(_string(block.get("alt_text")))
    elif "text" in block:
        yield _text_in(block["text"], called)
    yield from _fields(block, called)
    if elements := list(_elements(block, called)):
        css = "context" if kind == "context" else "buttons"
        yield Markup('<div class="{}">{}</div>').format(css, Markup(" ").join(elements))


def _fields(block: _Block, called: Called) -> Iterator[Markup]:
    for each in _mappings(block.get("fields")):
        yield Markup('<div class="field">{}</div>').format(_text_in(each, called))


def _elements(block: _Block, called: Called) -> Iterator[Markup]:
    for element in _mappings(block.get("elements")):
        if element.get("type") == "button":
            yield _button(element)
        elif element.get("type") == "image":
            yield escape(_string(element.get("alt_text")))
        elif element.get("type") in {"mrkdwn", "plain_text"}:
            yield _text_in(element, called)


def _button(button: _Block) -> Markup:
    words = _words_in(button.get("text"))
    address = _string(button.get("url"))
    if not ADDRESS.fullmatch(address):
        return Markup('<span class="button">{}</span>').format(words)
    return Markup('<a class="button" href="{}" rel="noreferrer">{}</a>').format(address, words)


def _text_in(text: object, called: Called) -> Markup:
    """A text object of Block Kit: `{"type": "mrkdwn", "text": "…"}`."""
    if not isinstance(text, Mapping):
        return Markup()
    if text.get("type") == "mrkdwn":
        return slack_to_html(_string(text.get("text")), called)
    return Markup("<p>{}</p>").format(_words_in(text).replace("\n", Markup("<br>")))


def _words_in(text: object) -> Markup:
    """The same where no markup is understood: its letters only."""
    words = _string(text.get("text")) if isinstance(text, Mapping) else ""
    return Markup(plain(words))  # noqa: S704 - escaped just now


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _mappings(value: object) -> Iterator[_Block]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        yield from (each for each in value if isinstance(each, Mapping))
