"""What stands in a history → facts. It tells no times of stamps, and nothing of what was deleted."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from scheduler.model.facts import Fact, MessageEdited, Precision, StampAdded
from scheduler.slack.events.fields import Malformed, instant, maybe_part, stamp_of_time
from scheduler.slack.events.messages import WRITTEN, posted


def facts_of(
    team: str, channel: str, messages: Iterable[Mapping[str, Any]], *, told_at: datetime
) -> Iterator[Fact]:
    """Posts, replies, edits and stamps. What is malformed, or no member's message, is left out."""
    for message in messages:
        if message.get("subtype") not in WRITTEN:
            continue
        try:
            yield from _told(team, channel, message, told_at)
        except Malformed:
            continue


def _told(team: str, channel: str, message: Mapping[str, Any], told_at: datetime) -> Iterator[Fact]:
    fact = posted(team, channel, message)
    yield fact
    edited = maybe_part(message, "edited")
    if edited:
        at = instant(stamp_of_time(edited, "ts"))
        yield MessageEdited(team=team, channel=channel, ts=fact.ts, at=at, text=fact.text)
    for stamp, member in _stamps(message):
        yield StampAdded(
            team=team, channel=channel, ts=fact.ts, at=told_at, member=member, stamp=stamp,
            precision=Precision.NO_LATER_THAN,
        )  # fmt: skip


def _stamps(message: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    reactions = message.get("reactions")
    for reaction in reactions if isinstance(reactions, list) else ():
        users = reaction.get("users") if isinstance(reaction, Mapping) else None
        for member in users if isinstance(users, list) else ():
            if isinstance(member, str) and isinstance(reaction.get("name"), str):
                yield reaction["name"], member
