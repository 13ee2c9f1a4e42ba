"""Folding facts into what is known: late, twice and in any order, with the same result.

A fact is kept under its natural key; then every post that it may concern is judged anew.
"""

from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import datetime
from functools import singledispatch

from scheduler.actions.concerning import Run, around, early_runs, own_run, replied_to, shifted, signalled
from scheduler.actions.context import Context
from scheduler.actions.enrolling import enrol
from scheduler.actions.groups import keep_group
from scheduler.actions.judging import Heed, Wording, judge_again
from scheduler.actions.surroundings import may_be_early, rule_of
from scheduler.model.facts import (
    ChannelDescribed,
    Fact,
    GroupChanged,
    GroupListed,
    JoinSource,
    MemberDescribed,
    MemberTraced,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    Precision,
    Shape,
    StampAdded,
    StampRemoved,
)
from scheduler.model.people import Member
from scheduler.model.readings import TextReading
from scheduler.policy.phrases import read
from scheduler.ports import Concerned, Placed, Work
from scheduler.settings import AnswerTo, StampMeaning


@singledispatch
def fold(fact: Fact, work: Work, context: Context, *, now: datetime) -> None:
    """Takes one fact in. Folding it again changes nothing."""
    raise TypeError(f"not a fact: {fact!r}")


@fold.register
def _traced(fact: MemberTraced, work: Work, context: Context, *, now: datetime) -> None:
    if work.members.trace(fact):
        enrol(work, context, fact.member)
        _judge_all(work, context, early_runs(work, context, fact.member), now=now)


@fold.register
def _member(fact: MemberDescribed, work: Work, context: Context, *, now: datetime) -> None:
    if not work.members.describe(fact):
        return
    runs = set(work.cases.of_author(fact.member))
    if fact.is_bot:
        runs |= _unmask(work, context, fact.member)
    _judge_all(work, context, runs, now=now)


@fold.register
def _channel(fact: ChannelDescribed, work: Work, context: Context, *, now: datetime) -> None:
    before = rule_of(work, context, fact.channel)
    if work.channels.describe(fact) and rule_of(work, context, fact.channel) != before:
        runs = {(fact.channel, run_ts) for run_ts in work.messages.runs_in_channel(fact.channel)}
        _judge_all(work, context, runs, now=now)


@fold.register
def _posted(fact: MessagePosted, work: Work, context: Context, *, now: datetime) -> None:
    reading = read(fact.text, context.settings.phrases, key=work.team)
    author = work.members.get(fact.author) if fact.author else None
    if not fact.is_bot and (author is None or author.is_bot):
        fact = replace(fact, is_bot=True)
    placed = work.messages.add(fact, reading, gap=context.settings.reading.run_gap)
    if placed is None:
        return
    if author:
        _see(work, context, author, fact, now=now)
    leads = fact.shape is Shape.POST and reading.asks
    wording = Wording(author=fact.author, text=fact.text, leads=leads)
    own, runs = _concerned(work, context, fact, reading, placed)
    is_sign = placed.own is None  # a reply says nothing of whether the post is a case
    heed = Heed(by=fact.author, at=fact.at) if is_sign and fact.author and not placed.was_awaited else None
    _judge_all(
        work, context, runs | own, now=now, own=own, wording=wording, may_open=not is_sign, heed=heed
    )  # fmt: skip


@fold.register
def _edited(fact: MessageEdited, work: Work, context: Context, *, now: datetime) -> None:
    pointed_at = work.messages.pointed_at_by(fact.channel, fact.ts)
    if work.messages.edit(fact, read(fact.text, context.settings.phrases, key=work.team)):
        own = own_run(work, fact.channel, fact.ts)
        pointed_at |= work.messages.pointed_at_by(fact.channel, fact.ts)
        wording = Wording(author=work.messages.author_of(fact.channel, fact.ts), text=fact.text, leads=True)
        runs = own | pointed_at | around(work, context, fact.channel, fact.ts)
        _judge_all(work, context, runs, now=now, own=own, wording=wording)


@fold.register
def _deleted(fact: MessageDeleted, work: Work, context: Context, *, now: datetime) -> None:
    if work.messages.delete(fact):
        runs = own_run(work, fact.channel, fact.ts) | work.messages.pointed_at_by(fact.channel, fact.ts)
        runs |= around(work, context, fact.channel, fact.ts)
        _judge_all(work, context, runs, now=now)


@fold.register
def _stamped(fact: StampAdded, work: Work, context: Context, *, now: datetime) -> None:
    concerned = work.messages.await_(fact.channel, fact.ts)
    if work.stamps.add(fact) and concerned:
        _judge_stamped(work, context, fact, concerned, now=now)


@fold.register
def _unstamped(fact: StampRemoved, work: Work, context: Context, *, now: datetime) -> None:
    concerned = work.messages.await_(fact.channel, fact.ts)
    if work.stamps.remove(fact) and concerned:
        _judge_stamped(work, context, fact, concerned, now=now)


@fold.register
def _group(fact: GroupListed | GroupChanged, work: Work, context: Context, *, now: datetime) -> None:
    """Nothing is judged anew: who is an ambassador counts for what happens from now on."""
    if fact.group == context.settings.ambassadors.group:
        keep_group(work, fact)


def _judge_stamped(
    work: Work, context: Context, fact: StampAdded | StampRemoved, post: Concerned, *, now: datetime
) -> None:
    """Of most posts there is no case, and most stamps open none."""
    meaning = context.settings.meaning_of(fact.stamp)
    may_open = meaning is StampMeaning.OPEN
    if not (post.has_case or may_open):
        return
    is_heed = isinstance(fact, StampAdded) and fact.precision is Precision.EXACT and not may_open
    touches = meaning is StampMeaning.TOUCH and not rule_of(work, context, fact.channel).is_answered_by_touch
    heed = Heed(by=fact.member, at=fact.at, only_touches=touches) if is_heed else None
    judge_again(work, context, fact.channel, post.run_ts, now=now, may_open=may_open, heed=heed)


def _see(work: Work, context: Context, author: Member, fact: MessagePosted, *, now: datetime) -> None:
    """A message is a trace of its author, though not of when they joined."""
    known_earlier = author.joined_at is not None and (
        author.join_source is not JoinSource.FIRST_SEEN or author.joined_at <= fact.at
    )
    if not known_earlier:
        trace = MemberTraced(team=work.team, member=author.member, at=fact.at, source=JoinSource.FIRST_SEEN)
        fold(trace, work, context, now=now)


def _concerned(
    work: Work, context: Context, fact: MessagePosted, reading: TextReading, placed: Placed
) -> tuple[set[Run], set[Run]]:
    """The run of a new message, and those that it changes besides: neighbours, and what it is a sign for."""
    if fact.is_bot or fact.author is None:
        return set(), set()
    if placed.own is None:
        return replied_to(work, fact), set()
    own = {(fact.channel, placed.own)}
    runs = {(fact.channel, run_ts) for run_ts in placed.changed}
    runs |= shifted(work, context, runs - own)
    if may_be_early(work, context, fact.author, fact.at):
        early = early_runs(work, context, fact.author)
        runs |= {run for run in early if run[1] > placed.own}  # those are one post later now
    work.members.posted(fact.author, fact.ts)
    if runs == own and not _may_be_case(work, context, fact, placed):
        own = runs = set()
    if placed.was_awaited:  # an edit that was told before may point elsewhere
        runs |= work.messages.pointed_at_by(fact.channel, fact.ts)
    return own, runs | signalled(work, context, fact, reading, placed)


def _may_be_case(work: Work, context: Context, fact: MessagePosted, placed: Placed) -> bool:
    """False for everyday talk, so that it costs nothing: a new run that only a stamp could make a case."""
    rule = rule_of(work, context, fact.channel)
    if placed.own != fact.ts or placed.was_awaited or rule.answer is AnswerTo.ALWAYS:
        return True
    return may_be_early(work, context, fact.author or "", fact.at)


def _unmask(work: Work, context: Context, member: str) -> set[Run]:
    """What a member wrote turns out to be a bot's: whatever it may have touched is judged anew."""
    written = work.messages.by_author(member)
    runs = {run for channel, ts, _ in written for run in own_run(work, channel, ts)}
    for channel, ts, _ in written:
        runs |= around(work, context, channel, ts) | work.messages.pointed_at_by(channel, ts)
    work.messages.unhuman(member)
    for channel, ts, _ in written:
        placed = work.messages.place(channel, ts, gap=context.settings.reading.run_gap)
        mended = {(channel, run_ts) for run_ts in placed}
        runs |= mended | shifted(work, context, mended)
    return runs | {run for channel, ts in work.stamps.by(member) for run in own_run(work, channel, ts)}


def _judge_all(
    work: Work,
    context: Context,
    runs: Iterable[Run],
    *,
    now: datetime,
    own: Container[Run] = (),
    wording: Wording | None = None,
    may_open: bool = True,
    heed: Heed | None = None,
) -> None:
    """Judges runs anew; `wording` is what was written in the run `own`."""
    for run in sorted(runs):
        said = wording if run in own else None
        judge_again(work, context, *run, now=now, wording=said, may_open=may_open, heed=heed)
