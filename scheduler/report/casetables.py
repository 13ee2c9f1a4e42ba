"""Tables about posts: how long they waited, who was left alone, who waited longest."""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from scheduler.catalogue import say
from scheduler.model.cases import Case
from scheduler.report.casefigures import CaseFigures, weak_sign_of
from scheduler.report.figures import Figures, Waited
from scheduler.report.results import Names
from scheduler.report.sheet import NOTHING, Column, Sheet
from scheduler.report.waits import Waits
from scheduler.report.words import (
    clock_time_in_words,
    moment,
    open_time_in_words,
    outcome_in_words,
    within,
)


def headline(language: str, figures: CaseFigures) -> Iterator[str]:
    """The one figure, in sentences: how long a beginner waits until a human comes."""
    if not figures.cases:
        yield say(language, "simulate.headline_none")
        return
    cases, touched = f"{figures.cases:,}", f"{figures.touch.count:,}"
    yield say(language, "simulate.headline", cases=cases, touched=touched)
    if figures.touch.count:
        yield waits_sentence(language, "simulate.headline_waits", figures.touch)
    if figures.touch_or_weak != figures.touch:
        yield waits_sentence(language, "simulate.headline_weak", figures.touch_or_weak)
    if figures.never_touched.left_alone:
        yield say(language, "simulate.headline_alone", cases=f"{figures.never_touched.left_alone:,}")


def waits_sheet(language: str, figures: Figures) -> Sheet:
    """Touched and answered, weak signs counted and not; groups that are the same are shown once."""
    heads = ("waits_open_median", "waits_open_p90", "waits_clock_median", "waits_clock_p90")
    return Sheet(
        title=say(language, "simulate.waits_title"),
        columns=(
            Column(head=say(language, "simulate.waits_group")),
            Column(head=say(language, "simulate.waits_cases"), is_number=True),
            *(Column(head=say(language, f"simulate.{head}"), is_number=True) for head in heads),
        ),
        rows=tuple(_wait_rows(language, figures)),
        notes=(say(language, "simulate.waits_note_words"), say(language, "simulate.waits_note_median")),
    )


def alone_sentences(language: str, figures: CaseFigures) -> Iterator[str]:
    """How many were never touched, what may have happened, and what became of them."""
    never = figures.never_touched
    if not never.cases:
        yield say(language, "simulate.alone_none")
        return
    yield say(language, "simulate.alone_some", cases=f"{never.cases:,}", asking=f"{never.asking:,}")
    yield say(
        language,
        "simulate.alone_traits",
        weak=f"{never.weak_sign:,}",
        undated=f"{never.undated_stamp:,}",
        alone=f"{never.left_alone:,}",
        alerted=f"{never.alerted:,}",
    )
    outcomes = {outcome_in_words(language, name): count for name, count in never.outcomes.items()}
    yield say(language, "simulate.alone_outcomes", outcomes=counted(language, outcomes))


def alone_sheet(language: str, figures: Figures, *, zone: ZoneInfo, names: Names) -> Sheet:
    """Posts that were never touched."""
    heads = ("channel", "asks", "maybe_seen", "ended")
    never = figures.beginners.never_touched.cases
    shown = len(figures.never_touched)
    listed = say(language, "simulate.listed", count=f"{never:,}", shown=shown)
    return Sheet(
        title="",
        columns=(
            Column(head=say(language, "simulate.opened"), is_whole=True),
            *(Column(head=say(language, f"simulate.{head}"), is_name=head == "channel") for head in heads),
        ),
        rows=tuple(_alone_row(language, each, zone, names) for each in figures.never_touched),
        notes=(listed,) if shown < never else (),
    )


def longest_sheet(language: str, figures: Figures, *, zone: ZoneInfo, names: Names) -> Sheet:
    """Posts that were touched in the end, the longest wait first."""
    return Sheet(
        title=say(language, "simulate.longest_title"),
        columns=(
            Column(head=say(language, "simulate.opened"), is_whole=True),
            Column(head=say(language, "simulate.channel"), is_name=True),
            Column(head=say(language, "simulate.waited_open"), is_number=True),
            Column(head=say(language, "simulate.waited_clock"), is_number=True),
            Column(head=say(language, "simulate.maybe_seen")),
        ),
        rows=tuple(_longest_row(language, each, zone, names) for each in figures.longest_waits),
    )


def counted(language: str, counts: Mapping[str, int]) -> str:
    """`answered 12, expired 3`."""
    parts = (
        say(language, "simulate.count_of", what=what, count=f"{count:,}") for what, count in counts.items()
    )
    return say(language, "simulate.list_separator").join(parts)


def waits_sentence(language: str, code: str, waits: Waits) -> str:
    """A sentence with the waits of half and of nine in ten; empty when nobody's wait ended."""
    if not waits.median or not waits.p90:
        return ""
    return say(
        language,
        code,
        touched=f"{waits.count:,}",
        median=within(language, open_time_in_words(language, waits.median.open)),
        median_clock=within(language, clock_time_in_words(language, waits.median.clock)),
        p90=within(language, open_time_in_words(language, waits.p90.open)),
        p90_clock=within(language, clock_time_in_words(language, waits.p90.clock)),
    )


def _wait_rows(language: str, figures: Figures) -> Iterator[tuple[str, ...]]:
    shown: list[CaseFigures] = []
    for name in ("beginners", "first_posts", "all_cases"):
        group: CaseFigures = getattr(figures, name)
        if group.cases and group not in shown:
            shown.append(group)
            yield say(language, f"simulate.group_{name}"), f"{group.cases:,}"
            yield _wait_row(language, "touched", group.touch)
            yield _wait_row(language, "touched_or_weak", group.touch_or_weak)
            yield _wait_row(language, "answered", group.answer)
            yield _wait_row(language, "answered_or_weak", group.answer_or_weak)


def _wait_row(language: str, name: str, waits: Waits) -> tuple[str, ...]:
    indent = "    " if name.endswith("_or_weak") else "  "
    head = (f"{indent}{say(language, f'simulate.{name}')}", f"{waits.count:,}")
    if not waits.median or not waits.p90:
        return (*head, *(NOTHING,) * 4)
    return (
        *head,
        open_time_in_words(language, waits.median.open),
        open_time_in_words(language, waits.p90.open),
        clock_time_in_words(language, waits.median.clock),
        clock_time_in_words(language, waits.p90.clock),
    )


def _alone_row(language: str, waited: Waited, zone: ZoneInfo, names: Names) -> tuple[str, ...]:
    case = waited.case
    return (
        moment(case.opened_at, zone),
        names.channel(case.key.channel),
        say(language, "simulate.asks_yes") if case.asks else "",
        maybe_seen(language, waited.case),
        outcome_in_words(language, case.outcome),
    )


def _longest_row(language: str, waited: Waited, zone: ZoneInfo, names: Names) -> tuple[str, ...]:
    case = waited.case
    return (
        moment(case.opened_at, zone),
        names.channel(case.key.channel),
        open_time_in_words(language, waited.wait.open),
        clock_time_in_words(language, waited.wait.clock),
        maybe_seen(language, waited.case),
    )


def maybe_seen(language: str, case: Case) -> str:
    """The first thing that may have been an answer earlier, or a stamp that nobody can date."""
    weak = weak_sign_of(case)
    if weak is not None and (case.touched_at is None or weak < case.touched_at):
        wait = clock_time_in_words(language, weak - case.opened_at)
        return say(language, "simulate.maybe_weak", wait=wait)
    return say(language, "simulate.maybe_stamp") if case.undated_stamp else ""
