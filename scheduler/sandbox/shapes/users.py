"""The user object. Source: https://docs.slack.dev/reference/objects/user-object"""

from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.sandbox.refusals import Json
from scheduler.sandbox.state import Member
from scheduler.sandbox.world import World


def user(world: World, member: Member, *, with_locale: bool = False) -> Json:
    """Custom fields are not in it; a deactivated member has lost the zone, as in Slack."""
    told = {
        "id": member.id,
        "team_id": world.team,
        "name": member.name,
        "deleted": member.deleted,
        "profile": profile(world, member),
        "is_bot": member.is_bot,
        "is_app_user": False,
        "updated": member.updated,
        "who_can_share_contact_card": "EVERYONE",
    }
    if member.deleted:
        return told
    return {**told, **_present(member, world.now()), **({"locale": member.locale} if with_locale else {})}


def _present(member: Member, now: datetime) -> Json:
    """What only an active member has; `is_invited_user` and `is_stranger` are there only when true."""
    marks = {"is_invited_user": member.is_invited_user, "is_stranger": member.is_stranger}
    return {
        "color": "9f69e7",
        "real_name": member.real_name,
        **_zone(member.tz, now),
        "is_admin": member.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": member.is_restricted or member.is_ultra_restricted,
        "is_ultra_restricted": member.is_ultra_restricted,
        "is_email_confirmed": not member.is_bot,
        **{name: True for name, holds in marks.items() if holds},
    }


def _zone(tz: str, now: datetime) -> Json:
    offset = now.astimezone(ZoneInfo(tz)).utcoffset()
    return {"tz": tz, "tz_label": tz, "tz_offset": int(offset.total_seconds()) if offset else 0}


def profile(world: World, member: Member) -> Json:
    told = {
        "title": member.title,
        "phone": "",
        "skype": "",
        "real_name": member.real_name,
        "real_name_normalized": member.real_name,
        "display_name": member.display_name,
        "display_name_normalized": member.display_name,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "sandbox",
        "team": world.team,
    }
    return {**told, **({"bot_id": member.bot_id, "always_active": False} if member.bot_id else {})}


def full_profile(world: World, member: Member) -> Json:
    """As `users.profile.get` gives it, with the custom fields."""
    fields = {key: {"value": value, "alt": ""} for key, value in member.fields.items()}
    told = profile(world, member)
    return {
        **{name: value for name, value in told.items() if name not in {"team", "bot_id"}},
        "fields": fields,
    }
