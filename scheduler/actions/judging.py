"""Judging one post anew from everything that is known around it, and writing what changed."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.actions.cards import fold_cards, unfold_cards
from scheduler.actions.context import Context, note
from scheduler.actions.surroundings import post_facts, with_signs
from scheduler.model.cases import Case, CaseKey, Outcome
from scheduler.model.decisions import Reason
from scheduler.model.readings import KnownMessage
from scheduler.policy.cases import judge
from scheduler.policy.escalation import next_look
from scheduler.policy.opening import Opening, why_open
from scheduler.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What somebody just wrote. `leads` when it says better than what came before what the post is about."""

    author: str | None
    text: str
    leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Heed:
    """What somebody else just did: a reply, or a stamp that opens nothing and whose time is known.

    It `only_touches` when it cannot be the answer, whoever did it.
    """

    by: str
    at: datetime
    only_touches: bool = False


def judge_again(
    work: Work,
    context: Context,
    channel: str,
    run_ts: str,
    *,
    now: datetime,
    wording: Wording | None = None,
    may_open: bool = True,
    heed: Heed | None = None,
) -> None:
    """Brings the cases of a run up to date; an open case keeps an excerpt of its author's words.

    Unless it `may_open` one, what happened is a sign at most, and tells nothing new of a run without a case.
    Neither does heed that comes after the answer, or a touch after the first one.
    """
    known = {case.key.opening: case for case in work.cases.of_post(channel, run_ts)}
    if not known and not may_open:
        return
    if heed and all(_comes_too_late(heed, case) for case in known.values()):
        return
    run = work.messages.run(channel, run_ts)
    cases = _judge(work, context, run, now=now) if run else ()
    for case, opening in cases:
        old = known.get(case.key.opening)
        new = _with_own(context, old, case)
        if new != old:
            work.cases.save(new)
            if old is None:
                _note_opening(work, context, new, opening, now=now)
            _note_change(work, context, old, new, now=now)
    _drop(work, context, known, {case.key.opening for case, _ in cases}, now=now)
    if wording and cases:
        _keep_excerpt(work, context, known, cases[-1][0], wording)


def _judge(
    work: Work, context: Context, run: tuple[KnownMessage, ...], *, now: datetime
) -> tuple[tuple[Case, Opening], ...]:
    facts = post_facts(work, context, run)
    opening = why_open(facts, context.settings)
    if opening.at is None:
        if facts.earlier_posts == 0 or opening.reason is not Reason.NOT_A_BEGINNER:
            _note_no_case(work, context, run, opening, now=now)
        return ()
    cases = judge(with_signs(work, context, facts, opening.at), opening, context.settings)
    return tuple((case, opening) for case in cases)


def _comes_too_late(heed: Heed, case: Case) -> bool:
    """Whoever did something before as well may have done it again, and then counts from now on only."""
    if heed.by in (case.author, case.touched_by, case.answered_by) or case.undated_stamp:
        return False
    if case.is_open:
        return heed.only_touches and case.touched_at is not None and case.touched_at < heed.at
    return case.outcome is Outcome.ANSWERED and case.closed_at is not None and case.closed_at < heed.at


def _with_own(context: Context, old: Case | None, new: Case) -> Case:
    """With what planning did to the case before, which no fact tells."""
    if old:
        new = replace(new, steps_taken=old.steps_taken)
        if new.is_open and _had_expired(old) and new.opened_at <= old.opened_at:
            new = replace(new, outcome=old.outcome, closed_at=old.closed_at)
    return replace(new, due_at=next_look(new, context.settings, context.open_time))


def _had_expired(case: Case) -> bool:
    return case.outcome in (Outcome.EXPIRED, Outcome.MAYBE_ANSWERED)


def _note_opening(work: Work, context: Context, new: Case, opening: Opening, *, now: datetime) -> None:
    rulings = opening.rulings if new.key.opening == 1 else ()
    note(
        work, context, subject=new.key, rule="case", outcome="opened", reason=new.reason, now=now,
        rulings=rulings, opened_at=new.opened_at, kind=new.kind, asks=new.asks, topic=new.topic or None,
    )  # fmt: skip


def _note_change(work: Work, context: Context, old: Case | None, new: Case, *, now: datetime) -> None:
    _note_touch(work, context, old, new, now=now)
    if new.outcome and (old is None or old.outcome is not new.outcome):
        note(
            work, context, subject=new.key, rule="case", outcome="closed", reason=Reason(new.outcome.value),
            now=now, closed_at=new.closed_at,
        )  # fmt: skip
        fold_cards(work, new, now=now)
    if old and old.outcome and new.is_open:
        note(
            work, context, subject=new.key, rule="case", outcome="waiting_again", reason=new.reason, now=now,
        )  # fmt: skip
        unfold_cards(work, new, closed_at=old.closed_at, now=now)


def _note_touch(work: Work, context: Context, old: Case | None, new: Case, *, now: datetime) -> None:
    was_touched = old is not None and old.touched_at is not None
    if new.touched_at and not was_touched:
        note(
            work, context, subject=new.key, rule="touch", outcome="touched", reason=Reason.TOUCHED, now=now,
            touched_at=new.touched_at, by=new.touched_by, how=new.touched_how,
        )  # fmt: skip
    if was_touched and not new.touched_at:
        note(
            work, context, subject=new.key, rule="touch", outcome="taken_back", reason=Reason.UNTOUCHED,
            now=now,
        )  # fmt: skip


def _note_no_case(
    work: Work, context: Context, run: tuple[KnownMessage, ...], opening: Opening, *, now: datetime
) -> None:
    """Of a beginner's post in a channel that is watched, so that one can be told why."""
    if opening.reason is not Reason.CHANNEL_OFF:
        key = CaseKey(team=work.team, channel=run[0].channel, ts=run[0].ts)
        note(
            work, context, subject=key, rule="case", outcome="none", reason=opening.reason, now=now,
            rulings=opening.rulings,
        )  # fmt: skip


def _drop(
    work: Work, context: Context, known: Mapping[int, Case], still: Container[int], *, now: datetime
) -> None:
    """Openings that later facts took away are gone; one that somebody was told of stays, closed."""
    for opening, case in known.items():
        if opening in still:
            continue
        if not case.steps_taken:
            work.cases.remove(case.key)
        elif case.is_open:
            work.cases.close(case.key, Outcome.DISMISSED, now)
            fold_cards(work, replace(case, outcome=Outcome.DISMISSED, closed_at=now), now=now)
        else:
            continue
        note(
            work, context, subject=case.key, rule="case", outcome="closed", reason=Reason.CASE_GONE, now=now
        )  # fmt: skip


def _keep_excerpt(
    work: Work, context: Context, known: Mapping[int, Case], case: Case, wording: Wording
) -> None:
    is_new = case.key.opening not in known
    if wording.author == case.author and case.is_open and (is_new or wording.leads):
        work.cases.keep_excerpt(case.key, wording.text[: context.settings.privacy.excerpt_length])
