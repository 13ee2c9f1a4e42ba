"""The findings of `ambassador doctor` as a list: how each stands, what was looked at, a sentence."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from scheduler.catalogue import say
from scheduler.doctor.finding import Check, Finding, Status
from scheduler.report.sheet import print_text, print_title
from scheduler.report.wrapping import wrap

_STYLES = {Status.PASS: "green", Status.WARN: "yellow", Status.FAIL: "bold red", Status.SKIP: "dim"}
#: The first check under each title.
_TITLES = {
    Check.PROGRAM: "files",
    Check.SLACK: "slack",
    Check.CHANNELS: "community",
    Check.DATABASE: "database",
    Check.SERVICE: "work",
}
_GAP = 2
#: Cells of the longest status.
_STATUS = 6


def show_checklist(found: Sequence[Finding], words: Sequence[str], language: str) -> None:
    """`words` are those of each finding."""
    console = Console(highlight=False)
    lines = list(_lines(found, words, language))
    width = max(cell_len(line.name) for line in lines)
    for line in lines:
        if line.check in _TITLES:
            print_title(console, say(language, f"doctor.title_{_TITLES[line.check]}"))
        _print(console, line, say(language, f"doctor.status_{line.status.value}"), width)
    console.print()
    print_text(console, _summary(found, language), style="bold")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    check: Check
    status: Status
    name: str
    said: str


def _lines(found: Sequence[Finding], words: Sequence[str], language: str) -> Iterator[_Line]:
    """One for each finding; what was not looked at for the same reason, one after the other, is one."""
    several: list[Finding] = []
    for each, said, following in zip(found, words, (*words[1:], None), strict=True):
        several.append(each)
        is_last = said != following or each.status is not Status.SKIP or _ends_here(found, each)
        if is_last:
            yield _line(several, said, language)
            several = []


def _ends_here(found: Sequence[Finding], this: Finding) -> bool:
    """A title follows."""
    after = found[found.index(this) + 1 :]
    return not after or after[0].check in _TITLES


def _line(several: Sequence[Finding], said: str, language: str) -> _Line:
    first, names = several[0], [say(language, f"doctor.check_{each.check.value}") for each in several]
    if len(several) == 1:
        return _Line(check=first.check, status=first.status, name=names[0], said=said)
    told = say(language, "doctor.separator").join(names)
    name = say(language, "doctor.several", count=len(several))
    return _Line(check=first.check, status=first.status, name=name, said=f"{told}\n{said}")


def _print(console: Console, line: _Line, status: str, width: int) -> None:
    """The status, what was looked at, and beside both the sentence."""
    head = Text.assemble((_filled(status, _STATUS), _STYLES[line.status]), _filled(line.name, width))
    room, style = console.width - head.cell_len, "dim" if line.status is Status.SKIP else ""
    for number, words in enumerate(wrap(line.said, room)):
        shown = head.copy() if number == 0 else Text(" " * head.cell_len)
        console.print(shown.append(words, style=style), no_wrap=True, overflow="ignore", crop=False)


def _filled(text: str, width: int) -> str:
    """Japanese signs take two cells."""
    return text + " " * (width - cell_len(text) + _GAP)


def _summary(found: Sequence[Finding], language: str) -> str:
    counts = Counter(each.status for each in found)
    told = {status.value: counts[status] for status in Status}
    name = "ill" if counts[Status.FAIL] else "so_so" if counts[Status.WARN] else "well"
    return say(language, f"doctor.summary_{name}", **{f"count_{name}": count for name, count in told.items()})
