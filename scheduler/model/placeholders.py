"""The contract between what we know and what a message may say: the placeholders of each kind.

Their descriptions stand in the catalogue (`placeholders.<kind>.<name>`), in both languages.
"""

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A name that a message template may use. `optional` ones may be None."""

    name: str
    type: type
    example: PlaceholderValue
    optional: bool = False


PLACEHOLDERS: dict[MessageKind, tuple[Placeholder, ...]] = {
    MessageKind.WELCOME: (
        Placeholder("member", MemberRef, MemberRef("U0SAMPLE1")),
        Placeholder("member_name", str, "中村 葵"),
    ),
    MessageKind.ALERT: (
        Placeholder("author_name", str, "中村 葵"),
        Placeholder("ambassador", MemberRef, MemberRef("U0SAMPLE2"), optional=True),
        Placeholder("channel", ChannelRef, ChannelRef("C0SAMPLE1")),
        Placeholder("post", PostRef, PostRef("C0SAMPLE1", "1795312800.000100")),
        Placeholder("excerpt", str, "はじめて投稿します。様式の押印について教えてください。"),
        Placeholder("waited", Wait, Wait(65)),
        Placeholder("waited_open", Wait, Wait(60)),
        Placeholder("first_post", bool, True),
        Placeholder("asks", bool, True),
        Placeholder("maybe_answered", bool, False),
        Placeholder("topic", str, ""),
        Placeholder("own_topic", bool, False),
    ),
    MessageKind.CARD: (
        Placeholder("waited", Wait, Wait(42)),
        Placeholder("days", int, 0),
        Placeholder("answered", bool, True),
        Placeholder("by_reaction", bool, False),
        Placeholder("maybe_answered", bool, False),
        Placeholder("resolved", bool, False),
        Placeholder("withdrawn", bool, False),
        Placeholder("dismissed", bool, False),
        Placeholder("author_gone", bool, False),
    ),
    MessageKind.THANKS: (
        Placeholder("joined", int, 4),
        Placeholder("first_posts", int, 3),
        Placeholder("first_posts_touched", int, 3),
        Placeholder("answers", int, 12),
        Placeholder("helpers", int, 7),
        Placeholder("next_open_day", Day, Day(date(2026, 11, 24))),
        Placeholder("long_break", bool, False),
    ),
    MessageKind.NOTICE: (
        Placeholder("count", int, 3),
        Placeholder("posts", PostList, PostList((PostRef("C0SAMPLE1", "1795312800.000100"),))),
        Placeholder("channel", ChannelRef, ChannelRef("C0SAMPLE1"), optional=True),
        Placeholder("code", str, "missing_scope"),
        Placeholder("scope_missing", bool, True),
        Placeholder("token_invalid", bool, False),
        Placeholder("detail", str, "config.yaml:12"),
    ),
}
