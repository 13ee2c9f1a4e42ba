"""What `ambassador doctor` does once its options are read. Imported late: it brings everything along."""

import json
import os
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from scheduler import __version__
from scheduler.app.examining import examine
from scheduler.cli.checklist import show_checklist
from scheduler.cli.jsonout import json_output
from scheduler.clock import SystemClock
from scheduler.doctor.checks import findings
from scheduler.doctor.finding import Finding, Status
from scheduler.doctor.redacting import Redaction
from scheduler.doctor.words import in_words
from scheduler.settings import Settings

SCHEMA = "ambassador.doctor/1"
#: Exit codes: nothing failed, something did.
WELL, NOT_WELL = 0, 1


def examination(config: Path | None, language: str, *, as_json: bool) -> int:
    """Looks at everything, prints what was found, and gives the exit code."""
    clock = SystemClock()
    facts = examine(config, os.environ, clock=clock)
    now = clock.now()
    found = findings(facts, now=now)
    redact = Redaction(os.environ)
    words = [redact(in_words(language, each)) for each in found]
    if as_json:
        _write(found, words, facts.settings, now)
    else:
        show_checklist(found, words, language)
    return NOT_WELL if any(each.status is Status.FAIL for each in found) else WELL


def _write(found: Sequence[Finding], words: Sequence[str], settings: Settings | None, now: datetime) -> None:
    counts = Counter(each.status for each in found)
    document = {
        "schema": SCHEMA,
        "version": __version__,
        "looked_at": now.isoformat(timespec="seconds"),
        "mode": settings.mode.shown if settings else None,
        "ok": not counts[Status.FAIL],
        "counts": {status.value: counts[status] for status in Status},
        "findings": [
            {"check": each.check.value, "status": each.status.value, "code": each.said.code, "words": said}
            for each, said in zip(found, words, strict=True)
        ],
    }
    json_output().write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
