"""What must be right before the service begins: tokens, scopes, the history, the channels it writes to.

Whatever is wrong is said in one sentence, by a code of the catalogue, before anything is sent.
"""

from collections.abc import Awaitable, Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from scheduler.config.addresses import is_here
from scheduler.errors import SlackRefused, SlackUnreachable
from scheduler.live.lists import Lists
from scheduler.model.facts import GroupListed
from scheduler.model.marks import SEEDED
from scheduler.ports import Work
from scheduler.settings import Mode, Settings
from scheduler.slack.client import Answered, Web
from scheduler.slack.events import Malformed
from scheduler.slack.paced import ReadRefused
from scheduler.slack.permissions import REQUIRED, USER_GROUPS, scopes_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who we are in Slack. `app` is the app's id, where it had to be asked for."""

    team: str
    user: str
    url: str
    app: str | None = None


async def introduce(bot: Web, app: Web | None) -> Identity:
    """Shows Slack the tokens; there is no app-level one where Slack's requests come to us.

    Raises SlackRefused when it takes one not, SlackUnreachable without answer.
    """
    told = await _answer(bot, "auth.test", "slack.bot_token")
    if app:
        await _answer(app, "apps.connections.open", "slack.app_token")
    granted = scopes_in(told.headers.get("x-oauth-scopes"))
    missing = REQUIRED - granted if granted else frozenset()
    if missing:
        raise SlackRefused("slack.missing_scopes", scopes=", ".join(sorted(missing)))
    return Identity(
        team=str(told.data["team_id"]),
        user=str(told.data["user_id"]),
        url=str(told.data.get("url", "")).rstrip("/"),
        app=None if app else await _app_id(bot, told.data.get("bot_id")),
    )


async def _app_id(bot: Web, bot_id: object) -> str | None:
    """Whose requests are meant for us; None when Slack does not say."""
    answer = await bot.call("bots.info", bot=bot_id)
    about = answer.data.get("bot") if isinstance(answer, Answered) else None
    app = about.get("app_id") if isinstance(about, Mapping) else None
    return app if isinstance(app, str) else None


async def _answer(web: Web, method: str, code: str) -> Answered:
    answer = await web.call(method)
    if isinstance(answer, Answered):
        return answer
    slack_code = getattr(answer, "code", "")
    if hasattr(answer, "app_is_broken"):
        raise SlackRefused(code, code=slack_code)
    raise _unreachable(web.client.base_url, slack_code)


def _unreachable(api: str, code: str) -> SlackUnreachable:
    if is_here(urlsplit(api).hostname or ""):
        return SlackUnreachable("slack.no_stand_in", api=api, code=code)
    return SlackUnreachable("slack.unreachable", code=code)


async def see_channels(lists: Lists, team: str, *, writes: bool) -> list[str]:
    """Those that the app is in; only who `writes` notes down which there are. Raises SlackUnreachable."""
    try:
        if not writes:
            return await lists.see_channels(team)
        return [each.channel for each in await lists.read_channels(team) if each.is_ours]
    except ReadRefused as refusal:
        raise SlackUnreachable("slack.unreachable", code=refusal.code) from None


def require_history(work: Work, settings: Settings) -> None:
    """A live service on an empty history would take every member's next post for their first one."""
    if settings.mode is Mode.LIVE and not work.marks.get(SEEDED):
        raise SlackRefused("slack.not_seeded")


def require_channels(work: Work, settings: Settings, ours: Collection[str] | None = None) -> None:
    """The channels that we write to must be there, and among `ours`, where it is known which those are.

    Raises SlackRefused, which tells of all that are not, each with the key of the config that names it.
    """
    missing = [
        f"#{name.lstrip('#')} ({key})"
        for key, name in settings.written_to_by_key.items()
        if (channel := work.channels.id_of(name)) is None or (ours is not None and channel not in ours)
    ]
    if missing:
        code = "slack.unknown_channel" if len(missing) == 1 else "slack.unknown_channels"
        raise SlackRefused(code, channels=", ".join(missing))


async def require_group(settings: Settings, seen: Awaitable[GroupListed | None]) -> int | None:
    """The user group that the config names must be there; gives how many are in it, None when none is named.

    Raises SlackRefused, or SlackUnreachable without answer.
    """
    try:
        found = await seen
    except ReadRefused as refusal:
        raise _no_groups(refusal.code) from None
    except Malformed:
        raise _no_groups("malformed") from None
    if settings.ambassadors.group and found is None:
        raise SlackRefused("slack.unknown_group", group=settings.ambassadors.group)
    return len(found.members) if found else None


def _no_groups(code: str) -> SlackRefused | SlackUnreachable:
    match code:
        case "missing_scope":
            return SlackRefused("slack.missing_scopes", scopes=USER_GROUPS)
        case "plan_upgrade_required":
            return SlackRefused("slack.no_user_groups")
    return SlackUnreachable("slack.unreachable", code=code)
