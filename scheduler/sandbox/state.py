"""What the stand-in remembers: plain records, changed only by `happenings` and `methods`."""

from dataclasses import dataclass, field
from datetime import datetime

from scheduler.sandbox.refusals import Json


@dataclass(slots=True, kw_only=True)
class Member:
    """A user, a guest, a bot, or Slackbot. `fields` are custom profile fields: id → value."""

    id: str
    name: str
    real_name: str
    display_name: str = ""
    title: str = ""
    tz: str = "Asia/Tokyo"
    locale: str = "ja-JP"
    bot_id: str | None = None
    is_admin: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_invited_user: bool = False
    is_stranger: bool = False
    deleted: bool = False
    updated: int = 0
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Message:
    """One message. `thread_ts` is its root's, for replies only; `replies` are a root's, sorted.

    `earlier_blocks` are what it showed before: somebody may still look at that.
    """

    ts: str
    text: str
    user: str | None = None
    thread_ts: str | None = None
    subtype: str | None = None
    bot_id: str | None = None
    username: str | None = None
    client_msg_id: str | None = None
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    metadata: Json | None = None
    files: list[Json] = field(default_factory=list)
    edited: Json | None = None
    earlier_blocks: list[list[Json]] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    replies: list[str] = field(default_factory=list)
    visible_at: datetime | None = None
    more: Json = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Channel:
    """A channel, or the app's conversation with one member (`with_user`).

    `timeline` holds what stands in the channel itself, in microseconds, sorted; replies are under their root.
    """

    id: str
    name: str
    created: int
    creator: str
    is_private: bool = False
    with_user: str | None = None
    is_archived: bool = False
    is_general: bool = False
    topic: str = ""
    purpose: str = ""
    previous_names: list[str] = field(default_factory=list)
    members: dict[str, None] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    timeline: list[int] = field(default_factory=list)

    @property
    def is_im(self) -> bool:
        return self.with_user is not None

    @property
    def kind(self) -> str:
        """As in `channel_type` of events."""
        return "im" if self.is_im else "group" if self.is_private else "channel"


@dataclass(slots=True, kw_only=True)
class UserGroup:
    """A user group (`@ambassadors`); times in seconds since 1970, `disabled` 0 unless it is."""

    id: str
    handle: str
    created: int
    updated: int
    disabled: int = 0
    members: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class View:
    """A modal, or somebody's Home tab, as the app gave it (`content`)."""

    id: str
    user: str
    content: Json
    hash: str
    root_id: str
    previous_id: str | None = None


@dataclass(slots=True, kw_only=True)
class Ephemeral:
    """A message that one member alone saw."""

    channel: str
    user: str
    ts: str
    text: str
    blocks: list[Json] | None = None
    thread_ts: str | None = None
