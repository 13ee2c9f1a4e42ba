"""Hand-made records of one post by U1 in C1, posted on Monday, 20 April 2026, at 10:00 in Tokyo."""

from collections.abc import Sequence

from scheduler.model.cases import Case
from scheduler.model.decisions import DecisionRecord, Reason, Ruling
from scheduler.model.messages import OutgoingMessage
from scheduler.report.explain import Dossier
from tests.unit.report.examples import NAMES, a_case, an_alert, at

TS = "1776646800.000100"
OPEN = a_case(TS, "2026-04-20 10:00")


def told(
    rule: str,
    outcome: str,
    reason: Reason,
    when: str,
    *,
    opening: int = 1,
    rulings: tuple[Ruling, ...] = (),
    config: str = "test",
    **values: str,
) -> DecisionRecord:
    """A record of the case; of its alert, when the rule is `delivery`, whose `step` is among the values."""
    key = f"T1:C1:{TS}:{opening}"
    step = values.pop("step", "")
    return DecisionRecord(
        team="T1", at=at(when), subject=f"alert:{key}:{step}" if step else key, rule=rule, outcome=outcome,
        reason=reason, values=values, config_hash=config, rulings=rulings,
    )  # fmt: skip


def opened(when: str = "2026-04-20 10:00", **changes: object) -> DecisionRecord:
    values = {"reason": Reason.FIRST_POST, "opened_at": str(at(when)), **changes}
    return told("case", "opened", when=when, **values)  # type: ignore[arg-type]


def touched(when: str, by: str = "U2", how: str = "reply", *, learnt: str = "") -> DecisionRecord:
    at_that = str(at(when))
    return told("touch", "touched", Reason.TOUCHED, learnt or when, touched_at=at_that, by=by, how=how)


def closed(when: str, reason: Reason = Reason.ANSWERED, **changes: object) -> DecisionRecord:
    values = {"closed_at": str(at(when)), **changes}
    return told("case", "closed", reason, when, **values)  # type: ignore[arg-type]


def planned(when: str, step: str = "first", to: str = "U2", **changes: object) -> DecisionRecord:
    values = {"to": to, "due_at": str(at(when)), **changes}
    return told(step, "send", Reason.UNTOUCHED, when, **values)  # type: ignore[arg-type]


def alert(due: str, step: str = "first", to: str = "U2", **changes: object) -> OutgoingMessage:
    return an_alert(OPEN, step, due, to, **changes)


def dossier(
    *records: DecisionRecord, cases: Sequence[Case] = (OPEN,), alerts: Sequence[OutgoingMessage] = ()
) -> Dossier:
    return Dossier(
        team="T1", channel="C1", ts=TS, at=at("2026-04-20 10:00"), author="U1", cases=cases, records=records,
        alerts=tuple((message, ()) for message in alerts), names=NAMES,
    )  # fmt: skip
