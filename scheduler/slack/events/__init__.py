"""Slack's events, translated into facts and notices."""

from scheduler.slack.events.fields import Malformed
from scheduler.slack.events.heard import Heard
from scheduler.slack.events.notices import Notice
from scheduler.slack.events.translate import HANDLED, translate

__all__ = ["HANDLED", "Heard", "Malformed", "Notice", "translate"]
