"""Cards: an alert that stands in Slack shows how its case is now. It is edited in place, and notifies nobody.

When the case ends, the alert becomes one line that quotes nothing; when the case waits again, it is shown as
the alert that it was. Each change is one row of the outbox.
"""

from collections.abc import Mapping
from datetime import datetime

from scheduler.model.cases import Case, Outcome, SignKind
from scheduler.model.decisions import Decision, Reason, Send, Skip
from scheduler.model.messages import MessageKind, OutgoingMessage, PlaceholderValue, Wait
from scheduler.ports import Work

#: The message that a finished card shows.
FOLDED = "alert_done"
_OPEN = "open"
_DAY = 24 * 60  # in minutes
#: From then on hours tell nothing that anybody needs.
_IN_DAYS = 2 * _DAY


def fold_cards(work: Work, case: Case, *, now: datetime) -> None:
    """The case has ended: what was posted about it folds to one line."""
    if case.closed_at:
        _edit_all(work, case, since=case.closed_at, now=now)


def unfold_cards(work: Work, case: Case, *, closed_at: datetime | None, now: datetime) -> None:
    """The case that had ended at `closed_at` waits again: what was posted about it shows it open."""
    if closed_at:
        _edit_all(work, case, since=closed_at, now=now)


def fold_late(work: Work, message: OutgoingMessage, *, now: datetime) -> None:
    """An alert went out; its case may have ended while it was on its way."""
    if message.kind is MessageKind.ALERT and message.case:
        case = work.cases.find(message.case)
        if case and not case.is_open:
            fold_cards(work, case, now=now)


def decide_card(case: Case | None, message: OutgoingMessage) -> Decision:
    """Whether the edit still shows what is true."""
    if case is None:
        return Skip(Reason.CASE_GONE)
    shown = message.reason.value if message.message == FOLDED else None
    if shown == case.outcome:
        return Send(message.reason)
    return Skip(Reason(case.outcome.value) if case.outcome else Reason.UNANSWERED)


def folded_values(case: Case) -> Mapping[str, PlaceholderValue]:
    """What a finished card tells: how the case ended, and after how long."""
    ended_at = case.closed_at or case.opened_at
    waited = Wait.of(ended_at - case.opened_at)
    answered = case.outcome is Outcome.ANSWERED
    by_reaction = case.touched_how is SignKind.STAMP and case.touched_at == case.answered_at
    return {
        "waited": waited,
        "days": waited.minutes // _DAY if waited.minutes >= _IN_DAYS else 0,
        "answered": answered,
        "by_reaction": answered and by_reaction,
        **{
            outcome.value: case.outcome is outcome
            for outcome in Outcome
            if outcome not in {Outcome.ANSWERED, Outcome.EXPIRED}
        },
    }


def _edit_all(work: Work, case: Case, *, since: datetime, now: datetime) -> None:
    if not case.steps_taken:  # nobody was told of it
        return
    for alert in work.outbox.posted_alerts(case.key.channel, case.key.ts):
        if alert.case == case.key:
            work.outbox.add(_edit(alert, case, since=since, now=now))


def _edit(alert: OutgoingMessage, case: Case, *, since: datetime, now: datetime) -> OutgoingMessage:
    """`since` is the instant of the ending that changed: a case may end, wait again and end once more."""
    return OutgoingMessage(
        team=alert.team,
        dedup_key=f"card:{alert.dedup_key}:{case.outcome or _OPEN}:{since.timestamp():.6f}",
        kind=MessageKind.CARD,
        message=FOLDED if case.outcome else alert.message,
        recipient=alert.recipient,
        due_at=now,
        not_before=now,
        reason=Reason(case.outcome.value) if case.outcome else alert.reason,
        case=alert.case,
        step=alert.step,
        ambassador=alert.ambassador,
        rotation=alert.rotation,
        posted_channel=alert.posted_channel,
        posted_ts=alert.posted_ts,
    )
