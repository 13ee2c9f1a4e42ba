"""Where an app's message may go, and what may be in it: the rules that chat.* methods share.

Source: https://docs.slack.dev/reference/methods/chat.postMessage
"""

import json
from dataclasses import dataclass

from scheduler.sandbox.arguments import Arguments
from scheduler.sandbox.blocks import checked
from scheduler.sandbox.happenings import directs
from scheduler.sandbox.refusals import Json, Refused
from scheduler.sandbox.state import Channel, Message
from scheduler.sandbox.text import sent_by_app
from scheduler.sandbox.world import World

_MOST_BLOCKS = 50
_MOST_TEXT = 40_000
_MOST_METADATA = 8_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a message says."""

    text: str
    blocks: list[Json] | None
    attachments: list[Json] | None


def addressed(world: World, arguments: Arguments) -> Channel:
    """The channel of a post; a member's id opens the conversation with them. Raises Refused."""
    target = arguments.text("channel")
    is_member = target[:1] in {"U", "W"}
    channel = (
        directs.with_member(world, target, unknown="channel_not_found")
        if is_member
        else world.channel(target)
    )
    if channel.is_im:
        _check_direct(world, channel)
    if channel.is_archived:
        raise Refused("is_archived")
    if not world.hears(channel):
        raise Refused("not_in_channel")
    return channel


def _check_direct(world: World, channel: Channel) -> None:
    if not world.messages_tab_enabled:
        raise Refused("messages_tab_disabled")
    if channel.with_user and world.members[channel.with_user].deleted:
        raise Refused("user_disabled")


def content(arguments: Arguments) -> Content:
    """Raises Refused when there is nothing to say. What is longer than Slack takes is cut, as in Slack."""
    blocks = checked(arguments.structure("blocks", "invalid_blocks_format"), most=_MOST_BLOCKS)
    attachments = arguments.structure("attachments", "invalid_attachments")
    text = sent_by_app(arguments.text("text"))[:_MOST_TEXT]
    if not text.strip() and not blocks and not attachments:
        raise Refused("no_text")
    return Content(
        text=text, blocks=blocks, attachments=attachments if isinstance(attachments, list) else None
    )


def metadata(arguments: Arguments) -> Json | None:
    """None when none was given, `{}` when it is to be taken away. Raises Refused."""
    found = arguments.structure("metadata", "invalid_metadata_format")
    if found is None or found == {}:
        return None if found is None else {}
    if not isinstance(found, dict) or not isinstance(found.get("event_payload"), dict):
        raise Refused("invalid_metadata_format")
    if not isinstance(found.get("event_type"), str) or not found["event_type"]:
        raise Refused("invalid_metadata_format")
    if len(json.dumps(found)) > _MOST_METADATA:
        raise Refused("metadata_too_large")
    return {"event_type": found["event_type"], "event_payload": found["event_payload"]}


def thread_root(world: World, channel: Channel, thread_ts: str) -> Message | None:
    """The root to answer under. A `thread_ts` that is no message any more makes an ordinary post."""
    found = channel.messages.get(thread_ts)
    if found is None:
        return None
    root = channel.messages.get(found.thread_ts or found.ts, found)
    if root.subtype not in {None, "file_share", "me_message", "bot_message", "thread_broadcast", "tombstone"}:
        raise Refused("cannot_reply_to_message")
    return root
