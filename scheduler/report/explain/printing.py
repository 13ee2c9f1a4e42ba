"""The story on the terminal: how it ended, then what happened day by day, then what comes."""

from collections.abc import Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.console import Console

from scheduler.model.decisions import Ruling
from scheduler.policy.walltime import local_day
from scheduler.report.explain.ahead import Ahead, Next
from scheduler.report.explain.explanation import Explanation
from scheduler.report.explain.lines import Line, What
from scheduler.report.explain.rulings import rows
from scheduler.report.explain.words import Wording
from scheduler.report.results import Names
from scheduler.report.sheet import print_hanging, print_text, print_title

_OURS = frozenset(what for what in What if what.startswith("alert"))
_TIMED = frozenset({Next.ALERT, Next.STEP, Next.EXPIRES})
_CLOCK = len("  10:05  ")
#: A value needs this much room beside its rule; with less it stands below.
_ROOM = 16


def show_explanation(
    console: Console, language: str, explanation: Explanation, *, names: Names, zone: ZoneInfo
) -> None:
    """Prints the story in plain lines that fit the console."""
    wording = Wording(language, names, zone, year=local_day(zone, explanation.at).year)
    _show_head(console, explanation, wording)
    _show_days(console, explanation, wording)
    print_title(console, wording.say("next_title"))
    _show_next(console, explanation.ahead, wording)
    _show_notes(console, explanation, wording)


def _show_head(console: Console, explanation: Explanation, wording: Wording) -> None:
    day = wording.day(explanation.at, with_year=True)
    head = wording.say(
        "head",
        who=wording.person(explanation.author),
        channel=wording.names.channel(explanation.channel),
        when=wording.say("day_and_time", day=day, time=wording.clock(explanation.at)),
    )
    print_title(console, head)
    print_text(console, wording.ending(explanation.ending))


def _show_days(console: Console, explanation: Explanation, wording: Wording) -> None:
    for _, lines in groupby(explanation.lines, key=lambda line: local_day(wording.zone, line.at)):
        told = list(lines)
        print_title(console, wording.day(told[0].at))
        clock = ""
        for line in told:
            shown, clock = clock, wording.clock(line.at)
            _show_line(console, line, "" if shown == clock else clock, wording)


def _show_line(console: Console, line: Line, clock: str, wording: Wording) -> None:
    """A moment is told once, however much happened in it."""
    style = "cyan" if line.what in _OURS else ""
    print_hanging(console, f"  {clock:5}  ", wording.line(line), style=style)
    _show_rulings(console, line.rulings, wording)


def _show_rulings(console: Console, rulings: Sequence[Ruling], wording: Wording) -> None:
    for row in rows(rulings, wording):
        head = " " * _CLOCK + row.head
        room = console.width - cell_len(head)
        if row.values and room >= _ROOM:
            print_hanging(console, head, _packed(row.values, room))
            continue
        print_hanging(console, " " * _CLOCK, row.head.rstrip())
        if row.values:
            indent = " " * (_CLOCK + 2)
            print_hanging(console, indent, _packed(row.values, console.width - len(indent)))


def _packed(values: Sequence[str], room: int) -> str:
    """Values in lines of that width, broken only between them."""
    lines = [values[0]]
    for value in values[1:]:
        beside = f"{lines[-1]}  {value}"
        lines[-1:] = [beside] if cell_len(beside) <= room else [lines[-1], value]
    return "\n".join(lines)


def _show_next(console: Console, ahead: Sequence[Ahead], wording: Wording) -> None:
    """What has a time stands beside it; times are padded, so that all texts begin in one column."""
    times = [wording.when(each.at) if each.at and each.what in _TIMED else "" for each in ahead]
    widest = max(map(cell_len, times), default=0)
    for each, time in zip(ahead, times, strict=True):
        head = f"  {time}{' ' * (widest - cell_len(time))}  " if time else "  "
        print_hanging(console, head, wording.ahead(each))


def _show_notes(console: Console, explanation: Explanation, wording: Wording) -> None:
    notes = []
    if explanation.is_of_other_config:
        notes.append(wording.say("other_config"))
    for number, note in enumerate(notes):
        if not number:
            console.print()
        print_text(console, note, style="dim")
