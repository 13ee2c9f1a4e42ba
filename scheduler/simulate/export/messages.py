"""One entry of a day file → a message, or nothing. Names what it cannot use; keeps the text as it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scheduler.model.facts import Shape
from scheduler.simulate.export.content import JsonObject, id_in, mended, whole
from scheduler.simulate.export.files import DayFile
from scheduler.simulate.export.findings import Finding, Findings
from scheduler.simulate.export.lists import SLACKBOT, Person, is_guest

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: Ten digits (2001 to 2286), as Slack's always are: a zero or milliseconds would send virtual time astray.
_TS = re.compile(r"([1-9][0-9]{9})(?:\.([0-9]{1,6}))?")

_POSTS = frozenset({"", "file_share", "me_message", "thread_broadcast", "bot_message"})
_TRACES = frozenset({"channel_join", "group_join"})
_IGNORED = frozenset(
    {
        *("channel_leave", "channel_topic", "channel_purpose", "channel_name", "channel_archive"),
        *("channel_unarchive", "channel_posting_permissions", "channel_convert_to_private"),
        *("channel_convert_to_public", "channel_canvas_updated", "tabbed_canvas_updated"),
        *("group_leave", "group_topic", "group_purpose", "group_name", "group_archive", "group_unarchive"),
        *("pinned_item", "unpinned_item", "file_comment", "file_mention", "file_created", "file_changed"),
        *("bot_add", "bot_remove", "bot_enable", "bot_disable", "app_conversation_join"),
        *("app_conversation_leave", "assistant_app_thread", "slackbot_response", "reminder_add"),
        *("reminder_delete", "sh_room_created", "sh_room_shared", "huddle_thread", "joiner_notification"),
        *("joiner_notification_for_inviter", "tombstone", "message_changed", "message_deleted"),
        *("message_replied", "reply_broadcast", "ekm_access_denied", "share_shortcut", "document_mention"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What one entry says. `micros` counts microseconds since 1970 and orders messages.

    `is_trace` marks a join: the member was there, and said nothing. `stamps` are (stamp, member).
    `profile` is what the message itself says about its author.
    """

    channel: str
    file: str
    ts: str
    micros: int
    author: str | None
    text: str
    shape: Shape
    thread_ts: str | None
    is_bot: bool
    is_trace: bool
    stamps: tuple[tuple[str, str], ...]
    profile: Person | None

    @property
    def at(self) -> datetime:
        return _EPOCH + timedelta(microseconds=self.micros)


def messages_of(
    entries: list[object], *, file: DayFile, channel: str, findings: Findings
) -> Iterator[Message]:
    """The messages among the entries of a file."""
    for entry in entries:
        if not isinstance(entry, dict):
            findings.count(Finding.NO_MESSAGE, file.name, type(entry).__name__)
        elif _is_read(entry, file.name, findings):
            message = _message(entry, file.name, channel, findings)
            if message is not None:
                yield message


def micros_of(ts: str) -> int | None:
    """Microseconds since 1970; None for what is no timestamp of Slack's."""
    match = _TS.fullmatch(ts)
    if match is None:
        return None
    seconds, fraction = match.groups(default="")
    return int(seconds) * 1_000_000 + int(fraction.ljust(6, "0"))


def _is_read(entry: JsonObject, file: str, findings: Findings) -> bool:
    subtype = _subtype(entry)
    if subtype in _POSTS or subtype in _TRACES:
        return True
    finding = Finding.IGNORED_SUBTYPE if subtype in _IGNORED else Finding.UNKNOWN_SUBTYPE
    findings.count(finding, file, subtype)
    return False


def _subtype(entry: JsonObject) -> str:
    subtype = entry.get("subtype")
    if isinstance(subtype, str):
        return subtype
    return "" if subtype is None else type(subtype).__name__


def _message(entry: JsonObject, file: str, channel: str, findings: Findings) -> Message | None:
    ts = _ts(entry.get("ts"))
    micros = micros_of(ts)
    if micros is None:
        findings.count(Finding.BAD_TS, file, ts)
        return None
    author = id_in(entry.get("user"))
    shape, thread_ts = _place(entry, ts)
    is_trace = _subtype(entry) in _TRACES
    message = Message(
        channel=channel,
        file=file,
        ts=ts,
        micros=micros,
        author=author,
        text=_text(entry, file, ts, findings),
        shape=shape,
        thread_ts=thread_ts,
        is_bot=_is_bot(entry, author),
        is_trace=is_trace,
        stamps=() if is_trace else tuple(_stamps(entry)),
        profile=_profile(entry),
    )
    _count_oddities(message, entry, findings)
    return message


def _ts(value: object) -> str:
    """As text; some tools write it as a number."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.6f}"
    return "" if value is None else type(value).__name__


def _is_bot(entry: JsonObject, author: str | None) -> bool:
    return bool(entry.get("bot_id")) or entry.get("subtype") == "bot_message" or author == SLACKBOT


def _place(entry: JsonObject, ts: str) -> tuple[Shape, str | None]:
    thread_ts = _ts(entry.get("thread_ts"))
    if thread_ts == ts or micros_of(thread_ts) is None:
        return Shape.POST, None
    is_broadcast = entry.get("subtype") == "thread_broadcast"
    return (Shape.BROADCAST if is_broadcast else Shape.REPLY), thread_ts


def _text(entry: JsonObject, file: str, ts: str, findings: Findings) -> str:
    text = entry.get("text")
    if not isinstance(text, str):
        return ""
    if whole(text) is None:
        findings.count(Finding.BROKEN_CHARACTER, file, ts)
        return mended(text)
    return text


def _stamps(entry: JsonObject) -> Iterator[tuple[str, str]]:
    for reaction in _objects(entry.get("reactions")):
        name, users = reaction.get("name"), reaction.get("users")
        if isinstance(name, str) and isinstance(users, list):
            yield from ((mended(name), member) for user in users if (member := id_in(user)))


def _objects(value: object) -> Iterator[JsonObject]:
    return (item for item in value if isinstance(item, dict)) if isinstance(value, list) else iter(())


def _profile(entry: JsonObject) -> Person | None:
    """Members of other workspaces are not in users.json; newer exports describe them at the message."""
    profile = entry.get("user_profile")
    if not isinstance(profile, dict):
        return None
    names = (profile.get(key) for key in ("display_name", "real_name", "name"))
    name = next((name for name in names if isinstance(name, str) and name.strip()), "")
    return Person(name=mended(name).strip(), is_bot=False, is_guest=is_guest(profile), locale=None)


def _count_oddities(message: Message, entry: JsonObject, findings: Findings) -> None:
    if message.author is None and not message.is_bot:
        findings.count(Finding.NO_AUTHOR, message.file, message.ts)
    if entry.get("edited"):
        findings.count(Finding.EDITED, message.file, message.ts)
    if message.is_trace:
        return
    counted = sum(n for item in _objects(entry.get("reactions")) if isinstance(n := item.get("count"), int))
    if counted > len(message.stamps):
        findings.count(Finding.NAMELESS_STAMP, message.file, message.ts, times=counted - len(message.stamps))
