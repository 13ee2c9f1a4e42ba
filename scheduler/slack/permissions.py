"""What the app may do in Slack: each permission, and what needs it. The manifest and the start go by it.

Sources: https://docs.slack.dev/reference/scopes, and of each method and event its own page there.
"""

from collections.abc import Iterable
from dataclasses import dataclass

#: Methods that need no permission of the bot's. The second takes the app-level token.
FREE_METHODS = frozenset(("auth.test", "apps.connections.open"))
#: Events that need no permission.
FREE_EVENTS = frozenset(("app_home_opened", "app_uninstalled", "tokens_revoked"))
#: Slack tells it without being asked to.
UNASKED_EVENTS = frozenset(("app_rate_limited",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """A scope, with the methods and the events (as a manifest names them) that need it.

    Without an optional one the service works; `doctor` says what will not.
    """

    scope: str
    methods: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    optional: bool = False


_HISTORY = frozenset(("conversations.history", "conversations.replies"))
_CHANNELS = frozenset(("conversations.info", "conversations.list"))

#: Needed once the config names a user group.
USER_GROUPS = "usergroups:read"

PERMISSIONS = (
    Permission(scope="channels:history", methods=_HISTORY, events=frozenset(("message.channels",))),
    Permission(
        scope="channels:read",
        methods=_CHANNELS,
        events=frozenset(
            (
                *("channel_archive", "channel_created", "channel_id_changed", "channel_rename"),
                *("channel_unarchive", "member_joined_channel", "member_left_channel"),
            )
        ),
    ),
    Permission(scope="chat:write", methods=frozenset(("chat.postMessage", "chat.update"))),
    Permission(scope="im:history", methods=frozenset(("conversations.history",))),
    Permission(scope="im:write", methods=frozenset(("conversations.open",))),
    Permission(scope="reactions:read", events=frozenset(("reaction_added", "reaction_removed"))),
    Permission(
        scope="users:read",
        methods=frozenset(("bots.info", "users.info", "users.list")),
        events=frozenset(("team_join", "user_change")),
    ),
    Permission(scope="channels:join", methods=frozenset(("conversations.join",)), optional=True),
    Permission(
        scope="groups:history", methods=_HISTORY, events=frozenset(("message.groups",)), optional=True
    ),
    Permission(scope="groups:read", methods=_CHANNELS, optional=True),
    Permission(
        scope=USER_GROUPS,
        methods=frozenset(("usergroups.list",)),
        events=frozenset(("subteam_members_changed", "subteam_updated")),
        optional=True,
    ),
)

#: Without these nothing works.
REQUIRED = frozenset(each.scope for each in PERMISSIONS if not each.optional)
OPTIONAL = frozenset(each.scope for each in PERMISSIONS if each.optional)


def scopes_in(header: str | None) -> frozenset[str]:
    """What Slack says was granted, in `x-oauth-scopes`; empty when it does not say."""
    return frozenset(_words((header or "").split(",")))


def _words(parts: Iterable[str]) -> Iterable[str]:
    return (part.strip() for part in parts if part.strip())
