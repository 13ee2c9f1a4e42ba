"""Events about members → facts. Fields may be missing, null or empty in any combination.

Source: https://docs.slack.dev/reference/objects/user-object
"""

from datetime import datetime

from scheduler.model.facts import JoinSource, MemberDescribed, MemberTraced
from scheduler.slack.events.fields import (
    Fields,
    identifier,
    maybe_part,
    part,
    words,
)
from scheduler.slack.events.heard import Heard


def described(team: str, user: Fields, at: datetime) -> MemberDescribed:
    """A member as Slack's user object tells it, in an event or in the member list."""
    return MemberDescribed(
        team=team,
        member=identifier(user, "id"),
        at=at,
        name=_name(user),
        is_bot=user.get("is_bot") is True or user.get("id") == "USLACKBOT",
        is_guest=user.get("is_restricted") is True or user.get("is_ultra_restricted") is True,
        is_deactivated=user.get("deleted") is True,
        locale=words(user, "locale") or None,
    )


def team_join(team: str, event: Fields, at: datetime) -> Heard:
    user = part(event, "user")
    joined = MemberTraced(team=team, member=identifier(user, "id"), at=at, source=JoinSource.EVENT)
    return Heard(facts=(described(team, user, at), joined))


def user_change(team: str, event: Fields, at: datetime) -> Heard:
    return Heard(facts=(described(team, part(event, "user"), at),))


def _name(user: Fields) -> str:
    profile = maybe_part(user, "profile")
    names = (words(profile, "display_name"), words(profile, "real_name"), words(user, "real_name"))
    return next((name for name in names if name.strip()), words(user, "name"))
