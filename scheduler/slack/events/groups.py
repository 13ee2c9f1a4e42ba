"""What Slack tells about user groups → facts: the object of a group, and who came and went.

Source: https://docs.slack.dev/reference/objects/usergroup-object
"""

from datetime import datetime

from scheduler.model.facts import GroupChanged, GroupListed
from scheduler.slack.events.fields import Fields, identifier, identifiers, part
from scheduler.slack.events.heard import NOTHING, Heard


def listed(team: str, group: Fields, at: datetime) -> GroupListed:
    """A group as Slack's object tells it, in an event or in the list. A disabled one is empty."""
    members = () if is_disabled(group) else identifiers(group, "users")
    return GroupListed(team=team, group=identifier(group, "id"), at=at, members=members)


def updated(team: str, event: Fields, at: datetime) -> Heard:
    """Name, members, or that it was disabled. Slack names at most 500 members there."""
    group = part(event, "subteam")
    is_whole = isinstance(group.get("users"), list) and _count(group) <= len(group["users"])
    return Heard(facts=(listed(team, group, at),)) if is_disabled(group) or is_whole else NOTHING


def changed(team: str, event: Fields, at: datetime) -> Heard:
    fact = GroupChanged(
        team=team,
        group=identifier(event, "subteam_id"),
        at=at,
        added=identifiers(event, "added_users"),
        removed=identifiers(event, "removed_users"),
    )
    return Heard(facts=(fact,))


def is_disabled(group: Fields) -> bool:
    return bool(group.get("date_delete"))


def _count(group: Fields) -> int:
    """Slack writes it as a number, and as text."""
    told = str(group.get("user_count", 0))
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0
