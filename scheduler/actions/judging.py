"""Judging one post anew from everything that is known around it, and writing what changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.actions.context import Context, note
from scheduler.model.cases import Case, CaseKey, Outcome
from scheduler.model.decisions import Reason
from scheduler.model.readings import KnownMessage
from scheduler.policy.cases import Judgement, PostFacts, judge, why_open
from scheduler.policy.escalation import next_look
from scheduler.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What somebody just wrote. `leads` when it says better than what came before what the post is about."""

    author: str | None
    text: str
    leads: bool


def judge_again(
    work: Work, context: Context, channel: str, run_ts: str, *, now: datetime, wording: Wording | None = None
) -> None:
    """Brings the cases of a run up to date; an open case keeps an excerpt of its author's words."""
    run = work.messages.run(channel, run_ts)
    known = {case.key.opening: case for case in work.cases.of_post(channel, run_ts)}
    judgement = _judge(work, context, channel, run) if run else Judgement((), Reason.CASE_GONE)
    if not judgement.cases:
        _note_no_case(work, context, run, judgement.reason, now=now)
    for case in judgement.cases:
        _update(work, context, known.get(case.key.opening), case, run[-1].at, now=now)
    _drop(work, context, known, judgement, now=now)
    if wording and judgement.cases:
        _keep_excerpt(work, context, known, judgement.cases[-1], wording)


def _judge(work: Work, context: Context, channel: str, run: tuple[KnownMessage, ...]) -> Judgement:
    facts = _post_facts(work, context, channel, run)
    reason, opened_at = why_open(facts, context.settings)
    if opened_at is None:
        return Judgement((), reason)
    return judge(_with_signs(work, context, facts, opened_at), context.settings)


def _post_facts(work: Work, context: Context, channel: str, run: tuple[KnownMessage, ...]) -> PostFacts:
    settings = context.settings
    return PostFacts(
        team=work.team,
        run=run,
        author=work.members.get(run[0].author or ""),
        earlier_posts=_earlier_posts(work, context, run[0]),
        rule=settings.rule_for(work.channels.name_of(channel) or channel),
        ambassadors=frozenset(each.member for each in settings.ambassadors.people),
        stamps=work.stamps.on_run(channel, run[0].ts),
    )


def may_be_early(work: Work, context: Context, author: str, at: datetime) -> bool:
    """False when a post of that time can be none of the author's first few."""
    member = work.members.get(author)
    if member.first_post_ts is None or at.timestamp() <= float(member.first_post_ts):
        return True
    return member.joined_at is not None and at <= member.joined_at + context.settings.beginners.within


def _earlier_posts(work: Work, context: Context, first: KnownMessage) -> int:
    """How many posts the author had before; beyond those that matter, some number as large."""
    author = first.author or ""
    enough = context.settings.beginners.posts + 1
    if not may_be_early(work, context, author, first.at):
        return enough
    runs = work.messages.runs_of_author(author, most=enough)
    this = (first.channel, first.ts)
    earlier = runs.index(this) if this in runs else enough
    # Rows of long ago are dropped in time, but the member's first post is remembered.
    first_ts = work.members.get(author).first_post_ts
    return max(earlier, 1) if first_ts is not None and first_ts < first.ts else earlier


def _with_signs(work: Work, context: Context, facts: PostFacts, opened_at: datetime) -> PostFacts:
    first, last, author = facts.run[0], facts.run[-1], facts.author.member
    reading = context.settings.reading
    until = opened_at + reading.expire_after * 2 + reading.reopen_within  # it may re-open late
    return replace(
        facts,
        replies=work.messages.replies(first.channel, first.ts),
        pointing=work.messages.pointing_at(
            first.channel, first.ts, author=author, after=first.at, until=until
        ),
        next_post_at=work.messages.next_by_other(first.channel, after_ts=last.ts, author=author),
    )


def _update(
    work: Work, context: Context, old: Case | None, new: Case, run_end_at: datetime, *, now: datetime
) -> None:
    if old:
        new = replace(new, steps_taken=old.steps_taken)
        if old.outcome is Outcome.EXPIRED and new.is_open:
            new = replace(new, outcome=old.outcome, closed_at=old.closed_at)
    new = replace(new, due_at=next_look(new, context.settings, context.open_time))
    if new != old:
        work.cases.save(new, run_end_at=run_end_at)
        _note_change(work, context, old, new, now=now)


def _note_change(work: Work, context: Context, old: Case | None, new: Case, *, now: datetime) -> None:
    if old is None:
        note(
            work, context, subject=new.key, rule="case", outcome="opened", reason=new.reason, now=now,
            opened_at=new.opened_at, kind=new.kind, asks=new.asks, topic=new.topic or None,
        )  # fmt: skip
    _note_touch(work, context, old, new, now=now)
    if new.outcome and (old is None or old.outcome is not new.outcome):
        note(
            work, context, subject=new.key, rule="case", outcome="closed", reason=Reason(new.outcome.value),
            now=now, closed_at=new.closed_at,
        )  # fmt: skip
    if old and old.outcome and new.is_open:
        note(
            work, context, subject=new.key, rule="case", outcome="waiting_again", reason=new.reason, now=now,
        )  # fmt: skip


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
    work: Work, context: Context, run: tuple[KnownMessage, ...], reason: Reason, *, now: datetime
) -> None:
    if run and reason is Reason.ASKS_NOTHING:
        key = CaseKey(team=work.team, channel=run[0].channel, ts=run[0].ts)
        note(work, context, subject=key, rule="case", outcome="none", reason=reason, now=now)


def _drop(
    work: Work, context: Context, known: Mapping[int, Case], judgement: Judgement, *, now: datetime
) -> None:
    """Openings that later facts took away are gone; one that somebody was told of stays, closed."""
    still = {case.key.opening for case in judgement.cases}
    for opening, case in known.items():
        if opening in still:
            continue
        if not case.steps_taken:
            work.cases.remove(case.key)
        elif case.is_open:
            work.cases.close(case.key, Outcome.DISMISSED, now)
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
