"""Events as Slack wraps them. Source: https://docs.slack.dev/apis/events-api/"""

from scheduler.sandbox.faults import Faults
from scheduler.sandbox.refusals import Json
from scheduler.sandbox.socketmode.delivery import Delivery
from scheduler.sandbox.socketmode.envelope import Kind
from scheduler.sandbox.world import World

_VERIFICATION = "sandbox"


class Events:
    """Wraps what happened, and sends it."""

    def __init__(self, world: World, delivery: Delivery, faults: Faults) -> None:
        self._world, self._delivery, self._faults = world, delivery, faults

    def tell(self, event: Json) -> None:
        for _ in range(1 + self._faults.copies_of(str(event["type"]))):
            self._delivery.offer(Kind.EVENT, self._wrapped(event))

    def rate_limited(self) -> None:
        """`app_rate_limited`: it has no inner event, and what was dropped does not come later."""
        minute = self._world.seconds() // 60 * 60
        about = {"team_id": self._world.team, "minute_rate_limited": minute, "api_app_id": self._world.app_id}
        self._delivery.offer(Kind.EVENT, {"token": _VERIFICATION, "type": "app_rate_limited", **about})

    def tokens_revoked(self) -> None:
        """The app loses its bot token, and is told so."""
        self._world.tokens.break_bot("token_revoked")
        ts = self._world.minting.event_ts(self._world.now())
        tokens = {"oauth": [], "bot": [self._world.bot_user]}
        self.tell({"type": "tokens_revoked", "tokens": tokens, "event_ts": ts})

    def app_uninstalled(self) -> None:
        self._world.tokens.break_bot("account_inactive")
        self.tell({"type": "app_uninstalled", "event_ts": self._world.minting.event_ts(self._world.now())})

    def raw(self, event: Json) -> None:
        """Any event at all, however malformed or hostile, in a proper envelope."""
        self._delivery.offer(Kind.EVENT, self._wrapped(event))

    def _wrapped(self, event: Json) -> Json:
        world = self._world
        authorization = {
            "enterprise_id": None,
            "team_id": world.team,
            "user_id": world.bot_user,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        event_id = world.minting.event()
        return {
            "token": _VERIFICATION,
            "team_id": world.team,
            "context_team_id": world.team,
            "context_enterprise_id": None,
            "api_app_id": world.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": event_id,
            "event_time": world.seconds(),
            "authorizations": [authorization],
            "is_ext_shared_channel": False,
            "event_context": f"4-{event_id}",
        }
