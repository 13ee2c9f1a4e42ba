"""Dropping what the retention in the config no longer allows to keep."""

from datetime import datetime, timedelta

from scheduler.actions.context import Context
from scheduler.ports import Work

_REMEMBER = timedelta(days=2)
#: A payload that could not be folded stays readable for so long.
_KEEP_DEAD = timedelta(days=7)


def forget_old(work: Work, context: Context, *, now: datetime) -> None:
    """Messages of open cases stay as long as the case is open."""
    privacy = context.settings.privacy
    work.messages.forget(before=now - privacy.keep_messages)
    work.decisions.forget(before=now - privacy.keep_decisions)


def tidy_inbox(work: Work, *, now: datetime) -> None:
    """Slack may deliver an event again for a day: its name is remembered for longer than that."""
    work.inbox.forget(done_before=now - _REMEMBER, dead_before=now - _KEEP_DEAD)
