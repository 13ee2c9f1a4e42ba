"""The terminal: a head for each day, a line for each thing. Colours and rules only where they can show."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, time, timedelta

from rich.cells import cell_len
from rich.console import Console
from rich.live import Live
from rich.text import Text

from scheduler.demo.lines import Line, Tone, Words
from scheduler.policy.walltime import first_shown, local_day
from scheduler.report.sheet import print_hanging, print_text

WIDTH = 80
_STYLES = {Tone.PEOPLE: "", Tone.CHAT: "dim", Tone.OURS: "cyan", Tone.QUOTE: "green"}
_DAY = timedelta(days=1)


def console_of_80() -> Console:
    """Narrow terminals keep their width; what is piped is always as wide."""
    console = Console(highlight=False)
    console.width = min(console.width, WIDTH) if console.is_terminal else WIDTH
    return console


class Screen:
    """Prints lines as they come. Days on which nobody is at work are named as they begin.

    On a terminal, a clock below the last line shows that time passes.
    """

    def __init__(self, console: Console, words: Words, *, begins_at: datetime) -> None:
        self._console = console
        self._words = words
        self._day = local_day(words.open_time.zone, begins_at) - _DAY
        self._clock = Live(console=console, auto_refresh=False, transient=True)

    @contextmanager
    def showing(self) -> Iterator[None]:
        """Inside, the clock is there."""
        with self._clock if self._console.is_terminal else nullcontext():
            yield

    def show(self, line: Line) -> None:
        self._turn_to(line.at, is_busy=True)
        head = f"{self._words.weekday(line.at)} {self._words.time(line.at)}  "
        if line.tone is Tone.QUOTE:
            print_text(self._console, line.text, style=_STYLES[line.tone], indent=" " * cell_len(head) + "│ ")
        else:
            print_hanging(self._console, head, line.text, style=_STYLES[line.tone])

    def passing(self, at: datetime) -> None:
        """It is now `at`, and nothing happens."""
        self._turn_to(at, is_busy=False)
        if self._console.is_terminal:
            clock = f"{self._words.weekday(at)} {self._words.time(at)}"
            self._clock.update(Text(clock, style="dim"), refresh=True)

    def _turn_to(self, at: datetime, *, is_busy: bool) -> None:
        zone = self._words.open_time.zone
        today = local_day(zone, at)
        while self._day < today:
            tomorrow = self._day + _DAY
            is_closed = self._words.open_time.stretch_on(tomorrow) is None
            if tomorrow == today and not (is_closed or is_busy):
                return
            self._day = tomorrow
            if is_closed or tomorrow == today:
                self._head(first_shown(zone, tomorrow, time(12)), "day_closed" if is_closed else "day")

    def _head(self, noon: datetime, code: str) -> None:
        text = self._words.say(code, day=self._words.day(noon))
        self._console.print()
        if self._console.is_terminal:
            self._console.rule(text, align="left", style="dim")
        else:
            self._console.print(text)
