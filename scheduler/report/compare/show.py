"""What `simulate --compare` shows on a terminal: what changes for people first, then the tables."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from rich.console import Console

from scheduler.catalogue import say
from scheduler.model.messages import MessageKind
from scheduler.report.compare.pairs import CasePair, Comparison
from scheduler.report.compare.sheets import (
    ambassadors_sheet,
    busiest_week,
    otherwise_sheet,
    sent_sheet,
    spans_sheet,
    waits_sheet,
)
from scheduler.report.compare.told import show_cases
from scheduler.report.history import History
from scheduler.report.results import Names, Noticed
from scheduler.report.sheet import print_sheet, print_text, print_title
from scheduler.report.tables import show_reach
from scheduler.report.words import as_told, open_time_in_words, within


def show_comparison(
    console: Console,
    language: str,
    comparison: Comparison,
    *,
    zone: ZoneInfo,
    names: Names,
    history: History,
    workspace_url: str,
    findings: Sequence[Noticed] = (),
) -> None:
    """Prints both sides. When nothing differs, it says so, and shows no tables."""
    print_title(console, say(language, "compare.title"))
    for side, config in (("a", comparison.a.config), ("b", comparison.b.config)):
        print_text(console, say(language, f"compare.side_{side}", config=config))
    has_problems = not all(noticed.is_note for noticed in findings)
    show_reach(console, language, comparison.period, zone, history, has_problems=has_problems)
    console.print()
    for sentence in headline(language, comparison):
        print_text(console, sentence, style="bold")
    if not comparison.is_same:
        _show_tables(console, language, comparison, names)
        show_cases(console, language, comparison, zone=zone, names=names, workspace_url=workspace_url)
    if findings:
        print_title(console, say(language, "simulate.findings_title"))
    for noticed in findings:
        print_text(console, noticed.sentence)
    if not comparison.is_same:
        console.print()
        print_text(console, say(language, "compare.more_json"), style="dim")


def headline(language: str, comparison: Comparison) -> Iterator[str]:
    """What a community manager asks first: how many alerts, for whom, and who would be left alone."""
    if comparison.is_same:
        yield say(language, "compare.same")
        yield _both(language, comparison)
        return
    yield _alerts(language, comparison)
    yield from _shown(language, "lost", comparison.lost)
    yield from _shown(language, "gained", comparison.gained)
    for name, pairs in (("added", comparison.added), ("spared", comparison.spared)):
        if pairs:
            yield say(language, f"compare.{name}", count=f"{len(pairs):,}")
    yield from _told_after(language, comparison)


def _both(language: str, comparison: Comparison) -> str:
    figures = comparison.a.figures
    sent = figures.sending.sent
    return say(
        language,
        "compare.same_counts",
        cases=f"{figures.all_cases.cases:,}",
        alerts=f"{sent[MessageKind.ALERT]:,}",
        thanks=f"{sent[MessageKind.THANKS]:,}",
        welcomes=f"{sent[MessageKind.WELCOME]:,}",
    )


def _alerts(language: str, comparison: Comparison) -> str:
    a, b = (side.figures.sending.sent[MessageKind.ALERT] for side in (comparison.a, comparison.b))
    name = "equal" if a == b else "fewer" if b < a else "more"
    name = f"{name}_one" if abs(a - b) == 1 else name
    told = say(language, f"compare.{name}", a=f"{a:,}", b=f"{b:,}", count=f"{abs(a - b):,}")
    most_a, most_b = (busiest_week(side.alerts_by_day) for side in (comparison.a, comparison.b))
    if most_a == most_b:
        return told
    busiest = say(language, "compare.busiest", a=f"{most_a:,}", b=f"{most_b:,}")
    return f"{told}{say(language, 'compare.between')}{busiest}"


def _shown(language: str, name: str, pairs: Sequence[CasePair]) -> Iterator[str]:
    if pairs:
        count, name = f"{len(pairs):,}", f"{name}_one" if len(pairs) == 1 else name
        yield say(language, f"compare.{name}", count=count, untouched=_untouched(language, pairs))


def _untouched(language: str, pairs: Sequence[CasePair]) -> str:
    """How many of them no human ever touched: these are the ones that a manager should look at."""
    untouched = sum(not pair.was_touched for pair in pairs)
    share = "none" if not untouched else "all" if untouched == len(pairs) else "some"
    return say(language, f"compare.untouched_{share}", count=f"{untouched:,}")


def _told_after(language: str, comparison: Comparison) -> Iterator[str]:
    """How much sooner, or later, ambassadors hear of half of the posts that wait, if it shows in words."""
    a, b = (side.first_alerts.all_cases.median for side in (comparison.a, comparison.b))
    if a and b and as_told(a.open) != as_told(b.open):
        lengths = {"a": a.open, "b": b.open}
        told = {name: within(language, open_time_in_words(language, of)) for name, of in lengths.items()}
        yield say(language, "compare.sooner" if b.open < a.open else "compare.later", **told)


def _show_tables(console: Console, language: str, comparison: Comparison, names: Names) -> None:
    sheets = [sent_sheet(language, comparison)]
    if comparison.messages:
        sheets.append(otherwise_sheet(language, comparison))
    if comparison.a.cases or comparison.b.cases:
        sheets.append(waits_sheet(language, comparison))
    if comparison.a.alerts_by_day or comparison.b.alerts_by_day:
        sheets += [ambassadors_sheet(language, comparison, names), spans_sheet(language, comparison)]
    for sheet in sheets:
        print_sheet(console, sheet, separator=say(language, "simulate.list_separator"))
