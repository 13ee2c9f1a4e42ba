"""The story of one post: what became of it, what happened and why, and what comes next.

It is read from what was written down at that time; nothing is judged again with the settings of today.
Only what comes next is theirs.
"""

from scheduler.report.explain.document import EXPLAIN_SCHEMA, write_explanation
from scheduler.report.explain.dossier import Dossier
from scheduler.report.explain.explanation import Explanation, explain
from scheduler.report.explain.printing import show_explanation

__all__ = [
    "EXPLAIN_SCHEMA",
    "Dossier",
    "Explanation",
    "explain",
    "show_explanation",
    "write_explanation",
]
