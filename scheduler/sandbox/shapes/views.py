"""The view object: a modal or a Home tab. Source: https://docs.slack.dev/reference/views"""

from scheduler.sandbox.refusals import Json
from scheduler.sandbox.state import View
from scheduler.sandbox.world import World


def view(world: World, found: View, *, values: Json | None = None) -> Json:
    """`values` is what stands in the inputs, as `{block_id: {action_id: …}}`."""
    given = found.content
    return {
        "id": found.id,
        "team_id": world.team,
        "type": given.get("type"),
        "title": given.get("title"),
        "submit": given.get("submit"),
        "close": given.get("close"),
        "blocks": given.get("blocks", []),
        "private_metadata": given.get("private_metadata", ""),
        "callback_id": given.get("callback_id", ""),
        "external_id": given.get("external_id", ""),
        "state": {"values": values or {}},
        "hash": found.hash,
        "clear_on_close": given.get("clear_on_close", False),
        "notify_on_close": given.get("notify_on_close", False),
        "root_view_id": found.root_id,
        "previous_view_id": found.previous_id,
        "app_id": world.app_id,
        "app_installed_team_id": world.team,
        "bot_id": world.bot_id,
    }
