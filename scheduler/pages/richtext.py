"""A `rich_text` block of Slack as safe HTML: its sections, lists, quotes and code.

Here words are words: no markup is understood in them. What is not known is left out.
"""

from collections.abc import Iterator, Mapping

from markupsafe import Markup, escape

from scheduler.pages.reading import Block, mappings, string
from scheduler.pages.slackinline import ADDRESS, Inline, fit
from scheduler.pages.slackmarkup import Called

_STYLES = (("code", "code"), ("bold", "strong"), ("italic", "em"), ("strike", "s"))
_FRAMES = {
    "rich_text_section": "<p>{}</p>",
    "rich_text_quote": "<blockquote>{}</blockquote>",
    "rich_text_preformatted": "<pre>{}</pre>",
}


def rich_text(block: Block, called: Called) -> Iterator[Markup]:
    """One part below the other."""
    inline = Inline(member=called.member, channel=called.channel, address=called.address)
    for part in mappings(block.get("elements")):
        if part.get("type") == "rich_text_list":
            yield _list(part, inline)
        elif frame := _FRAMES.get(string(part.get("type"))):
            yield Markup(frame).format(_words(part, inline))  # noqa: S704 - written above


def _list(part: Block, inline: Inline) -> Markup:
    items = Markup().join(
        Markup("<li>{}</li>").format(_words(item, inline)) for item in mappings(part.get("elements"))
    )
    frame = Markup("<ol>{}</ol>") if part.get("style") == "ordered" else Markup("<ul>{}</ul>")
    return frame.format(items)


def _words(part: Block, inline: Inline) -> Markup:
    return Markup().join(_styled(each, _word(each, inline)) for each in mappings(part.get("elements")))


def _word(each: Block, inline: Inline) -> Markup:
    """Mentions, links and emoji are drawn as Slack's markup for them is."""
    match each.get("type"):
        case "user":
            told = f"<@{string(each.get('user_id'))}>"
        case "channel":
            told = f"<#{string(each.get('channel_id'))}>"
        case "usergroup":
            told = f"<!subteam^{string(each.get('usergroup_id'))}>"
        case "broadcast":
            told = f"<!{string(each.get('range'))}>"
        case "emoji":
            told = f":{string(each.get('name'))}:"
        case "link":
            return _link(string(each.get("url")), string(each.get("text")), inline)
        case _:
            return _plain(string(each.get("text")) or string(each.get("fallback")))
    return Markup(inline.html(told))  # noqa: S704 - escaped there


def _link(address: str, words: str, inline: Inline) -> Markup:
    """Only addresses of the web and of mail lead anywhere."""
    shown = _plain(words or address)
    if not ADDRESS.fullmatch(address):
        return shown
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(inline.address(address), shown)


def _plain(words: str) -> Markup:
    return escape(fit(words)).replace("\n", Markup("<br>"))


def _styled(each: Block, words: Markup) -> Markup:
    style = each.get("style")
    for name, tag in _STYLES:
        if isinstance(style, Mapping) and style.get(name) is True:
            words = Markup("<{0}>{1}</{0}>").format(Markup(tag), words)  # noqa: S704 - written above
    return words
