"""One record for each case, message and stop: the rows of the JSON document. Ids, times and reasons only.

No text of posts, and no names of members. The keys and their order are part of the documented format.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from scheduler.model.cases import Case, CaseKey
from scheduler.model.decisions import Reason
from scheduler.model.messages import OutgoingMessage
from scheduler.policy.opentime import OpenTime
from scheduler.report.casefigures import OPEN, weak_sign_of
from scheduler.report.results import Names
from scheduler.report.stops import Stop
from scheduler.report.waits import Wait, wait_between

Record = dict[str, object]

_SECOND = timedelta(seconds=1)


def instant(at: datetime | None) -> str | None:
    """ISO 8601 in UTC, with microseconds only where there are some: `2026-04-20T01:05:00Z`."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def wait_record(wait: Wait | None) -> Record | None:
    """Whole seconds in both times."""
    if wait is None:
        return None
    return {"open_seconds": wait.open // _SECOND, "clock_seconds": wait.clock // _SECOND}


def case_record(
    case: Case, alerts: Iterable[OutgoingMessage], *, open_time: OpenTime, names: Names
) -> Record:
    """A case with the alerts about it, in the order given."""
    return {
        "channel": case.key.channel,
        "channel_name": names.channels.get(case.key.channel),
        "ts": case.key.ts,
        "opening": case.key.opening,
        "author": case.author,
        "kind": case.kind.value,
        "topic": case.topic,
        "opened_because": case.reason.value,
        "reads_like_a_question": case.asks,
        "opened": instant(case.opened_at),
        "touched": instant(case.touched_at),
        "touched_by": case.touched_by,
        "touched_how": case.touched_how.value if case.touched_how else None,
        "touched_after": _after(case, case.touched_at, open_time),
        "answered": instant(case.answered_at),
        "answered_by": case.answered_by,
        "answered_after": _after(case, case.answered_at, open_time),
        "weak_sign": instant(weak_sign_of(case)),
        "weak_sign_after": _after(case, weak_sign_of(case), open_time),
        "undated_stamp": case.undated_stamp,
        "closed": instant(case.closed_at),
        "outcome": case.outcome.value if case.outcome else OPEN,
        "alerts": [_alert(message) for message in alerts],
    }


def message_record(message: OutgoingMessage, held: Iterable[Reason]) -> Record:
    """A message of the outbox, whatever became of it."""
    return {
        "key": message.dedup_key,
        "kind": message.kind.value,
        "message": message.message,
        "recipient": message.recipient,
        "ambassador": message.ambassador,
        "step": message.step,
        "due": instant(message.due_at),
        "sent": instant(message.sent_at),
        "state": message.state.value,
        "reason": message.reason.value,
        "held_for": [reason.value for reason in held],
        "case": _case_key(message.case) if message.case else None,
    }


def stop_record(stop: Stop) -> Record:
    """A message that planning held or skipped before it was one."""
    return {
        "key": stop.key,
        "kind": stop.kind.value,
        "decision": stop.outcome,
        "reason": stop.reason.value,
        "at": instant(stop.at),
    }


def _alert(message: OutgoingMessage) -> Record:
    return {
        "step": message.step,
        "recipient": message.recipient,
        "due": instant(message.due_at),
        "sent": instant(message.sent_at),
        "state": message.state.value,
        "reason": message.reason.value,
    }


def _case_key(key: CaseKey) -> Record:
    return {"channel": key.channel, "ts": key.ts, "opening": key.opening}


def _after(case: Case, at: datetime | None, open_time: OpenTime) -> Record | None:
    return wait_record(wait_between(open_time, case.opened_at, at)) if at else None
