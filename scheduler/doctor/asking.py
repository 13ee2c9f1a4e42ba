"""Asks Slack what the checks need. Only what reads is asked, each call for a limited time."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp

from scheduler.clock import Clock
from scheduler.doctor.facts import (
    Accepted,
    Answer,
    Channel,
    Rejected,
    SlackTold,
    Standing,
    Unanswered,
    UserGroup,
)
from scheduler.model.deliveries import Delivery, Refused, Unknown
from scheduler.slack.client import Answered, Web, next_cursor, proxy_for
from scheduler.slack.permissions import scopes_in

#: Seconds of real time that one answer may take.
PATIENCE = 10
_PAGE = 1000
_PAGES = 20
_ALL, _PUBLIC = "public_channel,private_channel", "public_channel"


async def ask(
    api: str,
    *,
    bot: str | None,
    app: str | None,
    members: Sequence[str],
    group: str | None,
    clock: Clock,
    patience: float = PATIENCE,
) -> SlackTold:
    """What Slack says to the tokens that there are, about these members and this group. Never raises."""
    async with aiohttp.ClientSession() as session:
        # Nothing can be written even by mistake: the shadow mode refuses it.
        asking = Asking(api, session, clock, patience)
        return await asking.everything(bot, app, members, group)


class Asking:
    """One round of questions. After the first one that nobody answers, no other is asked."""

    def __init__(self, api: str, session: aiohttp.ClientSession, clock: Clock, patience: float) -> None:
        self._api = api
        self._session = session
        self._clock = clock
        self._patience = patience

    async def everything(
        self, bot: str | None, app: str | None, members: Sequence[str], group: str | None
    ) -> SlackTold:
        told = SlackTold(api=self._api, proxy=_shown_proxy(self._api))
        as_bot = await self._who(bot, "auth.test")
        if isinstance(as_bot, Unanswered):
            return replace(told, bot=as_bot)
        as_app = await self._who(app, "apps.connections.open")
        if not isinstance(as_bot, Accepted) or bot is None:
            return replace(told, bot=as_bot, app=as_app)
        web = self._web(bot)
        channels = await self._channels(web, _ALL)
        if channels == Rejected("missing_scope"):
            channels = await self._channels(web, _PUBLIC)
        people = await self._people(web, members)
        found = await self._group(web, group) if group else None
        return replace(told, bot=as_bot, app=as_app, channels=channels, people=people, group=found)

    def _web(self, token: str) -> Web:
        return Web(token, base_url=self._api, session=self._session, shadow=True)

    async def _who(self, token: str | None, method: str) -> Answer | None:
        """None without a token."""
        if token is None:
            return None
        before = self._clock.now()
        answer = await self._call(self._web(token), method)
        if not isinstance(answer, Answered):
            return _refusal(answer)
        return Accepted(
            team=str(answer.data.get("team_id", "")),
            url=str(answer.data.get("url", "")).rstrip("/"),
            app_name=str(answer.data.get("user", "")),
            scopes=scopes_in(answer.headers.get("x-oauth-scopes")),
            skew=_skew(answer.headers, before, self._clock.now()),
        )

    async def _channels(self, web: Web, types: str) -> tuple[Channel, ...] | Rejected | Unanswered:
        found: list[Channel] = []
        cursor = ""
        for _ in range(_PAGES):
            more = {"cursor": cursor} if cursor else {}
            answer = await self._call(web, "conversations.list", types=types, limit=_PAGE, **more)
            if not isinstance(answer, Answered):
                return _refusal(answer)
            found += _channels_in(answer.data)
            cursor = next_cursor(answer.data)
            if not cursor:
                break
        return tuple(found)

    async def _people(self, web: Web, members: Sequence[str]) -> Mapping[str, Standing]:
        found: dict[str, Standing] = {}
        for member in members:
            answer = await self._call(web, "users.info", user=member)
            found[member] = _standing(answer)
            if found[member] is Standing.UNKNOWN:
                break
        return {member: found.get(member, Standing.UNKNOWN) for member in members}

    async def _group(self, web: Web, group: str) -> UserGroup | Rejected | Unanswered:
        answer = await self._call(web, "usergroups.list", include_users=True, include_disabled=True)
        if not isinstance(answer, Answered):
            return _refusal(answer)
        return _group_in(answer.data, group) or Rejected("no_such_subteam")  # Slack's own word for it

    async def _call(self, web: Web, method: str, **arguments: object) -> Answered | Delivery:
        try:
            return await asyncio.wait_for(web.call(method, **arguments), self._patience)
        except TimeoutError:
            return Unknown("timeout")
        except ValueError as error:  # an address or a proxy that is none
            return Unknown(type(error).__name__)


def _refusal(answer: Delivery) -> Rejected | Unanswered:
    code = str(getattr(answer, "code", ""))
    return Rejected(code) if isinstance(answer, Refused) else Unanswered(code)


def _skew(headers: Mapping[str, str], before: datetime, after: datetime) -> timedelta | None:
    """Slack's clock less ours, to the second; None when Slack does not tell its time."""
    told = next((value for name, value in headers.items() if name.lower() == "date"), "")
    try:
        there = parsedate_to_datetime(told)
    except ValueError:
        return None
    return there - (before + (after - before) / 2) if there.tzinfo else None


def _channels_in(data: Mapping[str, object]) -> list[Channel]:
    found = data.get("channels")
    return [
        Channel(
            id=str(each.get("id", "")),
            name=str(each.get("name_normalized") or each.get("name") or ""),
            is_ours=each.get("is_member") is True,
            is_archived=each.get("is_archived") is True,
            is_private=each.get("is_private") is True,
        )
        for each in (found if isinstance(found, list) else ())
        if isinstance(each, Mapping)
    ]


def _group_in(data: Mapping[str, object], group: str) -> UserGroup | None:
    found = data.get("usergroups")
    for each in found if isinstance(found, list) else ():
        if isinstance(each, Mapping) and each.get("id") == group:
            members = () if each.get("date_delete") else each.get("users", ())
            count = len(members) if isinstance(members, list) else 0
            return UserGroup(handle=str(each.get("handle", "")), members=count)
    return None


def _standing(answer: Answered | Delivery) -> Standing:
    if not isinstance(answer, Answered):
        gone = isinstance(answer, Refused) and answer.code in {"user_not_found", "user_not_visible"}
        return Standing.GONE if gone else Standing.UNKNOWN
    user = answer.data.get("user")
    if not isinstance(user, Mapping):
        return Standing.UNKNOWN
    if user.get("deleted") is True:
        return Standing.DEACTIVATED
    return Standing.BOT if user.get("is_bot") is True else Standing.FINE


def _shown_proxy(api: str) -> str:
    """Host and port alone: names and passwords may stand before them."""
    proxy = proxy_for(api)
    return urlsplit(proxy if "://" in proxy else f"//{proxy}").netloc.rpartition("@")[2] if proxy else ""
