"""The sample community's story on the terminal: what happened, what was sent and why, and what to do next."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rich.console import Console
from rich.text import Text

from scheduler.catalogue import say
from scheduler.model.cases import Case, CaseKey
from scheduler.model.decisions import DecisionRecord, Reason
from scheduler.model.messages import MessageKind, OutboxState, OutgoingMessage, Rendered
from scheduler.policy.opentime import OpenTime
from scheduler.policy.walltime import local_day
from scheduler.report.asread import as_read
from scheduler.report.events import Event, Fate, Story, Teller, instant_of
from scheduler.report.period import Period
from scheduler.report.results import MessageLine, Names, Results
from scheduler.report.sheet import Column, Sheet, print_sheet, print_text, print_title
from scheduler.report.stops import SKIP, Stop, stops
from scheduler.report.words import kind_in_words, moment, reason_in_words

#: A full message by name of what it is for; it comes as it was sent.
Sample = tuple[OutgoingMessage, Rendered]

_Post = tuple[str, str]


def tell_story(
    console: Console,
    language: str,
    results: Results,
    *,
    stories: Sequence[Story],
    names: Names,
    open_time: OpenTime,
    period: Period,
    samples: Sequence[Sample],
) -> None:
    """Prints the whole story. The sample is small: here, and only here, rows are kept."""
    known = _read(results, stories, period)
    narrator = _Narrator(console, language, Teller(language, names, open_time), names, open_time)
    narrator.tell_fates(stories, known)
    narrator.tell_who_got_what(known)
    narrator.tell_what_did_not_go(known)
    narrator.show_words(samples)
    narrator.tell_what_next()


@dataclass(slots=True)
class _Known:
    """Everything of the period, put where the story needs it."""

    cases: dict[_Post, list[Case]] = field(default_factory=lambda: defaultdict(list))
    alerts: dict[_Post, list[MessageLine]] = field(default_factory=lambda: defaultdict(list))
    stops: list[Stop] = field(default_factory=list)
    no_case: dict[str, Reason] = field(default_factory=dict)
    messages: list[MessageLine] = field(default_factory=list)


def _read(results: Results, stories: Sequence[Story], period: Period) -> _Known:
    known = _Known()
    for case in results.cases():
        known.cases[case.key.channel, case.key.ts].append(case)
    for message, held in results.messages():
        if message.case:
            known.alerts[message.case.channel, message.case.ts].append((message, held))
        if period.holds(message.due_at):
            known.messages.append((message, held))
    decisions = tuple(results.decisions())
    known.stops = [stop for stop in stops(decisions) if period.holds(stop.at)]
    known.no_case = {each.subject: each.reason for each in decisions if _opens_none(each)}
    return known


def _opens_none(decision: DecisionRecord) -> bool:
    return decision.rule == "case" and decision.outcome == "none"


class _Narrator:
    """Prints the parts of the story."""

    def __init__(
        self, console: Console, language: str, teller: Teller, names: Names, open_time: OpenTime
    ) -> None:
        self._console = console
        self._language = language
        self._teller = teller
        self._names = names
        self._open_time = open_time

    def tell_fates(self, stories: Sequence[Story], known: _Known) -> None:
        print_title(self._console, self._say("story_title"))
        if stories:
            first, last = (self._day(instant_of(story.ts)) for story in (stories[0], stories[-1]))
            self._print(self._say("story_intro", first=first, last=last, stories=str(len(stories))))
        for story in stories:
            title = f"{story.title}  {self._names.channel(story.channel)}"
            print_title(self._console, title)
            for event in self._teller.events(story, self._fate(story, known)):
                self._print_event(event)

    def tell_who_got_what(self, known: _Known) -> None:
        sent = [line for line in known.messages if line[0].state is OutboxState.SENT]
        if not sent:
            print_title(self._console, self._say("got_title"))
            self._print(self._say("got_nothing"))
            return
        sent.sort(key=lambda line: (line[0].sent_at or line[0].due_at, line[0].dedup_key))
        columns = [Column(head=self._say(head)) for head in ("got_what", "got_whom", "got_why")]
        sheet = Sheet(
            title=self._say("got_title"),
            columns=(Column(head=self._say("got_when"), is_whole=True), *columns),
            rows=tuple(self._got(message, held) for message, held in sent),
        )
        print_sheet(self._console, sheet)

    def tell_what_did_not_go(self, known: _Known) -> None:
        lines = sorted(set(self._not_gone(known)))
        if lines:
            print_title(self._console, self._say("not_got_title"))
        for _, line in lines:
            self._print(line)

    def show_words(self, samples: Sequence[Sample]) -> None:
        if samples:
            print_title(self._console, self._say("words_title"))
        for message, rendered in samples:
            self._console.print()
            kind, to = kind_in_words(self._language, message.kind), self._teller.recipient(message.recipient)
            when = self._teller.when(message.sent_at or message.due_at)
            print_text(
                self._console, self._say("words_of", kind=kind, to=to, when=when), style="bold", indent="  "
            )
            print_text(self._console, as_read(rendered, self._names), indent="  │ ")

    def tell_what_next(self) -> None:
        print_title(self._console, self._say("next_title"))
        for name in ("next_words", "next_export", "next_check"):
            self._print(self._say(name))

    def _fate(self, story: Story, known: _Known) -> Fate:
        post = (story.channel, story.ts)
        cases = known.cases.get(post, [])
        team = cases[0].key.team if cases else ""
        return Fate(
            cases=cases,
            alerts=known.alerts.get(post, []),
            stops=list(self._stops_of(story, known.stops)),
            no_case=_reason_of(known.no_case, story, team),
        )

    def _stops_of(self, story: Story, stopped: Sequence[Stop]) -> Iterator[Stop]:
        """Alerts about the post that could not go; a thank-you that its author made needless that day."""
        posted = local_day(self._open_time.zone, instant_of(story.ts))
        for stop in stopped:
            if f":{story.channel}:{story.ts}:" in stop.key:
                yield stop
            elif stop.reason is Reason.HUMAN_THANKED and stop.key.endswith(f":{story.channel}"):
                if local_day(self._open_time.zone, stop.at) == posted:
                    yield stop

    def _got(self, message: OutgoingMessage, held: Sequence[Reason]) -> tuple[str, ...]:
        why = reason_in_words(self._language, message.reason)
        if held:
            due = self._teller.when(message.due_at)
            why = self._say("got_held", reason=why, due=due, held=self._teller.held(held))
        when = moment(message.sent_at or message.due_at, self._open_time.zone)
        kind = kind_in_words(self._language, message.kind)
        return when[5:], kind, self._teller.recipient(message.recipient), why

    def _not_gone(self, known: _Known) -> Iterator[tuple[datetime, str]]:
        for message, _ in known.messages:
            if message.state in (OutboxState.SKIPPED, OutboxState.DEAD):
                yield message.due_at, self._not_got(message.due_at, message.kind, message.recipient, message.reason)
        for stop in known.stops:
            if stop.outcome == SKIP:
                yield stop.at, self._not_got(stop.at, stop.kind, self._whom(stop.key), stop.reason)

    def _not_got(self, at: datetime, kind: MessageKind, recipient: str, reason: Reason) -> str:
        return self._say(
            "not_got",
            day=self._teller.when(at),
            to=self._teller.recipient(recipient) if recipient else self._say("somebody"),
            kind=kind_in_words(self._language, kind),
            reason=reason_in_words(self._language, reason),
        )

    def _whom(self, key: str) -> str:
        """The member or channel whose id stands in a dedup key."""
        known = (*self._names.members, *self._names.channels)
        return next((part for part in key.split(":") if part in known), "")

    def _print_event(self, event: Event) -> None:
        head = f"  {self._teller.when(event.at)}  "
        line = Text(head, style="dim")
        self._console.print(line, end="")
        print_text(self._console, event.text, style="cyan" if event.is_ours else "")

    def _print(self, text: str) -> None:
        print_text(self._console, text)

    def _day(self, at: datetime) -> str:
        return local_day(self._open_time.zone, at).isoformat()

    def _say(self, name: str, **values: str) -> str:
        return say(self._language, f"simulate.{name}", **values)


def _reason_of(no_case: Mapping[str, Reason], story: Story, team: str) -> Reason | None:
    for subject, reason in no_case.items():
        if subject.endswith(f":{story.channel}:{story.ts}:1"):
            return reason
    return None
