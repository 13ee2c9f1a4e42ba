"""Names that Slack and the system give: channels, members, stamps, time zones, addresses; and our own ids."""

import re
from collections.abc import Callable
from typing import Annotated
from unicodedata import normalize
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BeforeValidator

from scheduler.config.refusal import refuse, refuse_wide_comma, shown, text
from scheduler.strictyaml import nearest

_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{8,}")
_NOT_IN_CHANNEL = re.compile(r"[\s#,.@:/\\]|[A-Z]")
_MEMBER_ID = re.compile(r"[UW][A-Z0-9]{2,}")
_GROUP_ID = re.compile(r"S[A-Z0-9]{2,}")
_STAMP = re.compile(r"[\w'+-]+")
_ID = re.compile(r"\w[\w-]*")
_URL = re.compile(r"(https://[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?)/?")
_HOST = re.compile(r"(?:https?://)?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(?:/.*)?")


def channel(value: object) -> str:
    """A channel's name without `#`, or its id."""
    word = text(value)
    if _CHANNEL_ID.fullmatch(word):
        return word
    if set(word) & set("*?[]"):
        raise refuse("one_channel", value=shown(word))
    return channel_pattern(word)


def channel_pattern(value: object) -> str:
    """A channel's name, in which `*` stands for anything. Slack allows no capitals, spaces or full stops."""
    word = text(value)
    refuse_wide_comma(word)
    if _NOT_IN_CHANNEL.search(word) and not _NOT_IN_CHANNEL.search(bare := word.lstrip("#")) and bare:
        raise refuse("channel_hash", value=shown(word), near=bare)
    if _NOT_IN_CHANNEL.search(word) or len(word) > 80:
        meant = re.sub(r"\s+", "-", word.strip().lstrip("#").lower())
        raise refuse(
            "channel_name", value=shown(word), near=None if _NOT_IN_CHANNEL.search(meant) else meant or None
        )
    return word


def member(value: object) -> str:
    """A member's id: names can be changed, and are not unique."""
    return _form(_MEMBER_ID, "member_id", value, str.upper)


def group(value: object) -> str:
    """A user group's id: its name, which begins with `@`, can be changed."""
    return _form(_GROUP_ID, "group_id", value, _group_in)


def _group_in(word: str) -> str:
    """As it stands in a mention: `<!subteam^S0123ABCD|@ambassadors>`."""
    return word.partition("^")[2].partition("|")[0].strip(">") or word.strip().upper()


def stamp(value: object) -> str:
    """A stamp's name without colons and skin tone."""
    refuse_wide_comma(text(value))
    return _form(_STAMP, "stamp_name", value, lambda word: word.strip(": ").partition("::")[0])


def topic(value: object) -> str:
    """What a channel is about, in the admins' own words."""
    return text(value).strip()


def topic_of_several(value: object) -> str:
    """One of the topics in a list."""
    refuse_wide_comma(text(value))
    return topic(value)


def our_id(value: object) -> str:
    """An id of ours: it stands in the keys of what was sent, so it must stay what it is."""
    return _form(_ID, "bad_id", value, lambda word: re.sub(r"[\s:./]+", "-", word.strip()))


def message(value: object) -> str:
    """The name of a message file, without its ending."""
    return _form(_ID, "message_name", value, lambda word: re.sub(r"^.*/|\.ya?ml$", "", word.strip()))


def zone(value: object) -> ZoneInfo:
    """A time zone by its name in the tz database."""
    word = text(value)
    try:
        return ZoneInfo(word)
    except (KeyError, ValueError, OSError):
        known = {"JST": "Asia/Tokyo", "Japan": "Asia/Tokyo"}
        near = known.get(word) or nearest(word, available_timezones())
        raise refuse("unknown_zone", value=shown(word), near=near) from None


def url(value: object) -> str:
    """The workspace's address, without a slash at the end."""
    word = text(value)
    match = _URL.fullmatch(word)
    if match is None:
        host = _HOST.fullmatch(word)
        raise refuse("bad_url", value=shown(word), near=f"https://{host[1]}" if host else None)
    return match[1]


def _form(pattern: re.Pattern[str], name: str, value: object, mend: Callable[[str], str]) -> str:
    word = text(value)
    if pattern.fullmatch(word):
        return word
    meant = mend(normalize("NFKC", word))
    raise refuse(name, value=shown(word), near=meant if pattern.fullmatch(meant) else None)


Channel = Annotated[str, BeforeValidator(channel)]
ChannelPattern = Annotated[str, BeforeValidator(channel_pattern)]
MemberId = Annotated[str, BeforeValidator(member)]
GroupId = Annotated[str, BeforeValidator(group)]
Stamp = Annotated[str, BeforeValidator(stamp)]
Topic = Annotated[str, BeforeValidator(topic)]
OneTopic = Annotated[str, BeforeValidator(topic_of_several)]
OurId = Annotated[str, BeforeValidator(our_id)]
MessageName = Annotated[str, BeforeValidator(message)]
Zone = Annotated[ZoneInfo, BeforeValidator(zone)]
Url = Annotated[str, BeforeValidator(url)]
