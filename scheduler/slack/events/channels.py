"""Events about channels → facts and notices."""

from datetime import datetime

from scheduler.model.facts import ChannelDescribed
from scheduler.slack.events.fields import Fields, identifier, part, words
from scheduler.slack.events.heard import Heard
from scheduler.slack.events.notices import (
    ChannelAppeared,
    ChannelArchived,
    ChannelMoved,
    SomebodyCame,
    SomebodyLeft,
)


def described(team: str, channel: Fields, at: datetime) -> ChannelDescribed:
    """A channel as Slack's channel object tells it, in an event or in the channel list."""
    return ChannelDescribed(
        team=team,
        channel=identifier(channel, "id"),
        at=at,
        name=words(channel, "name_normalized") or words(channel, "name"),
        is_archived=channel.get("is_archived") is True,
    )


def created(team: str, event: Fields, at: datetime) -> Heard:
    fact = described(team, part(event, "channel"), at)
    return Heard(facts=(fact,), notices=(ChannelAppeared(fact.channel),))


def renamed(team: str, event: Fields, at: datetime) -> Heard:
    return Heard(facts=(described(team, part(event, "channel"), at),))


def moved(team: str, event: Fields, at: datetime) -> Heard:
    old, new = identifier(event, "old_channel_id"), identifier(event, "new_channel_id")
    return Heard(notices=(ChannelMoved(old, new),))


def came(team: str, event: Fields, at: datetime) -> Heard:
    return Heard(notices=(SomebodyCame(identifier(event, "channel"), identifier(event, "user")),))


def left(team: str, event: Fields, at: datetime) -> Heard:
    return Heard(notices=(SomebodyLeft(identifier(event, "channel"), identifier(event, "user")),))


def archived(team: str, event: Fields, at: datetime) -> Heard:
    return Heard(notices=(ChannelArchived(identifier(event, "channel"), archived=True),))


def unarchived(team: str, event: Fields, at: datetime) -> Heard:
    return Heard(notices=(ChannelArchived(identifier(event, "channel"), archived=False),))
