"""Dropping what the retention in the config no longer allows to keep."""

from datetime import datetime

from scheduler.actions.context import Context
from scheduler.ports import Work


def forget_old(work: Work, context: Context, *, now: datetime) -> None:
    """Messages of open cases stay as long as the case is open."""
    privacy = context.settings.privacy
    work.messages.forget(before=now - privacy.keep_messages)
    work.decisions.forget(before=now - privacy.keep_decisions)
