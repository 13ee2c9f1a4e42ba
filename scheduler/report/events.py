"""The fate of one post as a row of events: what people did, and what we would have done about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.catalogue import say
from scheduler.model.cases import Case, Outcome
from scheduler.model.decisions import Reason
from scheduler.model.messages import MessageKind, OutboxState, OutgoingMessage
from scheduler.policy.opentime import OpenTime
from scheduler.report.casefigures import weak_sign_of
from scheduler.report.fates import Fate, Story
from scheduler.report.results import Names
from scheduler.report.stops import Stop
from scheduler.report.takenback import TakenBack
from scheduler.report.words import (
    day_and_time,
    open_time_in_words,
    outcome_in_words,
    reason_in_words,
    sign_in_words,
)


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One line. At the same time, the lower `rank` comes first. `is_ours`: what we would have done."""

    at: datetime
    rank: int
    text: str
    is_ours: bool = False


class Teller:
    """Puts fates into the words of a language."""

    def __init__(self, language: str, names: Names, open_time: OpenTime) -> None:
        self.language = language
        self.names = names
        self.open_time = open_time

    def events(self, story: Story, fate: Fate) -> Sequence[Event]:
        """The events of a post, in order of time."""
        events = [event for case in fate.cases for event in self._case(case)]
        events += [event for touch in fate.taken_back for event in self._taken_back(touch, fate.cases)]
        events += [self._alert(message, held) for message, held in fate.alerts]
        # What a weak sign delays is told where the sign is.
        stops = [stop for stop in fate.stops if stop.reason is not Reason.MAYBE_ANSWERED]
        events += [self._stop(stop) for stop in stops]
        if not fate.cases:
            events.append(self._no_case(story, fate.no_case))
        elif not fate.alerts and not stops:
            events.append(self._no_alert(fate.cases[-1]))
        return sorted(events)

    def person(self, member: str | None) -> str:
        return self.say("person", name=self.names.member(member)) if member else self.say("somebody")

    def recipient(self, recipient: str) -> str:
        """The channel or the member that a message goes to."""
        is_channel = recipient in self.names.channels
        return self.names.channel(recipient) if is_channel else self.person(recipient)

    def when(self, at: datetime) -> str:
        return day_and_time(self.language, at, self.open_time.zone)

    def reasons(self, reasons: Sequence[Reason]) -> str:
        return self.say("list_separator").join(reason_in_words(self.language, each) for each in reasons)

    def say(self, code: str, /, **values: str) -> str:
        return say(self.language, f"simulate.{code}", **values)

    def _case(self, case: Case) -> Iterator[Event]:
        yield Event(case.opened_at, 0, self._opening(case))
        weak = weak_sign_of(case)
        if weak and (case.touched_at is None or weak < case.touched_at):
            yield Event(weak, 1, self.say("story_weak"))
        if case.touched_at:
            yield Event(case.touched_at, 2, self._touch(case, case.touched_at))
        if case.answered_at and case.answered_at != case.touched_at:
            answer = self._sign("story_answered", case, case.answered_by, case.answered_at)
            yield Event(case.answered_at, 3, answer)
        if case.closed_at and case.outcome is not Outcome.ANSWERED:
            yield Event(case.closed_at, 4, self._closing(case))

    def _opening(self, case: Case) -> str:
        who = self.person(case.author)
        if case.reason is Reason.ASKED_AGAIN:
            return self.say("story_reopened", who=who)
        text = self.say("story_opened", who=who, reason=reason_in_words(self.language, case.reason))
        return self.say("story_asks", what=text) if case.asks else text

    def _closing(self, case: Case) -> str:
        if case.outcome is Outcome.EXPIRED and case.touched_at:
            return self.say("story_closed_touched")
        return self.say("story_closed", outcome=outcome_in_words(self.language, case.outcome))

    def _touch(self, case: Case, at: datetime) -> str:
        sign = sign_in_words(self.language, case.touched_how) if case.touched_how else ""
        return self._sign("story_touched", case, case.touched_by, at, sign=sign)

    def _taken_back(self, touch: TakenBack, cases: Sequence[Case]) -> Iterator[Event]:
        for case in cases:
            if str(case.key) == touch.subject:
                sign = sign_in_words(self.language, touch.how)
                told = self._sign("story_touched", case, touch.by, touch.touched_at, sign=sign)
                yield Event(touch.touched_at, 2, told)
                yield Event(touch.gone_at, 3, self.say("story_taken_back", sign=sign))

    def _sign(self, code: str, case: Case, member: str | None, at: datetime, **values: str) -> str:
        waited = self.open_time.between(case.opened_at, at)
        wait = open_time_in_words(self.language, waited)
        return self.say(code, who=self.person(member), wait=wait, **values)

    def _alert(self, message: OutgoingMessage, held: Sequence[Reason]) -> Event:
        values = {
            "to": self.recipient(message.recipient),
            "reason": reason_in_words(self.language, message.reason),
        }
        match message.state:
            case OutboxState.SENT if held:
                due, because = self.when(message.due_at), self.reasons(held)
                text = self.say("story_alert_held", **values, due=due, held=because)
            case OutboxState.SENT:
                text = self.say("story_alert", **values)
            case OutboxState.SKIPPED | OutboxState.DEAD:
                text = self.say("story_alert_skipped", **values)
            case _:
                text = self.say("story_alert_waiting", **values)
        return Event(message.sent_at or message.due_at, 5, text, is_ours=True)

    def _stop(self, stop: Stop) -> Event:
        is_thanks = stop.kind is MessageKind.THANKS
        code = "story_thanks_stopped" if is_thanks else "story_alert_stopped"
        text = self.say(code, reason=reason_in_words(self.language, stop.reason))
        return Event(stop.at, 6, text, is_ours=True)

    def _no_case(self, story: Story, reason: Reason | None) -> Event:
        if reason is None:
            text = self.say("story_no_case")
        else:
            text = self.say("story_not_watched", reason=reason_in_words(self.language, reason))
        return Event(story.at, 0, text, is_ours=True)

    def _no_alert(self, case: Case) -> Event:
        """Nothing was to be told: somebody came, or the case ended, before a step was due."""
        at = case.touched_at or case.closed_at
        if at is None:
            return Event(case.opened_at, 7, self.say("story_no_alert_yet"), is_ours=True)
        reason = Reason.TOUCHED if case.touched_at else Reason(case.outcome or Reason.EXPIRED)
        why = reason_in_words(self.language, reason)
        return Event(case.closed_at or at, 7, self.say("story_no_alert", why=why), is_ours=True)
