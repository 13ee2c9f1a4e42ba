"""Telling the admins about the service itself: in their channel, each thing once, nothing about members."""

from collections.abc import Mapping
from datetime import datetime

from scheduler.actions.context import Context
from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind, OutgoingMessage, PlaceholderValue, PostList
from scheduler.ports import Work

#: After an outage: posts that waited for too long to be alerted.
LATE = "notice_late"
#: Slack refuses the app. Nothing else goes out meanwhile, so that this one waits for no quiet time.
REFUSED = "notice_refused"
#: A changed config could not be read, and the last good one stays.
CONFIG = "notice_config"
#: A new public channel, which nobody watches.
CHANNEL = "notice_channel"
#: A message could not be put together.
DEAD = "notice_dead"
#: A channel that we write to takes nothing any more.
CLOSED = "notice_closed"
#: Slack lets the app read very little at a time.
RESTRICTED = "notice_restricted"

#: What a notice does not tell of.
_NOTHING: Mapping[str, PlaceholderValue] = {
    "count": 0,
    "posts": PostList(()),
    "channel": None,
    "code": "",
    "scope_missing": False,
    "token_invalid": False,
    "detail": "",
}
_FOR_CHANNELS = frozenset({MessageKind.ALERT, MessageKind.THANKS, MessageKind.NOTICE})
_CLOSED = frozenset({"channel_not_found", "is_archived", "not_in_channel"})
_SCOPE = frozenset({"missing_scope", "no_permission", "not_allowed_token_type"})
_TOKEN = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"})


def tell_admins(
    work: Work,
    context: Context,
    name: str,
    values: Mapping[str, PlaceholderValue],
    *,
    key: str,
    now: datetime,
) -> bool:
    """Sends them the message `name`, once for each key for ever; False when they were told before.

    `key` is built from ids, and `values` are placeholders of notices; those not given are empty.
    """
    admins = context.settings.service.admins
    return work.outbox.add(
        OutgoingMessage(
            team=work.team,
            dedup_key=f"notice:{work.team}:{name}:{key}",
            kind=MessageKind.NOTICE,
            message=name,
            recipient=work.channels.id_of(admins) or admins,
            due_at=now,
            not_before=now,
            reason=Reason.FOR_ADMINS,
            values={**_NOTHING, **values},
        )
    )


def is_closed(message: OutgoingMessage, code: str) -> bool:
    """Slack refused the message with this code because of the channel that it was for."""
    is_for_a_channel = message.kind in _FOR_CHANNELS and message.ambassador is None
    return is_for_a_channel and (code in _CLOSED or code.startswith("restricted_action"))


def tell_closed(work: Work, context: Context, message: OutgoingMessage, code: str, *, now: datetime) -> None:
    """Where alerts or thanks should go nothing goes: told once a week at most, wherever the admins are."""
    if message.kind is not MessageKind.NOTICE and is_closed(message, code):
        name = work.channels.name_of(message.recipient) or message.recipient
        year, week, _ = context.open_time.local_day(now).isocalendar()
        key = f"{message.recipient}:{year}-W{week:02}"
        tell_admins(work, context, CLOSED, {"detail": f"#{name}", "code": code}, key=key, now=now)


def tell_refused(work: Work, context: Context, code: str, *, now: datetime) -> None:
    """Slack refuses the app with this code: told once a week at most, as soon as Slack lets it out."""
    why: dict[str, PlaceholderValue] = {"scope_missing": code in _SCOPE, "token_invalid": code in _TOKEN}
    year, week, _ = context.open_time.local_day(now).isocalendar()
    tell_admins(work, context, REFUSED, {"code": code, **why}, key=f"{code}:{year}-W{week:02}", now=now)
