"""How far a long piece of work came, on standard error: a bar on a terminal, elsewhere some lines."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import Progress, TaskID

from scheduler.catalogue import say
from scheduler.ports import ImportProgress

#: A plain line for every tenth of the way.
_TENTHS = 10


class Meter(Protocol):
    """Shows progress; `done` goes from 0 to 1."""

    def show(self, done: float, progress: ImportProgress) -> None: ...


class _Bar:
    def __init__(self, bar: Progress, task: TaskID, language: str, zone: ZoneInfo) -> None:
        self._bar, self._task, self._language, self._zone = bar, task, language, zone

    def show(self, done: float, progress: ImportProgress) -> None:
        label = say(self._language, "import.reaching", day=_day(progress, self._zone))
        self._bar.update(self._task, completed=done, description=label)


class _Lines:
    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self._language, self._zone, self._told = language, zone, 0

    def show(self, done: float, progress: ImportProgress) -> None:
        tenths = int(done * _TENTHS)
        if tenths > self._told:
            self._told = tenths
            typer.echo(self._line(tenths, progress), err=True)

    def _line(self, tenths: int, progress: ImportProgress) -> str:
        return say(
            self._language,
            "import.reached",
            percent=tenths * 100 // _TENTHS,
            day=_day(progress, self._zone),
            facts=f"{progress.facts_done:,}",
        )


@contextmanager
def metered(language: str, zone: ZoneInfo) -> Iterator[Meter]:
    """The meter that fits where standard error goes."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(language, zone)
        return
    with Progress(console=console, transient=True) as bar:
        yield _Bar(bar, bar.add_task(say(language, "import.beginning"), total=1.0), language, zone)


def _day(progress: ImportProgress, zone: ZoneInfo) -> str:
    return progress.told_until.astimezone(zone).date().isoformat() if progress.told_until else ""
