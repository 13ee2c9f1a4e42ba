"""Gathering what is known around a post: its author, what was said before, and what happened to it since."""

from dataclasses import replace
from datetime import datetime, timedelta

from scheduler.actions.context import Context
from scheduler.actions.directory import named
from scheduler.model.cases import ChannelKind
from scheduler.model.readings import KnownMessage
from scheduler.policy.postfacts import PostFacts
from scheduler.ports import Work
from scheduler.settings import AnswerTo, ChannelRule, Settings

#: What was said just before a post: so many messages by others at most, and no older than that.
BEFORE_MOST = 5
BEFORE_WITHIN = timedelta(hours=12)
#: Messages after a post that are read; in a busy channel the first of them tell.
_AFTER_MOST = 40


def post_facts(work: Work, context: Context, run: tuple[KnownMessage, ...]) -> PostFacts:
    """What decides whether the run is a case."""
    settings, first = context.settings, run[0]
    facts = PostFacts(
        team=work.team,
        run=run,
        author=work.members.get(first.author or ""),
        earlier_posts=_earlier_posts(work, context, first),
        rule=rule_of(work, context, first.channel),
        ambassadors=frozenset(each.member for each in named(work, settings.ambassadors)),
        stamps=work.stamps.on_run(first.channel, first.ts),
    )
    return _with_words_before(work, facts) if _reads_words(facts, settings) else facts


def with_signs(work: Work, context: Context, facts: PostFacts, opened_at: datetime) -> PostFacts:
    """The same with everything that happened to the post since."""
    first, author = facts.run[0], facts.author.member
    reading = context.settings.reading
    until = opened_at + reading.expire_after * 2 + reading.reopen_within  # it may re-open late
    return replace(
        facts,
        replies=work.messages.replies(first.channel, first.ts),
        pointing=work.messages.pointing_at(
            first.channel, first.ts, author=author, after=first.at, until=until
        ),
        talk=_talk(work, context, facts, until),
    )


def may_be_early(work: Work, context: Context, author: str, at: datetime) -> bool:
    """False when a post of that time can be none of the author's first few."""
    member = work.members.get(author)
    if member.first_post_ts is None or at.timestamp() <= float(member.first_post_ts):
        return True
    return member.joined_at is not None and at <= member.joined_at + context.settings.beginners.within


def rule_of(work: Work, context: Context, channel: str) -> ChannelRule:
    """What the config says about a channel, by the name it has now."""
    return context.settings.rule_for(work.channels.name_of(channel) or channel)


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


def _reads_words(facts: PostFacts, settings: Settings) -> bool:
    """Everyday talk of old members, and a hello, are not read any further."""
    may_open = facts.earlier_posts <= settings.beginners.posts or facts.rule.answer is AnswerTo.ALWAYS
    return may_open and facts.rule.kind in (ChannelKind.QUESTIONS, ChannelKind.CHAT)


def _with_words_before(work: Work, facts: PostFacts) -> PostFacts:
    first = facts.run[0]
    before = work.talks.before(
        first.channel,
        first.ts,
        author=facts.author.member,
        since=first.at - BEFORE_WITHIN,
        most=BEFORE_MOST,
    )
    return replace(facts, before=before, mentioned=work.talks.mentioned(first.channel, first.ts))


def _talk(work: Work, context: Context, facts: PostFacts, until: datetime) -> tuple[KnownMessage, ...]:
    """The next messages, and later ones by the author that end something, with what stands before those."""
    first, last = facts.run[0], facts.run[-1]
    soon = last.at + context.settings.reading.weak_sign_within
    after = work.talks.after(first.channel, last.ts, until=soon, most=_AFTER_MOST)
    endings = work.talks.endings(first.channel, last.ts, author=facts.author.member, until=until)
    ending = (message for pair in endings for message in pair if message)
    found = {message.ts: message for message in (*after, *ending)}
    return tuple(found[ts] for ts in sorted(found))
