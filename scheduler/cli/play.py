"""What `ambassador demo` does once its options are read. Imported late: it brings everything along."""

import asyncio
from collections.abc import Callable, Coroutine
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
from scheduler.model.facts import Fact
from scheduler.policy.opentime import OpenTime
from scheduler.report import Names
from scheduler.report.sheet import print_text
from scheduler.simulate.sample import channels, names


def play(language: str, *, speed: float, once: bool) -> None:
    """Plays it to its end; on a terminal the stand-in then stays until Ctrl-C, unless `once` is asked for.

    Raises ProblemsFound when the reader's own config or messages cannot be used.
    """
    console = console_of_80()
    stays = console.is_terminal and not once
    _show(language, console, lambda showing, folder: showing.play(folder, speed=speed, stays=stays))


def receive(language: str) -> None:
    """Serves the stand-in's page until Ctrl-C; time passes as on the wall, and in steps that visitors take.

    Raises ProblemsFound when the reader's own config or messages cannot be used.
    """
    _show(language, console_of_80(), lambda showing, folder: showing.receive(folder))


def _show(
    language: str, console: Console, begin: Callable[["Showing", Path], Coroutine[None, None, None]]
) -> None:
    loaded, members = load(None), dict(names())
    words = Words(language, Names(channels=channels(), members=members), OpenTime(loaded.settings.calendar))
    with TemporaryDirectory(prefix="ambassador-demo-") as folder:
        try:
            asyncio.run(begin(Showing(loaded, console, words, members), Path(folder)))
        except _Ended:
            console.print(words.say("bye"))


class _Ended(Exception):
    """Ctrl-C when there was nothing left to interrupt."""


@dataclass(frozen=True, slots=True)
class Showing:
    """One showing. `members` are the names that `words` knows: visitors come in as new members."""

    loaded: Loaded
    console: Console
    words: Words
    members: dict[str, str]

    async def play(self, folder: Path, *, speed: float, stays: bool) -> None:
        """From the introduction to what to do next."""
        weeks = two_weeks()
        introduce(self.console, self.words, weeks)
        async with staged(self.loaded, weeks, folder) as stage:
            if stays:
                self._name("page_is_at", stage)
            screen = Screen(self.console, self.words, begins_at=weeks.begins_at)
            telling = self._telling(stage, weeks, screen)
            pace = Pace(speed, passing=screen.passing)
            with screen.showing():
                visited = self._visited(stage, telling)
                await stage.live(weeks, pace, happened=telling.happened, visited=visited, done=telling.done)
            self._end(weeks, telling)
            if stays:
                self._name("stays", stage)
                await _until_ctrl_c(
                    stage.receive((), happened=_in_silence, visited=_in_silence, done=lambda: None)
                )

    async def receive(self, folder: Path) -> None:
        """The page, from the first Monday on; what the service does and why is told here meanwhile."""
        weeks = two_weeks()
        introduce(self.console, self.words, weeks)
        async with staged(self.loaded, weeks, folder) as stage:
            self._name("page_is_at", stage)
            print_text(self.console, self.words.say("page_lives"))
            screen = Screen(self.console, self.words, begins_at=weeks.begins_at)
            telling = self._telling(stage, weeks, screen)
            visited = self._visited(stage, telling)
            await _until_ctrl_c(
                stage.receive(weeks.facts, happened=telling.happened, visited=visited, done=telling.done)
            )

    def _visited(self, stage: Stage, telling: Telling) -> Callable[[Fact], None]:
        """Tells what a visitor did, by the name with which they joined."""

        def visited(fact: Fact) -> None:
            for member in stage.sandbox.world.members.values():
                self.members.setdefault(member.id, member.real_name)
            telling.visited(fact)

        return visited

    def _telling(self, stage: Stage, weeks: Weeks, screen: Screen) -> Telling:
        people, world = People(self.words, weeks.before), stage.sandbox.world

        def author_of(channel: str, ts: str) -> str | None:
            """The sample's people are known; a visitor is whoever wrote it in the stand-in."""
            said = world.channels[channel].messages.get(ts)
            return people.author_of(channel, ts) or (said.user if said else None)

        telling = Telling(
            people=people,
            ours=Ours(self.words, author_of),
            sandbox=stage.sandbox,
            store=stage.store,
            show=screen.show,
        )
        telling.begin()
        return telling

    def _name(self, sentence: str, stage: Stage) -> None:
        self.console.print()
        print_text(self.console, self.words.say(sentence))
        print_text(self.console, f"{stage.sandbox.world.http_base}/")

    def _end(self, weeks: Weeks, telling: Telling) -> None:
        got = who_got_what(telling.arrived)
        nothing = who_got_nothing(self.words, weeks.facts, telling.records, telling.arrived)
        tell_account(self.console, self.words, got, nothing)
        tell_next(self.console, self.words)


def _in_silence(fact: Fact) -> None:
    """When everything has been told."""


async def _until_ctrl_c(receiving: Coroutine[None, None, None]) -> None:
    try:
        await receiving
    except asyncio.CancelledError:
        raise _Ended from None
