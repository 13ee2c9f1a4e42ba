"""What stands in a history → facts. It tells no times of stamps, and nothing of what was deleted."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from scheduler.model.facts import Fact, MessageEdited, Precision, StampAdded
from scheduler.slack.events.fields import (
    Malformed,
    identifiers,
    instant,
    maybe_part,
    stamp_of_time,
    words,
)
from scheduler.slack.events.messages import is_written, posted


def facts_of(
    team: str, channel: str, messages: Iterable[Mapping[str, Any]], *, told_at: datetime
) -> Iterator[Fact]:
    """Posts, replies, edits and stamps. What is malformed, or no member's message, is left out."""
    for message in messages:
        try:
            yield from _told(team, channel, message, told_at)
        except Malformed:
            continue


def _told(team: str, channel: str, message: Mapping[str, Any], told_at: datetime) -> Iterator[Fact]:
    if not is_written(message):
        return
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
        try:
            yield from _given(reaction)
        except Malformed:
            continue


def _given(reaction: object) -> Iterator[tuple[str, str]]:
    if isinstance(reaction, Mapping) and (stamp := words(reaction, "name")):
        yield from ((stamp, member) for member in identifiers(reaction, "users"))
