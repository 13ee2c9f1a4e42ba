"""The work itself, as the service wrote it down: whether it goes on, what waits, what was given up."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from scheduler.doctor.facts import DeadEvents, DeadMessages, Facts, Rows
from scheduler.doctor.finding import Check, Finding, Said, Status, Value, failed, passed, skipped, warned
from scheduler.live.status import ALERT_LATE, INBOX_LAG

#: The mark is renewed every 30 seconds while all is heard.
_SILENT = timedelta(minutes=5)
_MINUTE = timedelta(minutes=1)
#: Even a small community stamps, posts or joins within a week.
_QUIET = timedelta(days=7)
_CHECKS = (
    *(Check.SERVICE, Check.LAST_EVENT, Check.INBOX),
    *(Check.ALERTS, Check.DEAD_EVENTS, Check.DEAD_MESSAGES),
)


def check_work(facts: Facts, *, now: datetime) -> Iterator[Finding]:
    rows = facts.database.rows if facts.database else None
    if rows is None:
        yield from (skipped(check, "doctor.needs_rows") for check in _CHECKS)
        return
    yield (service := _service(rows, facts, now))
    yield _last_event(rows, now, hears=service.status is Status.PASS)
    yield _inbox(rows, now)
    yield _alerts(rows, now)
    yield _dead_events(rows)
    yield _dead_messages(rows)


def _service(rows: Rows, facts: Facts, now: datetime) -> Finding:
    """The mark tells until when all was heard; whether it still runs only the service itself can tell."""
    if rows.alive_at is None:
        return warned(Check.SERVICE, "doctor.never_ran")
    silent = now - rows.alive_at
    if silent > _SILENT:
        return warned(Check.SERVICE, "doctor.not_running", length=silent)
    if facts.answers is False:
        return _nobody(facts, silent)
    return _ago(Check.SERVICE, "doctor.running" if facts.answers else "doctor.heard", silent)


def _nobody(facts: Facts, silent: timedelta) -> Finding:
    address = str(facts.settings.service.health) if facts.settings else ""
    if silent < _MINUTE:
        return warned(Check.SERVICE, "doctor.stopped_now", address=address)
    return warned(Check.SERVICE, "doctor.stopped", address=address, length=silent)


def _last_event(rows: Rows, now: datetime, *, hears: bool) -> Finding:
    """A service that runs and was never told anything may be set up so that it never will be."""
    if rows.last_event_at is None:
        say = warned if hears else passed
        return say(Check.LAST_EVENT, "doctor.nothing_told" if hears else "doctor.no_event")
    length = now - rows.last_event_at
    if length > _QUIET:
        return warned(Check.LAST_EVENT, "doctor.quiet", length=length)
    return _ago(Check.LAST_EVENT, "doctor.last_event", length)


def _ago(check: Check, code: str, length: timedelta) -> Finding:
    return passed(check, code, length=length) if length >= _MINUTE else passed(check, f"{code}_now")


def _inbox(rows: Rows, now: datetime) -> Finding:
    waits = now - rows.inbox_waiting_since if rows.inbox_waiting_since else timedelta()
    if waits > INBOX_LAG:
        return failed(Check.INBOX, "doctor.inbox_lag", length=waits)
    return passed(Check.INBOX, "doctor.inbox")


def _alerts(rows: Rows, now: datetime) -> Finding:
    late = now - rows.oldest_alert_due_at if rows.oldest_alert_due_at else timedelta()
    if late > ALERT_LATE:
        return failed(Check.ALERTS, "doctor.alert_late", length=late)
    return passed(Check.ALERTS, "doctor.alerts")


def _dead_events(rows: Rows) -> Finding:
    if not rows.dead_events:
        return passed(Check.DEAD_EVENTS, "doctor.no_dead_events")
    count = sum(each.count for each in rows.dead_events)
    return warned(
        Check.DEAD_EVENTS, "doctor.dead_events", count=count, why=_each(map(_event, rows.dead_events))
    )


def _dead_messages(rows: Rows) -> Finding:
    if not rows.dead_messages:
        return passed(Check.DEAD_MESSAGES, "doctor.no_dead_messages")
    count = sum(each.count for each in rows.dead_messages)
    why = _each(map(_message, rows.dead_messages))
    return warned(Check.DEAD_MESSAGES, "doctor.dead_messages", count=count, why=why)


def _each(lines: Iterator[Said]) -> Value:
    return tuple(lines)


def _event(dead: DeadEvents) -> Said:
    return Said("doctor.dead_event", {"kind": dead.kind, "reason": dead.reason, "count": dead.count})


def _message(dead: DeadMessages) -> Said:
    told: dict[str, Value] = {
        "kind": Said(f"reasons.kind_{dead.kind}"),
        "reason": Said(f"reasons.reason_{dead.reason}"),
        "code": dead.code,
        "count": dead.count,
    }
    return Said("doctor.dead_message_code" if dead.code else "doctor.dead_message", told)
