"""The last look at a rendered text, whatever a template did: no mention that came from a value gets out."""

import re

from scheduler.templates.escape import BEGIN, END, quieten
from scheduler.templates.unfit import Unfit

_SEQUENCE = re.compile(r"<([^<>]*)>")
_OURS = re.compile(r"[@#][A-Za-z0-9._-]+|https?://[^\s<>|]+|mailto:[^\s<>|]+|!date\^[^<>|]+")
_ADDRESS = re.compile(r"https?://[^\s<>|]+")
_SPACE_IN_JAPANESE = re.compile(r"(?<=[。、！？」）]) (?=[^\x00-\x7f])")
_MANY_BREAKS = re.compile(r"\n{3,}")


def settle(text: str) -> str:
    """The text as it goes out; raises Unfit when a tag of Slack's is unknown, loud, or filled by people."""
    for match in _SEQUENCE.finditer(text):
        _refuse_bad_tag(match.group(1).partition("|")[0])
    if "<" in _SEQUENCE.sub("", text):
        raise Unfit("messages.open_bracket")
    lines = (line.rstrip() for line in quieten(_unmarked(text)).split("\n"))
    return _MANY_BREAKS.sub("\n\n", "\n".join(lines)).strip()


def settle_plain(text: str) -> str:
    """The same for a notification: one line. Japanese takes no space after its own signs."""
    return _SPACE_IN_JAPANESE.sub("", " ".join(settle(text).split()))


def settle_button(text: str) -> str:
    """The words on a button, which take no markup and nothing that people wrote."""
    if BEGIN in text:
        raise Unfit("messages.value_in_button")
    if "<" in text:
        raise Unfit("messages.open_bracket")
    return " ".join(quieten(text).split())


def settle_address(text: str) -> str:
    """The address behind a button."""
    if BEGIN in text:
        raise Unfit("messages.value_in_link")
    if not _ADDRESS.fullmatch(text.strip()):
        raise Unfit("messages.wrong_address")
    return text.strip()


def _refuse_bad_tag(target: str) -> None:
    if BEGIN in target or END in target:
        raise Unfit("messages.value_in_link")
    if not _OURS.fullmatch(target):
        code = "messages.broadcast" if target.startswith("!") else "messages.unknown_tag_of_slack"
        raise Unfit(code, word=f"<{target}")


def _unmarked(text: str) -> str:
    return text.replace(BEGIN, "").replace(END, "")
