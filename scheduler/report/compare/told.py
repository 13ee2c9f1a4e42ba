"""The cases that differ, one by one: where, when, what either side does, and why. No author, no text."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console

from scheduler.catalogue import say
from scheduler.model.cases import CaseKey
from scheduler.report.compare.pairs import CaseDiffers, CasePair, CaseSide, Comparison, StepPair
from scheduler.report.compare.side import CaseNote, MessageNote
from scheduler.report.compare.whynot import Missing, Why
from scheduler.report.links import post_link
from scheduler.report.results import Names
from scheduler.report.sheet import print_hanging, print_text, print_title
from scheduler.report.words import day_and_time, moment, outcome_in_words, reason_in_words

#: How many cases of each group are told on a terminal.
MOST_CASES = 8


def reference(key: CaseKey) -> str:
    """The post without its author: `C1:1776387600.000100`."""
    return f"{key.channel}:{key.ts}"


def show_cases(
    console: Console,
    language: str,
    comparison: Comparison,
    *,
    zone: ZoneInfo,
    names: Names,
    workspace_url: str,
) -> None:
    """Prints the differing cases by group; first those that one side shows to nobody."""
    teller = _Teller(language, zone, names)
    gone = {"lost_mark": comparison.lost, "gained_mark": comparison.gained}
    marks = {pair.key: mark for mark, pairs in gone.items() for pair in pairs}
    for differs in CaseDiffers:
        pairs = [pair for pair in comparison.cases if pair.differs is differs]
        pairs.sort(key=lambda pair: (pair.key not in marks, *_worst_first(pair)))
        if pairs:
            print_title(console, teller.say(f"cases_{differs}", count=f"{len(pairs):,}"))
        for pair in pairs[:MOST_CASES]:
            _show(console, teller, pair, marks.get(pair.key), post_link(workspace_url, pair.key))
        if len(pairs) > MOST_CASES:
            print_text(console, teller.say("and_more", count=f"{len(pairs) - MOST_CASES:,}"), style="dim")


def _show(console: Console, teller: "_Teller", pair: CasePair, mark: str | None, link: str) -> None:
    channel, when = teller.names.channel(pair.key.channel), moment(pair.opened_at, teller.zone)
    head = f"{channel}  {when}"
    print_text(console, f"{head}  {teller.say(mark)}" if mark else head, style="bold", indent="  ")
    print_text(console, f"{reference(pair.key)}  {link}", style="dim", indent="  ")
    print_hanging(console, "    A  ", teller.told(pair, pair.a, [(each, each.a) for each in pair.steps]))
    print_hanging(
        console, "    B  ", teller.told(pair, pair.b, [(each, each.b) for each in pair.steps]), style="cyan"
    )


def _worst_first(pair: CasePair) -> tuple[bool, bool, float]:
    """What one side lacks before what goes otherwise; who was left alone first; then the latest."""
    lacks = any(not isinstance(alert, MessageNote) for step in pair.steps for alert in (step.a, step.b))
    return (not lacks, pair.was_touched, -pair.opened_at.timestamp())


class _Teller:
    """Puts a side of a case into words."""

    def __init__(self, language: str, zone: ZoneInfo, names: Names) -> None:
        self._language = language
        self.zone = zone
        self.names = names

    def say(self, name: str, /, **values: str) -> str:
        return say(self._language, f"compare.{name}", **values)

    def when(self, at: datetime) -> str:
        return day_and_time(self._language, at, self.zone)

    def told(
        self, pair: CasePair, side: CaseSide, steps: Sequence[tuple[StepPair, MessageNote | Why]]
    ) -> str:
        """The opening, the fate where it matters, and the alerts that differ, with their reasons."""
        if side.case is None:
            return self.say("not_opened", reason=self.reason(side.why_none))
        parts = [self.say("opened", reason=reason_in_words(self._language, side.case.reason))]
        parts += [self._alert(step, alert) for step, alert in steps if step.differs]
        if pair.differs is not CaseDiffers.ALERTS:
            parts += [] if steps else [self.say("no_alerts")]
            parts += self._fate(side.case)
        return self.say("separator").join(parts)

    def reason(self, why: Why | None) -> str:
        if isinstance(why, Missing):
            return self.say(f"missing_{why}")
        return reason_in_words(self._language, why) if why else ""

    def _alert(self, step: StepPair, alert: MessageNote | Why) -> str:
        if not isinstance(alert, MessageNote):
            return self.say("no_alert", step=step.step, reason=self.reason(alert))
        when = self.when(alert.sent_at or alert.due_at)
        return self.say("alert", step=step.step, to=self._recipient(alert.recipient), when=when)

    def _recipient(self, recipient: str) -> str:
        if recipient in self.names.channels:
            return self.names.channel(recipient)
        return self.say("person", name=self.names.member(recipient))

    def _fate(self, case: CaseNote) -> Iterator[str]:
        if case.touched_at and case.touched_at != case.answered_at:
            yield self.say("was_touched", when=self.when(case.touched_at))
        if case.answered_at:
            yield self.say("was_answered", when=self.when(case.answered_at))
        outcome = outcome_in_words(self._language, case.outcome)
        if case.closed_at and case.closed_at != case.answered_at:
            yield self.say("closed", outcome=outcome, when=self.when(case.closed_at))
        elif not case.closed_at:
            yield self.say("still_open", outcome=outcome)
