"""The app's two tokens and its signing secret, what each may do, and how they stop working."""

from scheduler.sandbox.refusals import Refused, missing_scope

#: Everything that the methods here ask for.
GRANTED = (
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "reactions:read",
    "team:read",
    "usergroups:read",
    "users.profile:read",
    "users:read",
)


class Tokens:
    """`bot` is the bot token, `app` the app-level token of Socket Mode; HTTP requests are signed."""

    def __init__(self) -> None:
        self.bot = "xoxb-sandbox-1"
        self.app = "xapp-1-sandbox-1"
        self.signing_secret = "5a" * 16
        self.scopes: tuple[str, ...] = GRANTED
        self.app_scopes: tuple[str, ...] = ("connections:write",)
        self._broken: dict[str, str] = {}

    def break_bot(self, code: str = "token_revoked") -> None:
        """From now on the bot token gets this error: `token_revoked`, `account_inactive`, `invalid_auth` …"""
        self._broken[self.bot] = code

    def break_app(self, code: str = "invalid_auth") -> None:
        self._broken[self.app] = code

    def mend(self) -> None:
        self._broken.clear()

    def check(self, token: str, *, for_app: bool) -> None:
        """Raises Refused unless `token` is the right one of the two, and works."""
        if not token:
            raise Refused("not_authed")
        if token in self._broken:
            raise Refused(self._broken[token])
        if token not in {self.bot, self.app}:
            raise Refused("invalid_auth")
        if token != (self.app if for_app else self.bot):
            raise Refused("not_allowed_token_type")

    def require(self, *scopes: str) -> None:
        """Raises Refused(missing_scope) unless one of `scopes` was granted."""
        if not set(scopes) & set(self.scopes):
            raise missing_scope(scopes[0], ",".join(self.scopes))

    def require_connections(self) -> None:
        if "connections:write" not in self.app_scopes:
            raise missing_scope("connections:write", ",".join(self.app_scopes))
