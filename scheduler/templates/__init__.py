"""Loads, checks and renders `messages/`: the only Jinja environment for messages, and the only escaping.

It knows no Slack client and no store; what it gives is a finished payload.
"""

from scheduler.templates.messages import Messages
from scheduler.templates.reading import find, read, shipped
from scheduler.templates.samples import RenderedSample, Sample, render_samples, samples

__all__ = [
    "Messages",
    "RenderedSample",
    "Sample",
    "find",
    "read",
    "render_samples",
    "samples",
    "shipped",
]
