"""What `ambassador demo` does once its options are read. Imported late: it brings everything along."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from scheduler.app.demo import Stage, staged
from scheduler.app.loading import Loaded, load
from scheduler.demo.account import who_got_nothing, who_got_what
from scheduler.demo.ending import tell_account, tell_next
from scheduler.demo.lines import Words
from scheduler.demo.opening import introduce
from scheduler.demo.ours import Ours
from scheduler.demo.pace import Pace
from scheduler.demo.people import People
from scheduler.demo.screen import Screen, console_of_80
from scheduler.demo.telling import Telling
from scheduler.demo.weeks import Weeks, two_weeks
from scheduler.policy.opentime import OpenTime
from scheduler.report import Names
from scheduler.report.sheet import print_text
from scheduler.simulate.sample import channels, names


def play(language: str, *, speed: float, once: bool) -> None:
    """Plays it to its end; on a terminal the stand-in then stays until Ctrl-C, unless `once` is asked for.

    Raises ProblemsFound when the reader's own config or messages cannot be used.
    """
    loaded, console = load(None), console_of_80()
    words = Words(language, Names(channels=channels(), members=names()), OpenTime(loaded.settings.calendar))
    with TemporaryDirectory(prefix="ambassador-demo-") as folder:
        played = Play(loaded, console, words, speed)
        try:
            asyncio.run(played.play(Path(folder), stays=console.is_terminal and not once))
        except _Ended:
            console.print(words.say("bye"))


class _Ended(Exception):
    """Ctrl-C after the end of the story: nothing was interrupted."""


@dataclass(frozen=True, slots=True)
class Play:
    """One showing."""

    loaded: Loaded
    console: Console
    words: Words
    speed: float

    async def play(self, folder: Path, *, stays: bool) -> None:
        """From the introduction to what to do next."""
        weeks = two_weeks()
        introduce(self.console, self.words, weeks)
        async with staged(self.loaded, weeks, folder) as stage:
            telling = await self._live(stage, weeks)
            self._end(weeks, telling)
            if stays:
                await _stay(self.console, self.words, f"{stage.sandbox.world.http_base}/control/received")

    async def _live(self, stage: Stage, weeks: Weeks) -> Telling:
        screen = Screen(self.console, self.words, begins_at=weeks.begins_at)
        people = People(self.words, weeks.before)
        telling = Telling(
            people=people,
            ours=Ours(self.words, people.author_of),
            sandbox=stage.sandbox,
            store=stage.store,
            show=screen.show,
        )
        telling.begin()
        pace = Pace(self.speed, passing=screen.passing)
        with screen.showing():
            await stage.live(weeks, pace, happened=telling.happened, done=telling.done)
        return telling

    def _end(self, weeks: Weeks, telling: Telling) -> None:
        got = who_got_what(telling.arrived)
        nothing = who_got_nothing(self.words, weeks.facts, telling.records, telling.arrived)
        tell_account(self.console, self.words, got, nothing)
        tell_next(self.console, self.words)


async def _stay(console: Console, words: Words, address: str) -> None:
    console.print()
    print_text(console, words.say("stays"))
    print_text(console, address)
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        raise _Ended from None
