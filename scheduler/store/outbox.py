"""The outbox: every outgoing message is a row, unique by its dedup key."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, case, func, select, update

from scheduler.model.cases import CaseKey
from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind, OutboxState, OutgoingMessage
from scheduler.store.rows import Rows, table_of
from scheduler.store.tables import OutboxRow
from scheduler.store.values import from_json, to_json

OUTBOX = table_of(OutboxRow)
_WENT = (OutboxState.SENDING.value, OutboxState.SENT.value)
_THIS = (OUTBOX.c.team == bindparam("b_team"), OUTBOX.c.dedup_key == bindparam("b_key"))
_HELD = select(OUTBOX.c.held).where(*_THIS)
_SET = update(OUTBOX).where(*_THIS)
_HOLD = _SET.values(not_before=bindparam("until"), held=bindparam("past"))
_END = _SET.values(state=bindparam("to"), reason=bindparam("why"), values={})
_SENDING = _SET.values(state=OutboxState.SENDING.value, sent_at=bindparam("at"))
_SENT = _SET.values(
    state=OutboxState.SENT.value, sent_at=bindparam("at"), payload_hash=bindparam("hash"), values={}
)
#: Alerts before thanks before welcomes: the order in which MessageKind lists them.
_RANK = case({kind.value: rank for rank, kind in enumerate(MessageKind)}, value=OUTBOX.c.kind)
_DUE = (
    select(OUTBOX)
    .where(
        OUTBOX.c.team == bindparam("b_team"),
        OUTBOX.c.state == OutboxState.PENDING.value,
        OUTBOX.c.not_before <= bindparam("now"),
    )
    .order_by(_RANK, OUTBOX.c.due_at, OUTBOX.c.dedup_key)
    .limit(bindparam("most"))
)
_SENT_TO = (
    select(OUTBOX.c.sent_at)
    .where(
        OUTBOX.c.team == bindparam("b_team"),
        OUTBOX.c.recipient == bindparam("recipient"),
        OUTBOX.c.sent_at > bindparam("since"),
        OUTBOX.c.state.in_(_WENT),
    )
    .order_by(OUTBOX.c.sent_at)
)
_SENT_OF_KIND = (
    select(OUTBOX.c.sent_at)
    .where(
        OUTBOX.c.team == bindparam("b_team"),
        OUTBOX.c.kind == bindparam("kind"),
        OUTBOX.c.sent_at > bindparam("since"),
        OUTBOX.c.state.in_(_WENT),
    )
    .order_by(OUTBOX.c.sent_at)
)
_LOAD_AT = func.coalesce(OUTBOX.c.sent_at, OUTBOX.c.due_at)
_ALERTS = (
    select(OUTBOX.c.ambassador, _LOAD_AT.label("at"))
    .where(
        OUTBOX.c.team == bindparam("b_team"),
        OUTBOX.c.ambassador.is_not(None),
        OUTBOX.c.due_at > bindparam("since"),
        OUTBOX.c.state.in_((*_WENT, OutboxState.PENDING.value)),
    )
    .order_by("at", OUTBOX.c.dedup_key)
)
_TOLD = select(OUTBOX.c.ambassador).where(
    OUTBOX.c.team == bindparam("b_team"),
    OUTBOX.c.channel == bindparam("channel"),
    OUTBOX.c.ts == bindparam("ts"),
    OUTBOX.c.ambassador.is_not(None),
)
_ALL = select(OUTBOX).where(OUTBOX.c.team == bindparam("b_team")).order_by(OUTBOX.c.due_at, OUTBOX.c.dedup_key)


class OutboxRows(Rows):
    """Implements `ports.Outbox`."""

    def add(self, message: OutgoingMessage) -> bool:
        self._due.moved()
        row = {name: getattr(message, name) for name in _PLAIN}
        case_key = message.case
        row["channel"] = case_key.channel if case_key else None
        row["ts"] = case_key.ts if case_key else None
        row["opening"] = case_key.opening if case_key else None
        row |= {"team": self._team, "values": to_json(message.values), "held": ""}
        return self._insert_new(OUTBOX, row)

    def due(self, now: datetime, *, most: int) -> tuple[OutgoingMessage, ...]:
        values = {"b_team": self._team, "now": now, "most": most}
        return tuple(_message(row) for row in self._connection.execute(_DUE, values).mappings())

    def all(self) -> Iterator[tuple[OutgoingMessage, tuple[Reason, ...]]]:
        """Every message ever intended, by due time, each with the reasons it was held for."""
        for row in self._connection.execute(_ALL, {"b_team": self._team}).mappings():
            yield _message(row), tuple(Reason(held) for held in row["held"].split())

    def hold(self, dedup_key: str, until: datetime, reason: Reason) -> None:
        self._due.moved()
        held = self._connection.execute(_HELD, self._key(dedup_key)).scalar_one()
        past = held if reason.value in held.split() else f"{held} {reason.value}".strip()
        values = {"until": until, "past": past}
        self._connection.execute(_HOLD, {**self._key(dedup_key), **values})

    def skip(self, dedup_key: str, reason: Reason) -> None:
        self._end(dedup_key, OutboxState.SKIPPED, reason)

    def kill(self, dedup_key: str, reason: Reason) -> None:
        self._end(dedup_key, OutboxState.DEAD, reason)

    def sending(self, dedup_key: str, now: datetime) -> None:
        self._due.moved()
        self._connection.execute(_SENDING, {**self._key(dedup_key), "at": now})

    def sent(self, dedup_key: str, now: datetime, payload_hash: str) -> None:
        self._due.moved()
        self._connection.execute(_SENT, {**self._key(dedup_key), "at": now, "hash": payload_hash})

    def sent_to(self, recipient: str, *, since: datetime) -> tuple[datetime, ...]:
        values = {"b_team": self._team, "recipient": recipient, "since": since}
        return tuple(self._connection.execute(_SENT_TO, values).scalars())

    def sent_of_kind(self, kind: MessageKind, *, since: datetime) -> tuple[datetime, ...]:
        values = {"b_team": self._team, "kind": kind.value, "since": since}
        return tuple(self._connection.execute(_SENT_OF_KIND, values).scalars())

    def alerts_to(self, *, since: datetime) -> tuple[tuple[str, datetime], ...]:
        found = self._connection.execute(_ALERTS, {"b_team": self._team, "since": since})
        return tuple((row.ambassador, row.at) for row in found)

    def told_of(self, case: CaseKey) -> frozenset[str]:
        values = {"b_team": self._team, "channel": case.channel, "ts": case.ts}
        return frozenset(self._connection.execute(_TOLD, values).scalars())

    def _end(self, dedup_key: str, state: OutboxState, reason: Reason) -> None:
        self._due.moved()
        self._connection.execute(_END, {**self._key(dedup_key), "to": state.value, "why": reason.value})

    def _key(self, dedup_key: str) -> dict[str, str]:
        return {"b_team": self._team, "b_key": dedup_key}


_PLAIN = (
    *("dedup_key", "kind", "message", "recipient", "due_at", "not_before", "reason", "state", "step"),
    *("ambassador", "member", "rotation", "sent_at", "payload_hash"),
)


def _message(row: RowMapping) -> OutgoingMessage:
    told: dict[str, Any] = {name: row[name] for name in _PLAIN}
    told["kind"] = MessageKind(told["kind"])
    told["reason"] = Reason(told["reason"])
    told["state"] = OutboxState(told["state"])
    return OutgoingMessage(team=row["team"], case=_case_key(row), values=from_json(row["values"]), **told)


def _case_key(row: Mapping[str, Any]) -> CaseKey | None:
    if row["ts"] is None:
        return None
    return CaseKey(team=row["team"], channel=row["channel"], ts=row["ts"], opening=row["opening"])
