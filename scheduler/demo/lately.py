"""The sample as if its last day had just been: by a real clock, whoever reads back some weeks finds it."""

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

from scheduler.model.facts import Fact

_WEEK = timedelta(weeks=1)
_LINKED = re.compile(r"(?<=/p)\d{16}")


def lately(facts: Sequence[Fact], *, now: datetime) -> list[Fact]:
    """The same facts, whole weeks apart from what they were, the last of them within the week before `now`.

    Days of the week and hours stay. `facts` are in order of time.
    """
    by = (now - facts[-1].at) // _WEEK * _WEEK
    return [_moved(fact, by) for fact in facts]


def _moved(fact: Fact, by: timedelta) -> Fact:
    changed: dict[str, Any] = {"at": fact.at + by}
    for name in {field.name for field in fields(fact)} & {"ts", "thread_ts"}:
        ts = getattr(fact, name)
        changed[name] = ts and _ts(ts, by)
    if text := getattr(fact, "text", ""):
        changed["text"] = _LINKED.sub(lambda found: _ts(found[0], by), text)
    return replace(fact, **changed)


def _ts(ts: str, by: timedelta) -> str:
    """`ts` as in Slack, or as its links write it, without the point: seconds are its first ten digits."""
    return f"{int(ts[:10]) + by // timedelta(seconds=1)}{ts[10:]}"
