"""Values of placeholders as a template sees them: what people wrote is cleaned, what is ours is ready."""

import re
from collections.abc import Mapping
from typing import NoReturn

from scheduler.model.messages import (
    ChannelRef,
    Day,
    MemberRef,
    MessageKind,
    PlaceholderValue,
    PostList,
    PostRef,
    Wait,
)
from scheduler.model.placeholders import PLACEHOLDERS, Placeholder
from scheduler.templates.escape import Escaped, clean
from scheduler.templates.unfit import Unfit
from scheduler.templates.words import day_in_words, nameless, wait_in_words

_ID = re.compile(r"[A-Za-z0-9._-]+")
_TS = re.compile(r"[0-9]+\.?[0-9]*")


def seen_by_template(
    values: Mapping[str, PlaceholderValue], kind: MessageKind, *, language: str, workspace_url: str
) -> dict[str, object]:
    """The values of the kind's placeholders; raises Unfit for one of the wrong type.

    One that is missing stays undefined: a message that uses it cannot be rendered.
    """
    return {
        placeholder.name: _seen(placeholder, values[placeholder.name], language, workspace_url)
        for placeholder in PLACEHOLDERS[kind]
        if placeholder.name in values
    }


def channel_link(name: str, channel_id: str | None) -> Escaped:
    """A link to a channel, or its name when nobody knows its id."""
    return Escaped(f"<#{_checked(_ID, channel_id, name)}>" if channel_id else f"#{clean(name)}")


def _seen(placeholder: Placeholder, value: PlaceholderValue, language: str, workspace_url: str) -> object:
    if type(value) is not placeholder.type and not (value is None and placeholder.optional):
        _refuse_type(placeholder, value)
    match value:
        case str():
            return clean(value) or (nameless(language) if placeholder.name.endswith("_name") else "")
        case MemberRef(member):
            return Escaped(f"<@{_checked(_ID, member, placeholder.name)}>")
        case ChannelRef(channel):
            return Escaped(f"<#{_checked(_ID, channel, placeholder.name)}>")
        case PostRef() | PostList():
            return Escaped(_where(value, workspace_url))
        case Wait():
            return Escaped(wait_in_words(value, language))
        case Day():
            return Escaped(day_in_words(value, language))
    return value


def _where(value: PostRef | PostList, workspace_url: str) -> str:
    if isinstance(value, PostRef):
        return _permalink(value, workspace_url)
    return "\n".join(f"• <{_permalink(post, workspace_url)}>" for post in value.posts)


def _permalink(post: PostRef, workspace_url: str) -> str:
    channel, ts = _checked(_ID, post.channel, "post"), _checked(_TS, post.ts, "post")
    return f"{workspace_url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"


def _checked(pattern: re.Pattern[str], text: str, name: str) -> str:
    """An id goes between Slack's brackets as it is, so it must be one."""
    if not pattern.fullmatch(text):
        raise Unfit("messages.wrong_id", word=name, name=name)
    return text


def _refuse_type(placeholder: Placeholder, value: PlaceholderValue) -> NoReturn:
    raise Unfit(
        "messages.wrong_type",
        word=placeholder.name,
        name=placeholder.name,
        wanted=placeholder.type.__name__,
        given=type(value).__name__,
    )
