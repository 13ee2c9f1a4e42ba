"""A Slack export, folder or zip, as a stream of facts in time order. Public channels only; writes nothing."""

from scheduler.simulate.export.findings import Example, Finding, Findings, Found
from scheduler.simulate.export.fingerprint import fingerprint_of
from scheduler.simulate.export.reading import NO_TEAM, Export, Progress, open_export

__all__ = [
    "NO_TEAM",
    "Example",
    "Export",
    "Finding",
    "Findings",
    "Found",
    "Progress",
    "fingerprint_of",
    "open_export",
]
