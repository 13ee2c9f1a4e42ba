"""Whether a post is a case, since when, and which rules decided. Pure.

What came after the post is not asked here, but for a stamp that marks it.
"""

from dataclasses import dataclass
from datetime import datetime

from scheduler.model.cases import ChannelKind
from scheduler.model.decisions import Reason, Rule, Ruling
from scheduler.policy.journeys import JOIN_IS_KNOWN
from scheduler.policy.postfacts import PostFacts
from scheduler.policy.waiting import Waiting, decide_waiting
from scheduler.settings import AnswerTo, Settings, StampMeaning


@dataclass(frozen=True, slots=True)
class Opening:
    """Why the post is a case and since when; or why it is none, and then `at` is empty.

    `rulings` are the rules that were asked, in that order.
    """

    reason: Reason
    at: datetime | None
    rulings: tuple[Ruling, ...]


def why_open(facts: PostFacts, settings: Settings) -> Opening:
    """Asks about the channel, then about the author, then whether the post waits."""
    kind = facts.rule.kind
    watched = Ruling(Rule.CHANNEL_WATCHED, kind is not ChannelKind.OFF, kind.value)
    if not watched.holds:
        return Opening(Reason.CHANNEL_OFF, None, (watched,))
    who, asked = _deserves_answer(facts, settings)
    asked = (watched, *asked)
    if who is Reason.NOT_A_BEGINNER:
        return _if_marked(facts, settings, who, asked)
    if kind is ChannelKind.INTRODUCTIONS:
        return Opening(who, facts.run[0].at, asked)
    waiting = decide_waiting(facts.run, facts.before, mentioned=facts.mentioned, kind=kind)
    asked = (*asked, *waiting.rulings)
    promised = facts.rule.answer is AnswerTo.ALWAYS
    waits = waiting.waits or (promised and not _clearly_waits_not(facts, waiting))
    if waits and not _ends_an_earlier_one(facts):
        return Opening(who, _waits_since(facts), asked)
    return _if_marked(facts, settings, waiting.reason, asked)


def _deserves_answer(facts: PostFacts, settings: Settings) -> tuple[Reason, tuple[Ruling, ...]]:
    """Where everybody is promised an answer too, a beginner's post is told, and counted, as one."""
    who, asked = _is_by_a_beginner(facts, settings)
    if facts.rule.answer is not AnswerTo.ALWAYS:
        return who, asked
    asked = (Ruling(Rule.ALWAYS_ANSWERED, holds=True), *asked)
    return (Reason.ALWAYS_ANSWERED if who is Reason.NOT_A_BEGINNER else who), asked


def _is_by_a_beginner(facts: PostFacts, settings: Settings) -> tuple[Reason, tuple[Ruling, ...]]:
    joined_at, count = facts.author.joined_at, _count(facts, settings)
    first = Ruling(Rule.FIRST_POST, facts.earlier_posts == 0, count)
    # Who was here before we were may have posted before: the first post we see is not taken for the first.
    is_known = facts.author.join_source in JOIN_IS_KNOWN and joined_at is not None
    known = Ruling(Rule.JOIN_KNOWN, is_known, joined_at.isoformat() if joined_at and is_known else "")
    if first.holds and is_known:
        return Reason.FIRST_POST, (first, known)
    if joined_at is None or not is_known:
        return Reason.NOT_A_BEGINNER, (first, known)
    soon = facts.run[0].at <= joined_at + settings.beginners.within
    early = Ruling(Rule.EARLY_POST, soon and facts.earlier_posts < settings.beginners.posts, count)
    return Reason.EARLY_POST if early.holds else Reason.NOT_A_BEGINNER, (first, known, early)


def _count(facts: PostFacts, settings: Settings) -> str:
    """How many posts came before; nothing when there were more than matter, since those are not counted."""
    return str(facts.earlier_posts) if facts.earlier_posts <= settings.beginners.posts else ""


def _if_marked(facts: PostFacts, settings: Settings, reason: Reason, asked: tuple[Ruling, ...]) -> Opening:
    at = min((s.at for s in facts.stamps if marks(s.stamp, settings) and s.dated), default=None)
    marked = Ruling(Rule.MARKED, at is not None, at.isoformat() if at else "")
    return Opening(Reason.MARKED if at else reason, at, (*asked, marked))


def marks(stamp: str, settings: Settings) -> bool:
    """Whether the stamp marks a post that wants an answer."""
    return settings.meaning_of(stamp) is StampMeaning.OPEN


def _clearly_waits_not(facts: PostFacts, waiting: Waiting) -> bool:
    """Where everybody is promised an answer, only thanks and what is part of a talk get none."""
    return waiting.reason is Reason.PART_OF_A_TALK or any(message.thanks for message in facts.run)


def _ends_an_earlier_one(facts: PostFacts) -> bool:
    """Says that something is solved, which an earlier post had asked, and asks nothing itself."""
    says_so = any(message.resolves for message in facts.run)
    return facts.earlier_posts > 0 and says_so and not any(message.asks for message in facts.run)


def _waits_since(facts: PostFacts) -> datetime:
    """In a chat, people talk before they come to their question."""
    asked_at = (message.at for message in facts.run if message.asks)
    if facts.rule.kind is ChannelKind.CHAT:
        return min(asked_at, default=facts.run[0].at)
    return facts.run[0].at
