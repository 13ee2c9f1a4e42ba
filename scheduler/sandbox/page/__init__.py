"""The stand-in's web page: a small Slack in which one can be any member.

It shows what is there and makes the gestures that the stand-in has anyway; it decides nothing, and asks for
nothing but itself. How it works stands in docs/reference/sandbox.md.
"""

from scheduler.sandbox.page.guide import Guide
from scheduler.sandbox.page.page import Page
from scheduler.sandbox.page.viewer import First

__all__ = ["First", "Guide", "Page"]
