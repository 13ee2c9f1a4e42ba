"""A finished Slack payload as safe HTML: its blocks one below the other; without blocks, its text.

Of a block that is not known, the text is shown. Pictures are named, and never fetched. What can be pressed
or filled in is drawn by the `control` that is handed in; by itself a button is a picture of one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from markupsafe import Markup

from scheduler.pages.reading import Block, mappings, string, words_in
from scheduler.pages.richtext import rich_text
from scheduler.pages.slackinline import ADDRESS
from scheduler.pages.slackmarkup import Called, slack_to_html

#: Draws an element (of this block), or gives None when it shows nothing of that type.
Control = Callable[[Block, Block, Called], Markup | None]


def _still(block: Block, element: Block, called: Called) -> Markup | None:
    return _button(element, called) if element.get("type") == "button" else None


def blocks_to_html(text: str, blocks: Sequence[Block], called: Called, control: Control = _still) -> Markup:
    """The message as its reader sees it."""
    parts = [part for block in blocks for part in _block(block, called, control)]
    return Markup("\n").join(parts or [slack_to_html(text, called)])


def _block(block: Block, called: Called, control: Control) -> Iterator[Markup]:
    kind = block.get("type")
    if kind == "divider":
        yield Markup("<hr>")
    elif kind == "header":
        yield Markup('<p class="header">{}</p>').format(words_in(block.get("text")))
    elif kind == "image":
        yield Markup('<p class="picture">{}</p>').format(string(block.get("alt_text")))
    elif kind == "rich_text":
        yield from rich_text(block, called)
    elif "text" in block:
        yield _text_in(block["text"], called)
    yield from _fields(block, called)
    yield from _beside(block, called, control)
    if elements := list(_elements(block, called, control)):
        css = "context" if kind == "context" else "buttons"
        yield Markup('<div class="{}">{}</div>').format(css, Markup(" ").join(elements))


def _fields(block: Block, called: Called) -> Iterator[Markup]:
    for each in mappings(block.get("fields")):
        yield Markup('<div class="field">{}</div>').format(_text_in(each, called))


def _beside(block: Block, called: Called, control: Control) -> Iterator[Markup]:
    """A section's accessory, an input's element."""
    for name in ("accessory", "element"):
        element = block.get(name)
        if isinstance(element, Mapping) and (drawn := _element(block, element, called, control)):
            yield Markup('<div class="{}">{}</div>').format(name, drawn)


def _elements(block: Block, called: Called, control: Control) -> Iterator[Markup]:
    for element in mappings(block.get("elements")):
        if drawn := _element(block, element, called, control):
            yield drawn


def _element(block: Block, element: Block, called: Called, control: Control) -> Markup | None:
    if element.get("type") == "image":
        return Markup('<span class="picture">{}</span>').format(string(element.get("alt_text")))
    if string(element.get("type")) in {"mrkdwn", "plain_text"}:
        return _text_in(element, called)
    return control(block, element, called)


def _button(button: Block, called: Called) -> Markup:
    words = words_in(button.get("text"))
    address = string(button.get("url"))
    if not ADDRESS.fullmatch(address):
        return Markup('<span class="button">{}</span>').format(words)
    link = Markup('<a class="button" href="{}" rel="noreferrer">{}</a>')
    return link.format(called.address(address), words)


def _text_in(text: object, called: Called) -> Markup:
    """A text object of Block Kit: `{"type": "mrkdwn", "text": "…"}`; a Markdown block has bare text."""
    if isinstance(text, Mapping) and text.get("type") == "mrkdwn":
        return slack_to_html(string(text.get("text")), called)
    if not isinstance(text, Mapping | str):
        return Markup()
    return Markup("<p>{}</p>").format(words_in(text).replace("\n", Markup("<br>")))
