"""A stand-in for Slack on this machine: real clients talk to it over HTTP and WebSocket.

An independent witness: it knows Slack's rules and none of ours, and imports nothing that decides or stores.
It is no copy of Slack; what it leaves out stands in docs/reference/sandbox.md.
"""

from scheduler.sandbox.bell import NothingHappened
from scheduler.sandbox.faults import Fault, How
from scheduler.sandbox.interactions.pressing import Pressed
from scheduler.sandbox.received import Call
from scheduler.sandbox.sandbox import Sandbox
from scheduler.sandbox.text import Markup

__all__ = ["Call", "Fault", "How", "Markup", "NothingHappened", "Pressed", "Sandbox"]
