"""What we do, told from what the stand-in received; and why, from the record of decisions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby

from scheduler.demo.deliveries import Received
from scheduler.demo.lines import Line, Tone, Words
from scheduler.model.cases import Case, CaseKey, Outcome, SignKind
from scheduler.model.decisions import DecisionRecord, Reason
from scheduler.model.messages import MessageKind
from scheduler.report import as_read
from scheduler.report.words import (
    kind_in_words,
    open_time_in_words,
    outcome_in_words,
    reason_in_words,
    sign_in_words,
)

_ARROW = "→ "
_MOVES = frozenset({"closed", "waiting_again"})
_MENDED = frozenset({Reason.ANSWERED, Reason.RESOLVED})
#: Nobody did anything just then: it has to be said whose post it was.
_TIME_IS_OVER = frozenset({Reason.EXPIRED, Reason.MAYBE_ANSWERED})
_OUTCOMES = frozenset(outcome.value for outcome in Outcome)
#: Who waits for longer has no alert to expect, as far as one can tell by then.
_LONG = timedelta(days=2)
_DECIDED_ELSEWHERE = frozenset({Reason.IMPORTED, Reason.TOO_LATE})


class Ours:
    """Turns records and received messages into lines. The first of each kind and language is shown whole."""

    def __init__(self, words: Words, author_of: Callable[[str, str], str | None]) -> None:
        self._words = words
        self._author_of = author_of
        self._shown: set[tuple[MessageKind, bool]] = set()
        self._alerted: set[str] = set()

    def why(self, records: Sequence[DecisionRecord]) -> Iterator[Line]:
        """What was decided without anything being sent; a sending is told when it arrived."""
        moved = {record.subject for record in records if record.outcome in _MOVES}
        for record in records:
            if record.rule == "touch" and record.subject in moved:
                continue  # told as one with what came of it
            if text := self._decided(record):
                yield Line(at=record.at, text=_ARROW + text, tone=Tone.OURS)

    def sent(self, arrived: Sequence[Received], cases: Mapping[CaseKey, Case]) -> Iterator[Line]:
        """Messages that arrived; edits of the alerts about one post are told together."""
        for (is_edit, *_), each in groupby(arrived, key=_together):
            same = tuple(each)
            self._alerted |= {str(each.row.case) for each in same}
            text = _ARROW + self._edited(same, cases) if is_edit else self._sent(same[0], cases)
            yield Line(at=same[0].at, text=text, tone=Tone.OURS)
            yield from self._shown_once(same[0])

    def _shown_once(self, each: Received) -> Iterator[Line]:
        text = as_read(each.words, self._words.names)
        what = each.row.kind, _is_latin(text)
        if what not in self._shown and not each.is_edit:
            self._shown.add(what)
            yield Line(at=each.at, text=text, tone=Tone.QUOTE)

    def _edited(self, same: Sequence[Received], cases: Mapping[CaseKey, Case]) -> str:
        separator = self._words.say("and")
        to = separator.join(dict.fromkeys(self._words.recipient(each.row.recipient) for each in same))
        case = cases.get(same[0].row.case) if same[0].row.case else None
        ended = outcome_in_words(self._words.language, case.outcome if case else None)
        text = self._words.gist("card_text", self._words.excerpt(same[0].words.text), ended)
        return self._words.say("card", to=to, text=text)

    def _sent(self, each: Received, cases: Mapping[CaseKey, Case]) -> str:
        to = self._words.recipient(each.row.recipient)
        case = cases.get(each.row.case) if each.row.case else None
        if each.row.kind is MessageKind.ALERT and case:
            return self._alert(each, case, to)
        why = reason_in_words(self._words.language, each.row.reason)
        return self._words.say(f"sent_{each.row.kind}", to=to, why=why)

    def _alert(self, each: Received, case: Case, to: str) -> str:
        waited = self._words.open_time.between(case.opened_at, each.at)
        return self._words.say(
            f"alert_{each.row.reason}",
            to=to,
            wait=open_time_in_words(self._words.language, waited),
            post=self._post_of(case.author, case.opened_at, told_at=each.at),
        )

    def _decided(self, record: DecisionRecord) -> str | None:
        match record.rule, record.outcome:
            case "case", outcome:
                return self._case(outcome, record)
            case "touch", outcome:
                return self._touch(outcome, record)
            case _, "hold":
                return self._held(record)
            case rule, "skip" if record.reason not in _DECIDED_ELSEWHERE:
                return self._skipped(rule, record)
        return None

    def _case(self, outcome: str, record: DecisionRecord) -> str:
        if outcome == "closed":
            return self._closed(record)
        codes = {"opened": "watched", "none": "not_watched"}
        asks = "_asks" if record.values.get("asks") == "True" else ""
        return self._words.say(codes.get(outcome, "waits_again") + asks, why=self._reason(record))

    def _closed(self, record: DecisionRecord) -> str:
        is_outcome = record.reason.value in _OUTCOMES
        why = outcome_in_words(self._words.language, record.reason) if is_outcome else self._reason(record)
        if record.reason in _TIME_IS_OVER:
            return self._words.say("expired", post=self._post(record), why=why)
        in_time = record.reason in _MENDED and record.subject not in self._alerted
        return self._words.say("closed_in_time" if in_time else "closed", why=why)

    def _touch(self, outcome: str, record: DecisionRecord) -> str:
        if outcome == "taken_back":
            return self._words.say("untouched_again")
        sign = sign_in_words(self._words.language, SignKind(record.values["how"]))
        return self._words.say("touched", sign=sign)

    def _held(self, record: DecisionRecord) -> str:
        until, post = datetime.fromisoformat(record.values["until"]), self._post(record)
        if record.reason is Reason.MAYBE_ANSWERED and until - record.at > _LONG:
            return self._words.say("held_for_good", post=post)
        is_today = self._words.day(until) == self._words.day(record.at)
        when = self._words.time(until) if is_today else f"{self._words.day(until)} {self._words.time(until)}"
        return self._words.say("held", until=when, why=self._reason(record), post=post)

    def _skipped(self, rule: str, record: DecisionRecord) -> str:
        if rule == "welcome":
            who = self._words.person(record.subject.split(":")[2])
            return self._words.say("not_welcomed", who=who, why=self._reason(record))
        what = kind_in_words(
            self._words.language, MessageKind.THANKS if rule == "thanks" else MessageKind.ALERT
        )
        return self._words.say("skipped", what=what, why=self._reason(record))

    def _reason(self, record: DecisionRecord) -> str:
        return reason_in_words(self._words.language, record.reason)

    def _post(self, record: DecisionRecord) -> str:
        """The post that a case, or an alert about one, is about."""
        _, channel, ts, *_ = record.subject.removeprefix("alert:").split(":")
        posted_at = datetime.fromtimestamp(float(ts), UTC)
        return self._post_of(self._author_of(channel, ts), posted_at, told_at=record.at)

    def _post_of(self, author: str | None, posted_at: datetime, *, told_at: datetime) -> str:
        """Whose post it is; of which day, unless it is of today."""
        who, day = self._words.person(author), self._words.day(posted_at)
        is_today = day == self._words.day(told_at)
        return self._words.say("post_of_today" if is_today else "post_of", who=who, day=day)


def _together(each: Received) -> tuple[bool, str, str]:
    what = each.words.text if each.is_edit else each.row.dedup_key
    return each.is_edit, str(each.row.case), what


def _is_latin(text: str) -> bool:
    """Most signs of other scripts take three bytes."""
    return len(text.encode()) < 2 * len(text)
