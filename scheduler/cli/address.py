"""How people say which post they mean: a link copied in Slack, or a channel and a time stamp."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

_LINK = re.compile(
    r"https?://(?P<host>[^/\s]+)/archives/(?P<channel>[A-Z0-9]+)/p(?P<ts>\d{16})/?(?:\?(?P<query>\S*))?"
)
_TS = re.compile(r"p?(\d{10})\.?(\d{6})")
#: Signs of a Japanese keyboard, as they are typed between plain ones.
_WIDE = str.maketrans("＃：．０１２３４５６７８９", "#:.0123456789")


@dataclass(frozen=True, slots=True)
class Address:
    """`channel` is an id or a name; `moments` are the ts to look for, the likeliest first.

    `host` is where a link leads.
    """

    channel: str
    moments: Sequence[str]
    host: str | None = None


def read_address(text: str) -> Address | None:
    """The post that is meant; None when the text does not say."""
    bare = text.strip().strip("<>").partition("|")[0].replace("&amp;", "&").strip()
    link = _LINK.fullmatch(bare.partition("#")[0])
    return _of_link(link) if link else _of_pair(bare)


def _of_link(link: re.Match[str]) -> Address | None:
    """A reply's link names its thread, too: the post is found by either."""
    thread = parse_qs(link["query"] or "").get("thread_ts", [])
    moments = [_ts(text) for text in (link["ts"], *thread)]
    return Address(link["channel"], tuple(dict.fromkeys(ts for ts in moments if ts)), link["host"])


def _of_pair(text: str) -> Address | None:
    channel, _, moment = text.translate(_WIDE).rpartition(":")
    ts, name = _ts(moment.strip()), channel.strip().lstrip("#")
    is_name = bool(name) and "/" not in name and not re.search(r"\s", name)
    return Address(name, (ts,)) if ts and is_name else None


def _ts(text: str) -> str | None:
    found = _TS.fullmatch(text)
    return f"{found[1]}.{found[2]}" if found else None
