"""apps.connections.open, auth.test, bots.info, team.info: who the app is, and where."""

from scheduler.sandbox.arguments import Arguments
from scheduler.sandbox.refusals import Json, Refused
from scheduler.sandbox.shapes.messages import bot
from scheduler.sandbox.world import World


def open_connection(world: World, arguments: Arguments) -> Json:
    world.tokens.require_connections()
    if not world.tickets.socket_mode_enabled:
        raise Refused("access_denied")
    return {"url": f"{world.socket_base}/link/?ticket={world.tickets.issue()}&app_id={world.app_id}"}


def test_auth(world: World, arguments: Arguments) -> Json:
    return {
        "url": f"https://{world.domain}.slack.com/",
        "team": world.domain,
        "user": world.members[world.bot_user].name,
        "team_id": world.team,
        "user_id": world.bot_user,
        "bot_id": world.bot_id,
        "is_enterprise_install": False,
    }


def bot_info(world: World, arguments: Arguments) -> Json:
    world.tokens.require("users:read")
    wanted = arguments.text("bot", world.bot_id)
    users = [member.id for member in world.members.values() if member.bot_id == wanted]
    if not users:
        raise Refused("bot_not_found")
    told = bot(world, wanted)
    return {"bot": {name: value for name, value in told.items() if name != "team_id"} | {"user_id": users[0]}}


def team_info(world: World, arguments: Arguments) -> Json:
    world.tokens.require("team:read")
    url = f"https://{world.domain}.slack.com/"
    told = {"id": world.team, "name": world.domain, "domain": world.domain, "email_domain": "", "url": url}
    return {"team": {**told, "icon": {"image_default": True}, "is_verified": False}}
