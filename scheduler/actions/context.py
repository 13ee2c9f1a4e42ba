"""What every action needs to know besides the facts: the settings and who the ambassadors are."""

from dataclasses import dataclass
from datetime import datetime

from scheduler.model.decisions import Decision, DecisionRecord, Hold, Reason, Ruling, Send, Skip
from scheduler.policy.opentime import OpenTime
from scheduler.ports import Directory, Work
from scheduler.settings import Settings

_OUTCOMES = {Send: "send", Hold: "hold", Skip: "skip"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Handed to every action; holds no state."""

    settings: Settings
    open_time: OpenTime
    directory: Directory


def note(
    work: Work,
    context: Context,
    *,
    subject: object,
    rule: str,
    outcome: str,
    reason: Reason,
    now: datetime,
    rulings: tuple[Ruling, ...] = (),
    **values: object,
) -> None:
    """Records a decision, unless the last one of this subject and rule said the same."""
    work.decisions.record(
        DecisionRecord(
            team=work.team,
            at=now,
            subject=str(subject),
            rule=rule,
            outcome=outcome,
            reason=reason,
            values={name: str(value) for name, value in values.items() if value is not None},
            config_hash=context.settings.config_hash,
            rulings=rulings,
        )
    )


def note_decision(
    work: Work, context: Context, decision: Decision, *, subject: str, rule: str, now: datetime
) -> None:
    """Records what was decided about a message that is no alert, as `note` does."""
    outcome = _OUTCOMES[type(decision)]
    note(work, context, subject=subject, rule=rule, outcome=outcome, reason=decision.reason, now=now)
