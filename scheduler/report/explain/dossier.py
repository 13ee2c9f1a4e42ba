"""Everything that was written down about one post, as plain values. No words, and no text of the post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.model.cases import Case
from scheduler.model.decisions import DecisionRecord
from scheduler.report.results import MessageLine, Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """`ts` is the first message of the author's run; `at` is its instant.

    `records` are in the order in which they were written, those of the alerts about the post among them.
    `cases` are the openings as they stand now.
    """

    team: str
    channel: str
    ts: str
    at: datetime
    author: str | None
    cases: Sequence[Case]
    records: Sequence[DecisionRecord]
    alerts: Sequence[MessageLine]
    names: Names
