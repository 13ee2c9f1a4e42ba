"""Turns what is said in the sample, and who says it, into facts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from scheduler.model.facts import (
    ChannelDescribed,
    Fact,
    MemberDescribed,
    MemberTraced,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    Shape,
    StampAdded,
    StampRemoved,
)
from scheduler.simulate.sample.cast import Person, channel_ids, member_ids, people
from scheduler.simulate.sample.moments import instant
from scheduler.simulate.sample.script import Said, Stamped

SAMPLE_TEAM = "T0SAMPLE"

_WORKSPACE = "https://example.slack.com"
_FOUNDED_AT = instant("2025-10-01 09:00")
_REFERENCE = re.compile(r"<(@|#|post:)([^<>]+)>")


def channel_facts() -> Iterator[Fact]:
    """The channels, as of the day on which the community was founded."""
    for name, channel in channel_ids().items():
        yield ChannelDescribed(team=SAMPLE_TEAM, channel=channel, at=_FOUNDED_AT, name=name)


def member_facts(person: Person) -> Iterator[Fact]:
    """How somebody came, and left."""
    yield MemberTraced(team=SAMPLE_TEAM, member=person.id, at=person.joined_at, source=person.source)
    yield _described(person, at=person.joined_at)
    if person.left_at:
        yield replace(_described(person, at=person.left_at), is_deactivated=True)


def message_facts(said: Said, posts: Mapping[str, Said]) -> Iterator[Fact]:
    """A post with everything that followed. `posts` are the first posts of the stories, by key."""
    yield _posted(said, posts, under=None)
    yield from _afterwards(said, posts)
    for reply in said.replies:
        yield _posted(reply, posts, under=said)
        yield from _afterwards(reply, posts)


def _described(person: Person, *, at: datetime) -> MemberDescribed:
    return MemberDescribed(
        team=SAMPLE_TEAM,
        member=person.id,
        at=at,
        name=person.name,
        is_bot=person.is_bot,
        is_guest=person.is_guest,
        locale=person.locale,
    )


def _posted(said: Said, posts: Mapping[str, Said], *, under: Said | None) -> MessagePosted:
    return MessagePosted(
        team=SAMPLE_TEAM,
        channel=channel_ids()[said.channel],
        ts=said.ts,
        at=said.at,
        author=member_ids()[said.by],
        text=_filled(said.text, posts),
        shape=Shape.BROADCAST if said.to_channel else Shape.REPLY if under else Shape.POST,
        thread_ts=under.ts if under else None,
        is_bot=said.by in {person.key for person in people() if person.is_bot},
    )


def _afterwards(said: Said, posts: Mapping[str, Said]) -> Iterator[Fact]:
    channel = channel_ids()[said.channel]
    for stamped in said.stamps:
        yield from _stamp_facts(stamped, channel=channel, ts=said.ts)
    for edit in said.edits:
        text = _filled(edit.text, posts)
        yield MessageEdited(team=SAMPLE_TEAM, channel=channel, ts=said.ts, at=edit.at, text=text)
    if said.deleted_at:
        yield MessageDeleted(team=SAMPLE_TEAM, channel=channel, ts=said.ts, at=said.deleted_at)


def _stamp_facts(stamped: Stamped, *, channel: str, ts: str) -> Iterator[Fact]:
    by, stamp = member_ids()[stamped.by], stamped.stamp
    yield StampAdded(team=SAMPLE_TEAM, channel=channel, ts=ts, at=stamped.at, member=by, stamp=stamp)
    if at := stamped.taken_back_at:
        yield StampRemoved(team=SAMPLE_TEAM, channel=channel, ts=ts, at=at, member=by, stamp=stamp)


def _filled(text: str, posts: Mapping[str, Said]) -> str:
    """The text as Slack would tell it: mentions and links by id."""
    return _REFERENCE.sub(lambda found: _reference(found[1], found[2], posts), text)


def _reference(kind: str, name: str, posts: Mapping[str, Said]) -> str:
    if kind == "@":
        return f"<@{member_ids()[name]}>"
    if kind == "#":
        return f"<#{channel_ids()[name]}|{name}>"
    post = posts[name]
    return f"<{_WORKSPACE}/archives/{channel_ids()[post.channel]}/p{post.ts.replace('.', '')}>"
