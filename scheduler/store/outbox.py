"""The outbox: every outgoing message is a row, unique by its dedup key."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from sys import intern
from typing import Any

from sqlalchemy import bindparam, case, func, or_, select, union_all, update

from scheduler.model.cases import CaseKey
from scheduler.model.decisions import Reason
from scheduler.model.deliveries import Delivered
from scheduler.model.messages import MessageKind, OutboxState, OutgoingMessage
from scheduler.store.rows import Rows, table_of
from scheduler.store.tables import OutboxRow
from scheduler.store.values import from_json, to_json

OUTBOX = table_of(OutboxRow)
#: What may have reached its recipient counts as if it had.
_WENT_OUT = or_(
    OUTBOX.c.state == OutboxState.SENDING.value,
    OUTBOX.c.state == OutboxState.SENT.value,
    OUTBOX.c.state == OutboxState.UNKNOWN.value,
)
_THIS = (OUTBOX.c.team == bindparam("b_team"), OUTBOX.c.dedup_key == bindparam("b_key"))
_HELD = select(OUTBOX.c.held).where(*_THIS)
_SET = update(OUTBOX).where(*_THIS)
_HOLD = _SET.values(not_before=bindparam("b_until"), held=bindparam("b_past"))
_END = _SET.values(state=bindparam("b_to"), reason=bindparam("b_why"), values={})
_SENDING = _SET.values(
    state=OutboxState.SENDING.value,
    sent_at=bindparam("b_at"),
    leased_until=bindparam("b_until"),
    nonce=func.coalesce(OUTBOX.c.nonce, bindparam("b_nonce")),
    attempts=OUTBOX.c.attempts + 1,
)
_SENT = _SET.values(
    state=OutboxState.SENT.value,
    sent_at=bindparam("b_at"),
    payload_hash=bindparam("b_hash"),
    posted_channel=bindparam("b_posted_channel"),
    posted_ts=bindparam("b_posted_ts"),
    error=None,
    values={},
)
_RETRY = _SET.values(
    state=OutboxState.PENDING.value,
    sent_at=None,
    not_before=bindparam("b_until"),
    error=bindparam("b_code"),
    # An attempt that was still on its way did not reach Slack: it was none.
    attempts=OUTBOX.c.attempts - case((OUTBOX.c.state == OutboxState.SENDING.value, 1), else_=0),
)
_PUT_BACK = _RETRY.where(
    OUTBOX.c.state == OutboxState.SENDING.value, OUTBOX.c.attempts == bindparam("b_attempt")
)
_UNKNOWN = _SET.values(
    state=OutboxState.UNKNOWN.value, not_before=bindparam("b_until"), error=bindparam("b_code")
)
_DEAD = _SET.values(
    state=OutboxState.DEAD.value, reason=bindparam("b_why"), error=bindparam("b_code"), values={}
)
_ABANDONED = (
    update(OUTBOX)
    .where(
        OUTBOX.c.team == bindparam("b_team"),
        OUTBOX.c.state == OutboxState.SENDING.value,
        or_(OUTBOX.c.leased_until.is_(None), OUTBOX.c.leased_until <= bindparam("b_now")),
    )
    .values(state=OutboxState.UNKNOWN.value, not_before=bindparam("b_until"), error="interrupted")
)
_DOUBT = (
    update(OUTBOX)
    .where(OUTBOX.c.team == bindparam("b_team"), OUTBOX.c.state == OutboxState.PENDING.value)
    .values(nonce=None)
)
_TO_RECONCILE = (
    select(OUTBOX)
    .where(
        OUTBOX.c.team == bindparam("b_team"),
        OUTBOX.c.state == OutboxState.UNKNOWN.value,
        OUTBOX.c.not_before <= bindparam("b_now"),
    )
    .order_by(OUTBOX.c.not_before, OUTBOX.c.dedup_key)
    .limit(bindparam("b_most"))
)
_POSTED = (
    select(OUTBOX)
    .where(
        OUTBOX.c.team == bindparam("b_team"),
        OUTBOX.c.channel == bindparam("b_channel"),
        OUTBOX.c.ts == bindparam("b_ts"),
        OUTBOX.c.kind == MessageKind.ALERT.value,
        OUTBOX.c.posted_ts.is_not(None),
    )
    .order_by(OUTBOX.c.sent_at, OUTBOX.c.dedup_key)
)
_OLDEST_ALERT = select(func.min(OUTBOX.c.not_before)).where(
    OUTBOX.c.team == bindparam("b_team"),
    OUTBOX.c.state == OutboxState.PENDING.value,
    OUTBOX.c.kind == MessageKind.ALERT.value,
)
_BEING_EDITED = select(OUTBOX.c.dedup_key).where(
    OUTBOX.c.team == bindparam("b_team"),
    OUTBOX.c.channel == bindparam("b_channel"),
    OUTBOX.c.ts == bindparam("b_ts"),
    OUTBOX.c.kind == MessageKind.CARD.value,
    OUTBOX.c.posted_ts == bindparam("b_posted_ts"),
    or_(OUTBOX.c.state == OutboxState.SENDING.value, OUTBOX.c.state == OutboxState.UNKNOWN.value),
)
#: The order in which MessageKind lists them: alerts first, welcomes last.
_RANK = case({kind.value: rank for rank, kind in enumerate(MessageKind)}, value=OUTBOX.c.kind)
_DUE = (
    select(OUTBOX)
    .where(
        OUTBOX.c.team == bindparam("b_team"),
        OUTBOX.c.state == OutboxState.PENDING.value,
        OUTBOX.c.not_before <= bindparam("b_now"),
    )
    .order_by(_RANK, OUTBOX.c.due_at, OUTBOX.c.dedup_key)
    .limit(bindparam("b_most"))
)
_SENT_TO = (
    select(OUTBOX.c.sent_at)
    .where(
        OUTBOX.c.team == bindparam("b_team"),
        OUTBOX.c.recipient == bindparam("b_recipient"),
        OUTBOX.c.sent_at > bindparam("b_since"),
        OUTBOX.c.kind != MessageKind.CARD.value,
        _WENT_OUT,
    )
    .order_by(OUTBOX.c.sent_at)
)
_SENT_OF_KIND = (
    select(OUTBOX.c.sent_at)
    .where(
        OUTBOX.c.team == bindparam("b_team"),
        OUTBOX.c.kind == bindparam("b_kind"),
        OUTBOX.c.sent_at > bindparam("b_since"),
        _WENT_OUT,
    )
    .order_by(OUTBOX.c.sent_at)
)
_TO_AMBASSADOR = (OUTBOX.c.team == bindparam("b_team"), OUTBOX.c.ambassador.is_not(None))
_ALERTS = union_all(
    select(OUTBOX.c.ambassador, OUTBOX.c.sent_at.label("at"), OUTBOX.c.dedup_key).where(
        *_TO_AMBASSADOR,
        OUTBOX.c.kind == MessageKind.ALERT.value,
        OUTBOX.c.sent_at > bindparam("b_since"),
        _WENT_OUT,
    ),
    select(OUTBOX.c.ambassador, OUTBOX.c.due_at, OUTBOX.c.dedup_key).where(
        *_TO_AMBASSADOR,
        OUTBOX.c.kind == MessageKind.ALERT.value,
        OUTBOX.c.state == OutboxState.PENDING.value,
    ),
).order_by("at", "dedup_key")
_TOLD = select(OUTBOX.c.ambassador).where(
    OUTBOX.c.team == bindparam("b_team"),
    OUTBOX.c.channel == bindparam("b_channel"),
    OUTBOX.c.ts == bindparam("b_ts"),
    OUTBOX.c.ambassador.is_not(None),
    OUTBOX.c.kind == MessageKind.ALERT.value,
    or_(OUTBOX.c.state != OutboxState.SKIPPED.value, OUTBOX.c.reason == Reason.AWAY.value),
    or_(OUTBOX.c.state != OutboxState.DEAD.value, OUTBOX.c.reason == Reason.REFUSED.value),
)
_IS_TOLD = select(OUTBOX.c.dedup_key).where(
    OUTBOX.c.team == bindparam("b_team"),
    OUTBOX.c.channel == bindparam("b_channel"),
    OUTBOX.c.ts == bindparam("b_ts"),
    OUTBOX.c.opening == bindparam("b_opening"),
    OUTBOX.c.recipient == bindparam("b_recipient"),
    OUTBOX.c.kind == MessageKind.ALERT.value,
    OUTBOX.c.state != OutboxState.SKIPPED.value,
    OUTBOX.c.state != OutboxState.DEAD.value,
)
_OF_POST = (
    select(OUTBOX)
    .where(
        OUTBOX.c.team == bindparam("b_team"),
        OUTBOX.c.channel == bindparam("b_channel"),
        OUTBOX.c.ts == bindparam("b_ts"),
        OUTBOX.c.kind == MessageKind.ALERT.value,
    )
    .order_by(OUTBOX.c.due_at, OUTBOX.c.dedup_key)
)
_DEAD_SINCE = (
    select(OUTBOX.c.kind, OUTBOX.c.reason, OUTBOX.c.error, func.count().label("number"))
    .where(
        OUTBOX.c.team == bindparam("b_team"),
        OUTBOX.c.state == OutboxState.DEAD.value,
        OUTBOX.c.due_at >= bindparam("b_since"),
    )
    .group_by(OUTBOX.c.kind, OUTBOX.c.reason, OUTBOX.c.error)
    .order_by(_RANK, OUTBOX.c.reason, OUTBOX.c.error)
)
_ALL = (
    select(OUTBOX).where(OUTBOX.c.team == bindparam("b_team")).order_by(OUTBOX.c.due_at, OUTBOX.c.dedup_key)
)


class OutboxRows(Rows):
    """Implements `ports.Outbox`."""

    def add(self, message: OutgoingMessage) -> bool:
        self._due.moved()
        row = {name: getattr(message, name) for name in _PLAIN}
        for name in ("channel", "ts", "opening"):
            row[name] = getattr(message.case, name) if message.case else None
        return self._insert_new(OUTBOX, row | {"values": to_json(message.values), "held": ""})

    def due(self, now: datetime, *, most: int) -> tuple[OutgoingMessage, ...]:
        return tuple(_message(row) for row in self._dicts(_DUE, b_now=now, b_most=most))

    def all(self) -> Iterator[tuple[OutgoingMessage, tuple[Reason, ...]]]:
        """Every message ever intended, by due time, each with the reasons it was held for."""
        for row in self._stream(_ALL):
            yield _line(row)

    def of_post(self, channel: str, ts: str) -> tuple[tuple[OutgoingMessage, tuple[Reason, ...]], ...]:
        """The alerts about one post, by due time, each with the reasons it was held for."""
        return tuple(_line(row) for row in self._dicts(_OF_POST, b_channel=channel, b_ts=ts))

    def dead_since(self, since: datetime) -> tuple[tuple[MessageKind, Reason, str, int], ...]:
        """Of what was due since then: kinds, reasons and Slack's words (perhaps none) of what is dead."""
        found = self._rows(_DEAD_SINCE, b_since=since)
        return tuple((MessageKind(kind), Reason(why), code or "", count) for kind, why, code, count in found)

    def hold(self, dedup_key: str, until: datetime, reason: Reason) -> None:
        self._due.moved()
        (held,) = self._scalars(_HELD, b_key=dedup_key)
        past = held if reason.value in held.split() else f"{held} {reason.value}".strip()
        self._change(_HOLD, b_key=dedup_key, b_until=until, b_past=past)

    def skip(self, dedup_key: str, reason: Reason) -> None:
        self._end(dedup_key, OutboxState.SKIPPED, reason)

    def kill(self, dedup_key: str, reason: Reason, code: str = "") -> None:
        self._due.moved()
        self._change(_DEAD, b_key=dedup_key, b_why=reason.value, b_code=code or None)

    def sending(self, dedup_key: str, now: datetime, *, nonce: str, until: datetime) -> None:
        self._due.moved()
        self._change(_SENDING, b_key=dedup_key, b_at=now, b_nonce=nonce, b_until=until)

    def sent(self, dedup_key: str, now: datetime, payload_hash: str | None, where: Delivered) -> None:
        self._due.moved()
        place = {"b_posted_channel": where.channel, "b_posted_ts": where.ts}
        self._change(_SENT, b_key=dedup_key, b_at=now, b_hash=payload_hash, **place)

    def retry(self, dedup_key: str, until: datetime, code: str) -> None:
        self._due.moved()
        self._change(_RETRY, b_key=dedup_key, b_until=until, b_code=code)

    def put_back(self, dedup_key: str, until: datetime, code: str, *, attempt: int) -> None:
        self._due.moved()
        self._change(_PUT_BACK, b_key=dedup_key, b_until=until, b_code=code, b_attempt=attempt)

    def unknown(self, dedup_key: str, look_at: datetime, code: str) -> None:
        self._due.moved()
        self._change(_UNKNOWN, b_key=dedup_key, b_until=look_at, b_code=code)

    def abandoned(self, now: datetime, *, look_at: datetime) -> int:
        self._due.moved()
        return self._change(_ABANDONED, b_now=now, b_until=look_at)

    def doubt(self) -> None:
        self._change(_DOUBT)

    def to_reconcile(self, now: datetime, *, most: int) -> tuple[OutgoingMessage, ...]:
        return tuple(_message(row) for row in self._dicts(_TO_RECONCILE, b_now=now, b_most=most))

    def oldest_unsent_alert(self) -> datetime | None:
        found: datetime | None = next(iter(self._scalars(_OLDEST_ALERT)), None)
        return found

    def posted_alerts(self, channel: str, ts: str) -> tuple[OutgoingMessage, ...]:
        return tuple(_message(row) for row in self._dicts(_POSTED, b_channel=channel, b_ts=ts))

    def is_being_edited(self, channel: str, ts: str, posted_ts: str) -> bool:
        return self._first(_BEING_EDITED, b_channel=channel, b_ts=ts, b_posted_ts=posted_ts) is not None

    def sent_to(self, recipient: str, *, since: datetime) -> tuple[datetime, ...]:
        return self._scalars(_SENT_TO, b_recipient=recipient, b_since=since)

    def sent_of_kind(self, kind: MessageKind, *, since: datetime) -> tuple[datetime, ...]:
        return self._scalars(_SENT_OF_KIND, b_kind=kind.value, b_since=since)

    def alerts_to(self, *, since: datetime) -> tuple[tuple[str, datetime], ...]:
        return tuple((ambassador, at) for ambassador, at, _ in self._rows(_ALERTS, b_since=since))

    def told_of(self, case: CaseKey) -> frozenset[str]:
        return frozenset(self._scalars(_TOLD, b_channel=case.channel, b_ts=case.ts))

    def is_told(self, recipient: str, case: CaseKey) -> bool:
        key = {"b_channel": case.channel, "b_ts": case.ts, "b_opening": case.opening}
        return self._first(_IS_TOLD, b_recipient=recipient, **key) is not None

    def _end(self, dedup_key: str, state: OutboxState, reason: Reason) -> None:
        self._due.moved()
        self._change(_END, b_key=dedup_key, b_to=state.value, b_why=reason.value)


_PLAIN = (
    *("dedup_key", "kind", "message", "recipient", "due_at", "not_before", "reason", "state", "step"),
    *("ambassador", "member", "rotation", "sent_at", "payload_hash"),
    *("attempts", "nonce", "posted_channel", "posted_ts"),
)


_SHARED = ("message", "recipient", "step", "ambassador")


def _line(row: Mapping[str, Any]) -> tuple[OutgoingMessage, tuple[Reason, ...]]:
    return _message(row), tuple(Reason(held) for held in row["held"].split())


def _message(row: Mapping[str, Any]) -> OutgoingMessage:
    told: dict[str, Any] = {name: row[name] for name in _PLAIN}
    # Reports hold many rows at once; the few names that all of them share are kept once.
    told |= {name: intern(told[name]) for name in _SHARED if told[name] is not None}
    told["kind"] = MessageKind(told["kind"])
    told["reason"] = Reason(told["reason"])
    told["state"] = OutboxState(told["state"])
    return OutgoingMessage(team=row["team"], case=_case_key(row), values=from_json(row["values"]), **told)


def _case_key(row: Mapping[str, Any]) -> CaseKey | None:
    if row["ts"] is None:
        return None
    team, channel = intern(row["team"]), intern(row["channel"])
    return CaseKey(team=team, channel=channel, ts=row["ts"], opening=row["opening"])
