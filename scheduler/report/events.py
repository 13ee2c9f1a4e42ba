"""The fate of one post as a row of events: what people did, and what we would have done about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from scheduler.catalogue import say
from scheduler.model.cases import Case, Outcome
from scheduler.model.decisions import Reason
from scheduler.model.messages import OutboxState, OutgoingMessage
from scheduler.policy.opentime import OpenTime
from scheduler.report.casefigures import weak_sign_of
from scheduler.report.results import MessageLine, Names
from scheduler.report.stops import Stop
from scheduler.report.words import (
    day_and_time,
    open_time_in_words,
    outcome_in_words,
    reason_in_words,
    sign_in_words,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A post with a fate worth telling. `ts` is its first message, `title` is in the reader's language."""

    key: str
    channel: str
    ts: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """All that is known of a post: its openings, the alerts about them, and what planning stopped."""

    cases: Sequence[Case]
    alerts: Sequence[MessageLine]
    stops: Sequence[Stop]
    no_case: Reason | None  #: why it opened none, when that was written down


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One line. `is_ours`: what the service would have done."""

    at: datetime
    rank: int
    text: str
    is_ours: bool = False


def instant_of(ts: str) -> datetime:
    """The instant that a Slack `ts` stands for."""
    return _EPOCH + timedelta(microseconds=int(Decimal(ts) * 1_000_000))


class Teller:
    """Puts fates into the words of a language."""

    def __init__(self, language: str, names: Names, open_time: OpenTime) -> None:
        self._language = language
        self._names = names
        self._open_time = open_time

    def events(self, story: Story, fate: Fate) -> Sequence[Event]:
        """The events of a post, in order of time; at the same time, people come before us."""
        events = [event for case in fate.cases for event in self._case(case)]
        events += [self._alert(message, held) for message, held in fate.alerts]
        events += [self._stop(stop) for stop in fate.stops]
        if not fate.cases:
            events.append(self._no_case(story, fate.no_case))
        elif not fate.alerts and not fate.stops:
            events.append(self._no_alert(fate.cases[-1]))
        return sorted(events)

    def person(self, member: str | None) -> str:
        if member is None:
            return self._say("somebody")
        return self._say("person", name=self._names.member(member))

    def recipient(self, recipient: str) -> str:
        if recipient in self._names.channels:
            return self._names.channel(recipient)
        return self.person(recipient)

    def _case(self, case: Case) -> Iterator[Event]:
        yield Event(case.opened_at, 0, self._opening(case))
        touched, answered = case.touched_at, case.answered_at
        weak = weak_sign_of(case)
        if weak and (touched is None or weak < touched):
            yield Event(weak, 1, self._say("story_weak"))
        if touched and touched != answered and case.touched_how:
            sign = sign_in_words(self._language, case.touched_how)
            yield Event(touched, 2, self._sign("story_touched", case, case.touched_by, touched, sign=sign))
        if answered:
            yield Event(answered, 3, self._answer(case, answered))
        if case.closed_at and case.outcome is not Outcome.ANSWERED:
            outcome = outcome_in_words(self._language, case.outcome)
            yield Event(case.closed_at, 4, self._say("story_closed", outcome=outcome))

    def _opening(self, case: Case) -> str:
        who = self.person(case.author)
        if case.reason is Reason.ASKED_AGAIN:
            return self._say("story_reopened", who=who)
        text = self._say("story_opened", who=who, reason=reason_in_words(self._language, case.reason))
        return self._say("story_asks", what=text) if case.asks else text

    def _answer(self, case: Case, answered: datetime) -> str:
        """Where a touch is enough, what answered may have been a stamp."""
        if answered == case.touched_at and case.touched_how:
            sign = sign_in_words(self._language, case.touched_how)
            return self._sign("story_touched", case, case.answered_by, answered, sign=sign)
        return self._sign("story_answered", case, case.answered_by, answered)

    def _sign(self, code: str, case: Case, member: str | None, at: datetime, **values: str) -> str:
        waited = self._open_time.between(case.opened_at, at)
        wait = open_time_in_words(self._language, waited)
        return self._say(code, who=self.person(member), wait=wait, **values)

    def _alert(self, message: OutgoingMessage, held: Sequence[Reason]) -> Event:
        to, reason = self.recipient(message.recipient), reason_in_words(self._language, message.reason)
        match message.state:
            case OutboxState.SENT if held:
                text = self._say(
                    "story_alert_held", to=to, reason=reason, due=self.when(message.due_at), held=self.held(held)
                )
            case OutboxState.SENT:
                text = self._say("story_alert", to=to, reason=reason)
            case OutboxState.SKIPPED | OutboxState.DEAD:
                text = self._say("story_alert_skipped", to=to, reason=reason)
            case _:
                text = self._say("story_alert_waiting", to=to, reason=reason)
        return Event(message.sent_at or message.due_at, 5, text, is_ours=True)

    def held(self, reasons: Sequence[Reason]) -> str:
        words = (reason_in_words(self._language, reason) for reason in reasons)
        return self._say("list_separator").join(words)

    def when(self, at: datetime) -> str:
        return day_and_time(self._language, at, self._open_time.zone)

    def _stop(self, stop: Stop) -> Event:
        code = "story_thanks_stopped" if stop.kind == "thanks" else "story_alert_stopped"
        reason = reason_in_words(self._language, stop.reason)
        return Event(stop.at, 6, self._say(code, reason=reason), is_ours=True)

    def _no_case(self, story: Story, reason: Reason | None) -> Event:
        return Event(instant_of(story.ts), 0, self._why_none(reason), is_ours=True)

    def _why_none(self, reason: Reason | None) -> str:
        if reason is None:
            return self._say("story_no_case")
        return self._say("story_not_watched", reason=reason_in_words(self._language, reason))

    def _no_alert(self, case: Case) -> Event:
        """Nothing was to be told: the case ended, or was touched, before a step was due."""
        at = case.touched_at or case.closed_at
        if at is None:
            return Event(case.opened_at, 7, self._say("story_no_alert_yet"), is_ours=True)
        reason = Reason.TOUCHED if case.touched_at else Reason(case.outcome or Reason.EXPIRED)
        why = reason_in_words(self._language, reason)
        return Event(case.closed_at or at, 7, self._say("story_no_alert", why=why), is_ours=True)

    def _say(self, name: str, **values: str) -> str:
        return say(self._language, f"simulate.{name}", **values)
