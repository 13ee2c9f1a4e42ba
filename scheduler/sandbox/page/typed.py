"""What was typed into the composer, as Slack takes it: mentions, channels and links come out as such."""

import re
from collections.abc import Mapping

from scheduler.sandbox.page.names import member_name
from scheduler.sandbox.page.viewer import people
from scheduler.sandbox.text import Markup, typed
from scheduler.sandbox.world import World

_ADDRESS = re.compile(
    r"https?://[^\s<>\u3000\u3001\u3002\uff09\u300d]+[^\s<>.,;:!?)\u3000\u3001\u3002\uff09\u300d]"
)
_GROUPS = ("here", "channel", "everyone")


def markup_of(world: World, text: str) -> Markup:
    """Everything else stays text: nobody is notified by typing Slack's markup by hand."""
    linked = _ADDRESS.sub(lambda found: f"<{found[0]}>", typed(text))
    return Markup(_replaced(linked, _words(world)))


def _words(world: World) -> Mapping[str, str]:
    names = {f"@{member_name(world, member.id)}": f"<@{member.id}>" for member in people(world)}
    rooms = {
        f"#{channel.name}": f"<#{channel.id}>" for channel in world.channels.values() if not channel.is_im
    }
    return {f"@{name}": f"<!{name}>" for name in _GROUPS} | rooms | {typed(k): v for k, v in names.items()}


def _replaced(text: str, words: Mapping[str, str]) -> str:
    """The longest name wins; the names of others do not begin inside a word."""
    if not ("@" in text or "#" in text):
        return text
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile(r"(?<![\w&/])(?:" + "|".join(re.escape(word) for word in longest_first) + ")")
    return pattern.sub(lambda found: words[found[0]], text)
