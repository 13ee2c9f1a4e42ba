"""Rows for the contract tests: one case, one outgoing message, one record; any field can be replaced."""

from datetime import datetime, timedelta

from scheduler.model.cases import Case, CaseKey, ChannelKind
from scheduler.model.decisions import DecisionRecord, Reason
from scheduler.model.deliveries import Delivered
from scheduler.model.envelopes import Envelope
from scheduler.model.messages import MessageKind, OutgoingMessage
from scheduler.model.readings import TextReading
from scheduler.ports import Work
from tests.world import TEAM, local

GAP = timedelta(minutes=10)
NOTHING = TextReading()
WHERE = Delivered(channel="D1", ts="1776128400.000001")
TUESDAY = local("2026-04-14 10:00")
KEY = CaseKey(team=TEAM, channel="Cquestions", ts="1776128400.000000")


def case(**what: object) -> Case:
    told: dict[str, object] = {
        "key": KEY,
        "author": "UN",
        "kind": ChannelKind.QUESTIONS,
        "topic": "office",
        "reason": Reason.FIRST_POST,
        "asks": True,
        "opened_at": TUESDAY,
        "run_end_at": TUESDAY,
        **what,
    }
    return Case(**told)  # type: ignore[arg-type]


def outgoing(dedup_key: str, *, at: datetime = TUESDAY, **what: object) -> OutgoingMessage:
    told: dict[str, object] = {
        "kind": MessageKind.WELCOME,
        "message": "welcome",
        "recipient": "UN",
        "due_at": at,
        "not_before": at,
        "reason": Reason.NEW_MEMBER,
        **what,
    }
    return OutgoingMessage(team=TEAM, dedup_key=dedup_key, **told)  # type: ignore[arg-type]


def alert(dedup_key: str, *, at: datetime = TUESDAY, to: str = "UA", **what: object) -> OutgoingMessage:
    told: dict[str, object] = {
        "kind": MessageKind.ALERT,
        "message": "alert_first_look",
        "recipient": to,
        "ambassador": to,
        "reason": Reason.UNTOUCHED,
        "case": KEY,
        **what,
    }
    return outgoing(dedup_key, at=at, **told)


def record(at: datetime = TUESDAY, **what: object) -> DecisionRecord:
    told: dict[str, object] = {
        "subject": str(KEY),
        "rule": "first",
        "outcome": "send",
        "reason": Reason.UNTOUCHED,
        "values": {"to": "UA"},
        "config_hash": "test",
        **what,
    }
    return DecisionRecord(team=TEAM, at=at, **told)  # type: ignore[arg-type]


def envelope(key: str, *, gesture: str | None = None) -> Envelope:
    """A payload that Slack sent on Tuesday."""
    return Envelope(key=key, kind="message", received_at=TUESDAY, payload='{"event": {}}', gesture=gesture)


def sending(work: Work, dedup_key: str, *, at: datetime = TUESDAY) -> None:
    """It is on its way since then, leased for two minutes."""
    work.outbox.sending(dedup_key, at, nonce="mark", until=at + timedelta(minutes=2))
