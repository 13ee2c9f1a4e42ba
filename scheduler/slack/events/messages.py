"""`message` events → facts. Subtypes by allow-list: whatever is not named here is no post of a member.

Source: https://docs.slack.dev/reference/events/message
"""

from datetime import datetime

from scheduler.model.facts import MessageDeleted, MessageEdited, MessagePosted, Shape
from scheduler.slack.events.fields import (
    Fields,
    identifier,
    instant,
    maybe_identifier,
    maybe_stamp_of_time,
    part,
    stamp_of_time,
    words,
)
from scheduler.slack.events.heard import NOTHING, Heard

#: Slackbot is a user whose `is_bot` is false.
_SLACKBOT = "USLACKBOT"
_WRITTEN = frozenset(("", "file_share", "me_message", "thread_broadcast", "bot_message"))
#: Talk with the app itself or among a few: no channel of the community.
_PRIVATE = frozenset(("im", "mpim", "app_home"))


def message(team: str, event: Fields, at: datetime) -> Heard:
    subtype = words(event, "subtype")
    if words(event, "channel_type") in _PRIVATE:
        return NOTHING
    if subtype == "message_changed":
        return _changed(team, event, at)
    if subtype == "message_deleted":
        return _deleted(team, event, at)
    return _posted(team, event) if subtype in _WRITTEN else NOTHING


def is_written(message: Fields) -> bool:
    """Somebody wrote it; everything else is Slack's own remark."""
    return words(message, "subtype") in _WRITTEN


def posted(team: str, channel: str, message: Fields) -> MessagePosted:
    """A message as Slack tells it, in an event or in a channel's history."""
    ts = stamp_of_time(message, "ts")
    thread_ts = maybe_stamp_of_time(message, "thread_ts")
    author = maybe_identifier(message, "user")
    return MessagePosted(
        team=team,
        channel=channel,
        ts=ts,
        at=instant(ts),
        author=author,
        text=words(message, "text"),
        shape=_shape(message, ts, thread_ts),
        thread_ts=thread_ts if thread_ts != ts else None,
        is_bot=bool(message.get("bot_id")) or message.get("subtype") == "bot_message" or author == _SLACKBOT,
    )


def _posted(team: str, event: Fields) -> Heard:
    return Heard(facts=(posted(team, identifier(event, "channel"), event),))


def _shape(message: Fields, ts: str, thread_ts: str | None) -> Shape:
    if thread_ts is None or thread_ts == ts:
        return Shape.POST
    return Shape.BROADCAST if message.get("subtype") == "thread_broadcast" else Shape.REPLY


def _changed(team: str, event: Fields, at: datetime) -> Heard:
    """An edit by a person. A link that unfolds, or a new reply in the thread, changes a message as well."""
    channel, now_so = identifier(event, "channel"), part(event, "message")
    if now_so.get("subtype") == "tombstone":
        return _gone(team, channel, stamp_of_time(now_so, "ts"), at)
    before = event.get("previous_message")
    same_words = isinstance(before, dict) and before.get("text") == now_so.get("text")
    if not now_so.get("edited") or same_words:
        return NOTHING
    edited = MessageEdited(
        team=team,
        channel=channel,
        ts=stamp_of_time(now_so, "ts"),
        at=instant(stamp_of_time(part(now_so, "edited"), "ts")),
        text=words(now_so, "text"),
    )
    return Heard(facts=(edited,))


def _deleted(team: str, event: Fields, at: datetime) -> Heard:
    return _gone(team, identifier(event, "channel"), stamp_of_time(event, "deleted_ts"), at)


def _gone(team: str, channel: str, ts: str, at: datetime) -> Heard:
    return Heard(facts=(MessageDeleted(team=team, channel=channel, ts=ts, at=at),))
