"""What the inside needs from outside, as Protocols; who implements them is nobody's business here."""

from scheduler.ports.cases import Cases, Enrolments, NearCase, WeekFigures
from scheduler.ports.community import Channels, Concerned, Members, Messages, Placed, Stamps, Talks
from scheduler.ports.sending import Outbox, Renderer, Sender
from scheduler.ports.service import Decisions, ImportProgress, Imports, Inbox, Jobs, Lease, Leases, Marks
from scheduler.ports.work import Directory, Store, Work

__all__ = [
    "Cases",
    "Channels",
    "Concerned",
    "Decisions",
    "Directory",
    "Enrolments",
    "ImportProgress",
    "Imports",
    "Inbox",
    "Jobs",
    "Lease",
    "Leases",
    "Marks",
    "Members",
    "Messages",
    "NearCase",
    "Outbox",
    "Placed",
    "Renderer",
    "Sender",
    "Stamps",
    "Store",
    "Talks",
    "WeekFigures",
    "Work",
]
