"""What must be right before the service begins: tokens, scopes, the history, the channels it writes to.

Whatever is wrong is said in one sentence, by a code of the catalogue, before anything is sent.
"""

from dataclasses import dataclass

from scheduler.errors import SlackRefused, SlackUnreachable
from scheduler.model.marks import SEEDED
from scheduler.ports import Work
from scheduler.settings import Mode, Settings
from scheduler.slack.client import Answered, Web

#: Without these nothing works. Source of each: https://docs.slack.dev/reference/scopes
SCOPES = frozenset(
    (
        "channels:history",
        "channels:read",
        "chat:write",
        "im:history",
        "im:write",
        "reactions:read",
        "users:read",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who we are in Slack."""

    team: str
    user: str
    url: str


async def introduce(bot: Web, app: Web) -> Identity:
    """Shows Slack both tokens. Raises SlackRefused when it takes one not, SlackUnreachable without answer."""
    told = await _answer(bot, "auth.test", "slack.bot_token")
    await _answer(app, "apps.connections.open", "slack.app_token")
    granted = told.headers.get("x-oauth-scopes")
    missing = SCOPES - {scope.strip() for scope in granted.split(",")} if granted else frozenset()
    if missing:
        raise SlackRefused("slack.missing_scopes", scopes=", ".join(sorted(missing)))
    return Identity(
        team=str(told.data["team_id"]),
        user=str(told.data["user_id"]),
        url=str(told.data.get("url", "")).rstrip("/"),
    )


async def _answer(web: Web, method: str, code: str) -> Answered:
    answer = await web.call(method)
    if isinstance(answer, Answered):
        return answer
    slack_code = getattr(answer, "code", "")
    if hasattr(answer, "app_is_broken"):
        raise SlackRefused(code, code=slack_code)
    raise SlackUnreachable("slack.unreachable", code=slack_code)


def require_history(work: Work, settings: Settings) -> None:
    """A live service on an empty history would take every member's next post for their first one."""
    if settings.mode is Mode.LIVE and not work.marks.get(SEEDED):
        raise SlackRefused("slack.not_seeded")


def require_channels(work: Work, settings: Settings) -> None:
    """The channels that we write to must exist."""
    wanted = [settings.ambassadors.channel, *([settings.thanks.channel] if settings.thanks else [])]
    missing = [name for name in wanted if work.channels.id_of(name) is None]
    if missing:
        raise SlackRefused("slack.unknown_channel", channel=missing[0])
