"""A small community whose figures can be worked out by hand. Open Monday to Friday, 9 to 17, in Tokyo."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.model.cases import Case, CaseKey, ChannelKind, Outcome, SignKind
from scheduler.model.decisions import DecisionRecord, Reason
from scheduler.model.messages import MessageKind, OutboxState, OutgoingMessage
from scheduler.policy.opentime import OpenTime
from scheduler.report import History, MessageLine, Names, Noticed, Results, Sighting
from scheduler.settings import Calendar, Hours

TOKYO = ZoneInfo("Asia/Tokyo")
OPEN_TIME = OpenTime(
    Calendar(zone=TOKYO, hours=dict.fromkeys(range(5), Hours(opens=time(9), closes=time(17))))
)
NAMES = Names(
    channels={"C1": "なんでも相談", "C2": "雑談", "C9": "運営-アンバサダー"},
    members={"U1": "相沢 陸", "U2": "神田 美咲", "U3": "森尾 健一"},
)


def at(text: str) -> datetime:
    """A Tokyo wall time as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO).astimezone(UTC)


def a_case(ts: str, opened: str, **changes: object) -> Case:
    """A first post by U1 in C1 that reads like a question and still waits."""
    told: dict[str, Any] = {
        "key": CaseKey(team="T1", channel=str(changes.pop("channel", "C1")), ts=ts),
        "author": "U1",
        "kind": ChannelKind.QUESTIONS,
        "topic": "",
        "reason": Reason.FIRST_POST,
        "asks": True,
        "opened_at": at(opened),
        "run_end_at": at(opened),
    }
    told.update(changes)
    return Case(**told)


def a_message(kind: MessageKind, key: str, due: str, **changes: object) -> OutgoingMessage:
    """A message that was sent the moment it was due."""
    told: dict[str, Any] = {
        "team": "T1",
        "dedup_key": key,
        "kind": kind,
        "message": str(kind),
        "recipient": "U1",
        "due_at": at(due),
        "not_before": at(due),
        "reason": Reason.NEW_MEMBER,
        "state": OutboxState.SENT,
        "sent_at": at(due),
    }
    told.update(changes)
    return OutgoingMessage(**told)


def a_welcome(member: str, due: str, **changes: object) -> OutgoingMessage:
    key = f"welcome:T1:{member}:newcomer:1:welcome"
    return a_message(MessageKind.WELCOME, key, due, recipient=member, step="welcome", **changes)


def an_alert(case: Case, step: str, due: str, to: str, **changes: object) -> OutgoingMessage:
    """An alert to an ambassador, or to the channel C9."""
    told: dict[str, object] = {
        "recipient": to,
        "ambassador": None if to == "C9" else to,
        "case": case.key,
        "step": step,
        "reason": Reason.UNTOUCHED,
    }
    return a_message(MessageKind.ALERT, f"alert:{case.key}:{step}", due, **told | changes)


def a_decision(subject: str, rule: str, outcome: str, reason: Reason, when: str) -> DecisionRecord:
    return DecisionRecord(
        team="T1",
        at=at(when),
        subject=subject,
        rule=rule,
        outcome=outcome,
        reason=reason,
        values={},
        config_hash="",
    )


#: Touched by a stamp after 30 minutes, answered after an hour.
ANSWERED = a_case(
    "1776646800.000100",
    "2026-04-20 10:00",
    touched_at=at("2026-04-20 10:30"),
    touched_by="U2",
    touched_how=SignKind.STAMP,
    answered_at=at("2026-04-20 11:00"),
    answered_by="U2",
    closed_at=at("2026-04-20 11:00"),
    outcome=Outcome.ANSWERED,
)
#: Waits overnight: 1 h 30 min of open time, 17 h 30 min by the clock; a weak sign came 45 min earlier.
OVERNIGHT = a_case(
    "1776670200.000200",
    "2026-04-20 16:30",
    reason=Reason.EARLY_POST,
    touched_at=at("2026-04-21 10:00"),
    touched_by="U3",
    touched_how=SignKind.REPLY,
    answered_at=at("2026-04-21 10:00"),
    answered_by="U3",
    weak_sign_at=at("2026-04-21 09:15"),
    closed_at=at("2026-04-21 10:00"),
    outcome=Outcome.ANSWERED,
)
#: Nobody ever came.
ALONE = a_case(
    "1776826800.000300",
    "2026-04-22 12:00",
    channel="C2",
    kind=ChannelKind.CHAT,
    closed_at=at("2026-05-06 12:00"),
    outcome=Outcome.EXPIRED,
)
#: Nobody touched it, but the next post in the channel may have answered it.
MAYBE = a_case(
    "1776902400.000400",
    "2026-04-23 09:00",
    asks=False,
    weak_sign_at=at("2026-04-23 09:20"),
    closed_at=at("2026-05-07 09:00"),
    outcome=Outcome.EXPIRED,
)
#: No beginner's; still waits; has a stamp that nobody can date.
REGULAR = a_case(
    "1777014000.000500", "2026-04-24 16:00", reason=Reason.ALWAYS_ANSWERED, author="U3", undated_stamp=True
)
CASES = (ANSWERED, OVERNIGHT, ALONE, MAYBE, REGULAR)

MESSAGES: Sequence[MessageLine] = (
    (a_welcome("U1", "2026-04-20 09:10"), ()),
    (a_welcome("U4", "2026-04-20 12:10", sent_at=at("2026-04-20 13:00")), (Reason.QUIET_TIME,)),
    (
        a_welcome(
            "U5", "2026-04-20 12:20", state=OutboxState.DEAD, sent_at=None, reason=Reason.CANNOT_RENDER
        ),
        (),
    ),
    (
        an_alert(
            ANSWERED,
            "first-look",
            "2026-04-20 11:00",
            "U2",
            state=OutboxState.SKIPPED,
            sent_at=None,
            reason=Reason.TOUCHED,
        ),
        (Reason.QUIET_TIME, Reason.RECIPIENT_CAP),
    ),
    (an_alert(ALONE, "first-look", "2026-04-22 13:00", "U2"), ()),
    (an_alert(ALONE, "second-pair", "2026-04-22 15:00", "U3"), ()),
    (an_alert(ALONE, "whole-team", "2026-04-23 12:00", "C9"), ()),
    (an_alert(MAYBE, "first-look", "2026-04-23 12:20", "U2"), ()),
    (an_alert(REGULAR, "first-look", "2026-04-27 09:00", "U2", state=OutboxState.PENDING, sent_at=None), ()),
    (
        a_message(
            MessageKind.THANKS,
            "thanks:T1:2026-W17:C2",
            "2026-04-24 16:30",
            recipient="C2",
            reason=Reason.END_OF_WEEK,
        ),
        (),
    ),
)
DECISIONS = (
    a_decision("T1:C1:1776646800.000100:1", "case", "opened", Reason.FIRST_POST, "2026-04-20 10:00"),
    a_decision("welcome:T1:U6:newcomer:1:welcome", "welcome", "skip", Reason.IS_GUEST, "2026-04-21 09:00"),
    a_decision(str(REGULAR.key), "first-look", "hold", Reason.NOBODY_TO_TELL, "2026-04-24 17:00"),
    a_decision("thanks:T1:2026-W18:C2", "thanks", "skip", Reason.HUMAN_THANKED, "2026-05-01 16:30"),
    a_decision(MESSAGES[1][0].dedup_key, "delivery", "hold", Reason.QUIET_TIME, "2026-04-20 12:10"),
)
HISTORY = History(
    messages=12, members=6, channels=3, first_at=at("2026-04-20 09:00"), last_at=at("2026-04-24 16:00")
)
FINDINGS = (
    Noticed(
        code="bad_ts",
        count=2,
        is_note=False,
        sentence="日時（ts）が正しくないメッセージを2件とばしました。",
        examples=(Sighting(file="general/2026-04-20.json", what="x", count=2),),
    ),
)


def results(
    cases: Sequence[Case] = CASES,
    messages: Sequence[MessageLine] = MESSAGES,
    decisions: Sequence[DecisionRecord] = DECISIONS,
) -> Results:
    return Results(
        cases=lambda: iter(cases),
        messages=lambda: iter(messages),
        decisions=lambda: iter(decisions),
        ended_at=at("2026-05-08 16:00"),
    )
