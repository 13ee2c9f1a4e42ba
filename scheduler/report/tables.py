"""What `ambassador simulate` shows on a terminal: the most important figure first, then where it is from."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rich.console import Console

from scheduler.catalogue import say
from scheduler.report.casetables import (
    alone_sentences,
    alone_sheet,
    counted,
    headline,
    longest_sheet,
    waits_sheet,
)
from scheduler.report.figures import Figures
from scheduler.report.history import History
from scheduler.report.messagetables import ambassadors_sheet, sent_sheet, stopped_sheet
from scheduler.report.period import Period
from scheduler.report.results import Names, Noticed
from scheduler.report.sheet import Sheet, print_sheet, print_text, print_title
from scheduler.report.words import outcome_in_words

_TICK = timedelta(microseconds=1)


def show_figures(
    console: Console,
    language: str,
    figures: Figures,
    *,
    zone: ZoneInfo,
    names: Names,
    history: History,
    findings: Sequence[Noticed] = (),
) -> None:
    """Prints everything that a reader of the figures needs."""
    has_problems = not all(noticed.is_note for noticed in findings)
    _show_beginning(console, language, figures, zone, history, has_problems=has_problems)
    if figures.first_at is None:
        print_text(console, say(language, "simulate.empty"))
    else:
        _show_cases(console, language, figures, zone, names)
        _show_messages(console, language, figures, names)
    _show_list(console, say(language, "simulate.notes_title"), notes(language, figures))
    sentences = [noticed.sentence for noticed in findings]
    _show_list(console, say(language, "simulate.findings_title"), sentences)
    console.print()
    print_text(console, say(language, "simulate.more"), style="dim")


def _show_beginning(
    console: Console, language: str, figures: Figures, zone: ZoneInfo, history: History, *, has_problems: bool
) -> None:
    print_title(console, say(language, "simulate.title"))
    show_reach(console, language, figures.period, zone, history, has_problems=has_problems)
    console.print()


def show_reach(
    console: Console, language: str, period: Period, zone: ZoneInfo, history: History, *, has_problems: bool
) -> None:
    """Prints what was read, and what of it counts."""
    for sentence in reach_sentences(language, period, zone, history, has_problems=has_problems):
        print_text(console, sentence)


def reach_sentences(
    language: str, period: Period, zone: ZoneInfo, history: History, *, has_problems: bool
) -> Iterator[str]:
    """What was read, what of it counts, and that nothing was sent."""
    yield _read(language, history, zone)
    if has_problems:
        yield say(language, "simulate.problems", title=say(language, "simulate.findings_title"))
    yield from _period(language, period, zone)
    if _is_outside(period, history):
        yield say(language, "simulate.reach", **_reach(history, zone))
    yield say(language, "simulate.nothing_sent")


def _show_cases(console: Console, language: str, figures: Figures, zone: ZoneInfo, names: Names) -> None:
    for sentence in headline(language, figures.beginners):
        print_text(console, sentence, style="bold")
    if figures.all_cases.cases:
        _show_sheet(console, language, waits_sheet(language, figures))
    if figures.beginners.cases:
        print_title(console, say(language, "simulate.alone_title"))
        for sentence in alone_sentences(language, figures.beginners):
            print_text(console, sentence)
    if figures.never_touched:
        _show_sheet(console, language, alone_sheet(language, figures, zone=zone, names=names))
    if figures.longest_waits:
        _show_sheet(console, language, longest_sheet(language, figures, zone=zone, names=names))


def _show_messages(console: Console, language: str, figures: Figures, names: Names) -> None:
    sending = figures.sending
    if any(sending.sent.values()):
        _show_sheet(console, language, sent_sheet(language, sending))
    else:
        print_title(console, say(language, "simulate.sent_title"))
        print_text(console, say(language, "simulate.sent_none"))
    if sending.ambassadors or sending.alerts_to_channel:
        _show_sheet(console, language, ambassadors_sheet(language, sending, names))
    if sending.held or sending.skipped or sending.dead:
        _show_sheet(console, language, stopped_sheet(language, sending))
    if figures.all_cases.cases:
        outcomes = figures.all_cases.outcomes.items()
        cases = f"{figures.all_cases.cases:,}"
        print_title(console, say(language, "simulate.outcomes_title", cases=cases))
        words = {outcome_in_words(language, name): count for name, count in outcomes}
        print_text(console, counted(language, words))


def _show_sheet(console: Console, language: str, sheet: Sheet) -> None:
    print_sheet(console, sheet, separator=say(language, "simulate.list_separator"))


def _show_list(console: Console, title: str, sentences: Sequence[str]) -> None:
    if sentences:
        print_title(console, title)
    for sentence in sentences:
        print_text(console, sentence)


def notes(language: str, figures: Figures) -> list[str]:
    """What to bear in mind when reading the figures."""
    counts = {"note_undated": figures.undated_stamps, "note_after_weak": figures.alerts_after_weak_sign}
    return [say(language, f"simulate.{note}", count=f"{count:,}") for note, count in counts.items() if count]


def _read(language: str, history: History, zone: ZoneInfo) -> str:
    if not history.messages:
        return say(language, "simulate.read_nothing")
    return say(
        language,
        "simulate.read",
        **_reach(history, zone),
        messages=f"{history.messages:,}",
        members=f"{history.members:,}",
        channels=f"{history.channels:,}",
    )


def _reach(history: History, zone: ZoneInfo) -> dict[str, str]:
    """The first and the last day that has a message."""
    ends = {"first": history.first_at, "last": history.last_at}
    return {name: _day(at, zone) for name, at in ends.items() if at}


def _is_outside(period: Period, history: History) -> bool:
    if history.first_at is None or history.last_at is None:
        return False
    is_before = period.until is not None and period.until <= history.first_at
    return is_before or (period.since is not None and period.since > history.last_at)


def _period(language: str, period: Period, zone: ZoneInfo) -> Iterator[str]:
    first = _day(period.since, zone) if period.since else ""
    last = _day(period.until - _TICK, zone) if period.until else ""
    if first and last:
        yield say(language, "simulate.period_both", first=first, last=last)
    elif first:
        yield say(language, "simulate.period_since", first=first)
    elif last:
        yield say(language, "simulate.period_until", last=last)


def _day(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).date().isoformat()
