"""Text as Slack keeps it: `&`, `<` and `>` are escaped, and only Slack's own control sequences stay.

Source: https://docs.slack.dev/messaging/formatting-message-text
"""

import re

_CONTROL = re.compile(r"<(?:[@#!][^<>\s][^<>]*|(?:https?|mailto|tel):[^<>]+)>")
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")


class Markup(str):
    """Text that is in Slack's markup already: `Markup("<@U1> hello")` mentions somebody."""

    __slots__ = ()


def typed(text: str) -> str:
    """What a person typed, as Slack keeps it: whoever types `<!channel>` by hand notifies nobody."""
    if isinstance(text, Markup):
        return str(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def sent_by_app(text: str) -> str:
    """What an app sent: its mentions and links work, and every other bracket is only a bracket."""
    pieces, end = [], 0
    for found in _CONTROL.finditer(text):
        pieces += [_escaped(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*pieces, _escaped(text[end:])])


def _escaped(text: str) -> str:
    return _BARE_AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
