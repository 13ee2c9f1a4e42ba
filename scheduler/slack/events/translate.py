"""One payload of the Events API → what it says to our workspace. Pure: no clock, no database, no network.

An event type that is not handled says nothing. It is acknowledged all the same: Slack would count a failure.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from scheduler.slack.events import channels, groups, people, stamps
from scheduler.slack.events.fields import (
    Fields,
    Malformed,
    identifier,
    instant,
    maybe_seconds,
    maybe_stamp_of_time,
    part,
)
from scheduler.slack.events.heard import NOTHING, Heard
from scheduler.slack.events.messages import message
from scheduler.slack.events.notices import AccessLost, EventsLost, HomeOpened

#: Reads one event of a workspace; `at` is when Slack told it.
_Reader = Callable[[str, Fields, datetime], Heard]


def translate(payload: Fields, *, team: str, received_at: datetime) -> Heard:
    """What an `event_callback` (or a bare `app_rate_limited`) says. Raises Malformed.

    `team` is ours: in channels that two workspaces share, Slack names the other one as well.
    """
    if payload.get("type") == "app_rate_limited":
        return _lost(team, payload, received_at)
    event = part(payload, "event")
    kind = event.get("type")
    if not isinstance(kind, str):
        raise Malformed("event.type")
    read = HANDLED.get(kind)
    return read(team, event, _told_at(payload, event) or received_at) if read else NOTHING


def _told_at(payload: Fields, event: Fields) -> datetime | None:
    ts = maybe_stamp_of_time(event, "event_ts")
    return instant(ts) if ts else maybe_seconds(payload, "event_time")


def _home(team: str, event: Fields, at: datetime) -> Heard:
    return Heard(notices=(HomeOpened(identifier(event, "user")),)) if event.get("tab") == "home" else NOTHING


def _lost(team: str, event: Fields, at: datetime) -> Heard:
    return Heard(notices=(EventsLost(),))


def _revoked(team: str, event: Fields, at: datetime) -> Heard:
    """Only the bot's own token matters: members may revoke theirs."""
    tokens = event.get("tokens")
    bots = tokens.get("bot") if isinstance(tokens, Mapping) else None
    return Heard(notices=(AccessLost(uninstalled=False),)) if bots else NOTHING


def _uninstalled(team: str, event: Fields, at: datetime) -> Heard:
    return Heard(notices=(AccessLost(uninstalled=True),))


HANDLED: Mapping[str, _Reader] = {
    "message": message,
    "reaction_added": stamps.added,
    "reaction_removed": stamps.removed,
    "team_join": people.team_join,
    "user_change": people.user_change,
    "member_joined_channel": channels.came,
    "member_left_channel": channels.left,
    "channel_created": channels.created,
    "channel_rename": channels.renamed,
    "channel_archive": channels.archived,
    "channel_unarchive": channels.unarchived,
    "channel_id_changed": channels.moved,
    "subteam_members_changed": groups.changed,
    "subteam_updated": groups.updated,
    "app_home_opened": _home,
    "app_rate_limited": _lost,
    "tokens_revoked": _revoked,
    "app_uninstalled": _uninstalled,
}
