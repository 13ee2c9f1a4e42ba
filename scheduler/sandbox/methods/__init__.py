"""The Web API methods that the stand-in knows, by name. Any other is an `unknown_method`."""

from collections.abc import Callable, Mapping

from scheduler.sandbox.arguments import Arguments
from scheduler.sandbox.methods import chat, conversations, history, reactions, users, views, workspace
from scheduler.sandbox.refusals import Json, Refused
from scheduler.sandbox.world import World

#: Does one call and gives what stands beside `"ok": true`. Raises Refused.
Method = Callable[[World, Arguments], Json]

METHODS: Mapping[str, Method] = {
    "apps.connections.open": workspace.open_connection,
    "auth.test": workspace.test_auth,
    "bots.info": workspace.bot_info,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.permalink,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.history": history.history,
    "conversations.info": conversations.channel_info,
    "conversations.join": conversations.join_channel,
    "conversations.list": conversations.list_channels,
    "conversations.members": conversations.list_members,
    "conversations.open": conversations.open_direct,
    "conversations.replies": history.replies,
    "reactions.get": reactions.get,
    "team.info": workspace.team_info,
    "usergroups.list": users.list_groups,
    "usergroups.users.list": users.list_group,
    "users.conversations": users.user_conversations,
    "users.info": users.user_info,
    "users.list": users.list_users,
    "users.profile.get": users.get_profile,
    "views.open": views.open_view,
    "views.publish": views.publish_view,
    "views.update": views.update_view,
}
#: The one method that takes the app-level token.
WITH_APP_TOKEN = frozenset({"apps.connections.open"})


def unknown(world: World, arguments: Arguments) -> Json:
    raise Refused("unknown_method")
