"""The openings of a post: what opens, touches, answers, closes and re-opens them. Pure.

Everything is derived anew from the facts around one post, so that the order in which they were told
makes no difference. Only expiry needs the time, and is decided elsewhere.
"""

from dataclasses import replace
from datetime import datetime

from scheduler.model.cases import Case, CaseKey, Outcome
from scheduler.model.decisions import Reason
from scheduler.policy.opening import Opening
from scheduler.policy.postfacts import PostFacts
from scheduler.policy.signs import Effect, Sign, may_have_touched, signs
from scheduler.policy.weaksigns import weak_sign
from scheduler.settings import ChannelRule, Settings

_CLOSING = {
    Effect.RESOLVE: Outcome.RESOLVED,
    Effect.DISMISS: Outcome.DISMISSED,
    Effect.LEAVE: Outcome.AUTHOR_GONE,
    Effect.WITHDRAW: Outcome.WITHDRAWN,
}


def judge(facts: PostFacts, opening: Opening, settings: Settings) -> tuple[Case, ...]:
    """The cases of the post, which opened as `opening` says. Expiry is not among their outcomes."""
    if opening.at is None:
        return ()
    cases = [_first_opening(facts, settings, opening.reason, opening.at)]
    for sign in signs(facts, settings):
        if sign.at >= opening.at:
            cases = _apply(cases, sign, facts.rule, settings)
    return (_with_weak_sign(cases[0], facts, settings), *cases[1:])


def expires_at(case: Case, settings: Settings) -> datetime:
    """When the case ends if nobody closes it."""
    return case.opened_at + settings.reading.expire_after


def _first_opening(facts: PostFacts, settings: Settings, reason: Reason, opened_at: datetime) -> Case:
    return Case(
        key=CaseKey(team=facts.team, channel=facts.run[0].channel, ts=facts.run[0].ts),
        author=facts.author.member,
        kind=facts.rule.kind,
        topic=facts.rule.topic,
        reason=reason,
        asks=any(message.asks for message in facts.run),
        opened_at=opened_at,
        run_end_at=facts.run[-1].at,
        undated_stamp=may_have_touched(facts, settings),
    )


def _with_weak_sign(case: Case, facts: PostFacts, settings: Settings) -> Case:
    """A re-opened case has none: the further question stands in a thread."""
    weak = weak_sign(facts, settings, after=case.opened_at, until=case.closed_at)
    return replace(case, weak_sign_at=weak.at, weak_strength=weak.strength) if weak else case


def _apply(cases: list[Case], sign: Sign, rule: ChannelRule, settings: Settings) -> list[Case]:
    last = cases[-1]
    had_expired = last.is_open and sign.at > expires_at(last, settings)
    if last.is_open and not had_expired:
        return [*cases[:-1], _change(last, sign, rule)]
    if had_expired and sign.effect is Effect.MARK:
        return [*cases, _reopen(last, sign, Reason.MARKED)]
    if sign.effect is Effect.ASK_AGAIN and _may_reopen(last, sign, settings):
        return [*cases, _reopen(last, sign, Reason.ASKED_AGAIN)]
    return cases


def _change(case: Case, sign: Sign, rule: ChannelRule) -> Case:
    if outcome := _CLOSING.get(sign.effect):
        return replace(case, closed_at=sign.at, outcome=outcome)
    if sign.effect in (Effect.ASK_AGAIN, Effect.MARK):
        return case
    if sign.since < case.opened_at:  # thanks for what was said before it opened
        return case
    if case.touched_at is None or sign.since < case.touched_at:
        case = replace(case, touched_at=sign.since, touched_by=sign.by, touched_how=sign.how)
    if sign.effect is Effect.TOUCH and not rule.is_answered_by_touch:
        return case
    return replace(
        case, answered_at=sign.since, answered_by=sign.by, closed_at=sign.at, outcome=Outcome.ANSWERED
    )


def _may_reopen(case: Case, sign: Sign, settings: Settings) -> bool:
    ended = case.outcome in (Outcome.ANSWERED, Outcome.RESOLVED)
    return ended and case.closed_at is not None and sign.at <= case.closed_at + settings.reading.reopen_within


def _reopen(case: Case, sign: Sign, reason: Reason) -> Case:
    return Case(
        key=replace(case.key, opening=case.key.opening + 1),
        author=case.author,
        kind=case.kind,
        topic=case.topic,
        reason=reason,
        asks=case.asks or reason is Reason.ASKED_AGAIN,
        opened_at=sign.at,
        run_end_at=case.run_end_at,
    )
