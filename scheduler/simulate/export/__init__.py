"""A Slack export, folder or zip, as a stream of facts in time order. Public channels only; writes nothing."""

from scheduler.simulate.export.findings import Example, Finding, Findings, Found
from scheduler.simulate.export.reading import Export, Progress, open_export

__all__ = ["Example", "Export", "Finding", "Findings", "Found", "Progress", "open_export"]
