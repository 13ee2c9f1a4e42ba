"""The story as JSON: ids, times, rules and reasons. No text of posts, and no names of members.

The format is described in `docs/reference/explain-json.md`; whoever changes it changes that page, and a
change that can break a reader raises the number in `EXPLAIN_SCHEMA`.
"""

import json
from datetime import timedelta
from typing import TextIO

from scheduler.report.explain.ahead import Ahead
from scheduler.report.explain.ending import Ending
from scheduler.report.explain.explanation import Explanation
from scheduler.report.explain.lines import Line
from scheduler.report.records import Record, instant
from scheduler.report.results import Names

EXPLAIN_SCHEMA = "ambassador.explain/1"
_SECOND = timedelta(seconds=1)


def write_explanation(file: TextIO, explanation: Explanation, *, names: Names) -> None:
    """Writes one JSON object and a line feed; the same story gives the same bytes."""
    record: Record = {
        "schema": EXPLAIN_SCHEMA,
        "channel": explanation.channel,
        "channel_name": names.channels.get(explanation.channel),
        "ts": explanation.ts,
        "at": instant(explanation.at),
        "author": explanation.author,
        "ending": _ending(explanation.ending),
        "config_hash": explanation.config_hash,
        "config_hashes": explanation.config_hashes,
        "shadow": explanation.is_shadow,
        "lines": [_line(line) for line in explanation.lines],
        "next": [_ahead(each) for each in explanation.ahead],
    }
    file.write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")


def _ending(end: Ending) -> Record:
    return {
        "outcome": end.outcome,
        "reason": end.reason.value if end.reason else None,
        "after_seconds": end.after // _SECOND if end.after is not None else None,
        "by": end.by,
        "how": end.how.value if end.how else None,
        "touched": end.is_touched,
        "maybe_answered": end.is_maybe_answered,
        "alerts": end.alerts,
        "shadow_alerts": end.shadow_alerts,
        "openings": end.openings,
    }


def _line(line: Line) -> Record:
    return {
        "at": instant(line.at),
        "what": line.what.value,
        "opening": line.opening,
        "reason": line.reason.value if line.reason else None,
        "learnt": instant(line.learnt_at),
        "step": line.step,
        "to": line.to,
        "until": instant(line.until),
        "by": line.by,
        "how": line.how.value if line.how else None,
        "strength": line.strength.value if line.strength else None,
        "shadow": line.is_shadow,
        "rules": [
            {"rule": each.rule.value, "holds": each.holds, "value": each.value} for each in line.rulings
        ],
    }


def _ahead(each: Ahead) -> Record:
    return {
        "at": instant(each.at),
        "what": each.what.value,
        "step": each.step.id if each.step else None,
        "when": each.step.when.value if each.step else None,
        "tell": each.step.tell.value if each.step else None,
        "to": each.to,
        "stamps": each.stamps,
    }
