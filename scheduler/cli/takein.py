"""What `ambassador import` does once its options are read. Imported late: it brings everything along."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import typer
from rich.console import Console

from scheduler.app.importing import Past, context_of, holdings, opened, take_in_all
from scheduler.app.loading import Loaded, load
from scheduler.app.places import database_url
from scheduler.catalogue import say
from scheduler.cli.failing import INTERRUPTED
from scheduler.cli.meter import Meter, metered
from scheduler.cli.strangers import strangers
from scheduler.cli.takeinwords import holdings_sheet, how_known
from scheduler.cli.upgraded import tell_upgraded
from scheduler.clock import SystemClock
from scheduler.model.facts import Fact
from scheduler.ports import ImportProgress, Store
from scheduler.report import FactCount
from scheduler.report.sheet import print_sheet, print_text, print_title
from scheduler.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the reader asked for. `is_told`: how much the history knows is said, not looked up."""

    language: str
    database: str | None
    is_told: bool


class Taking:
    """One run of an import: what it read, and how far it came."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self.count = FactCount()
        self.reached: ImportProgress | None = None

    def facts(self) -> Iterator[Fact]:
        """The whole history, counted anew each time it is told."""
        self.count = FactCount()
        return self.count.passing(self._past.facts())


def bring_in(past: Past, config: Path | None, wish: Wish) -> None:
    """Takes the past in, and prints what came of it; raises ProblemsFound, DatabaseRefused, ImportRefused."""
    loaded = load(config)
    console, taking = Console(highlight=False), Taking(past)
    with opened(database_url(wish.database or loaded.settings.database), past) as store:
        tell_upgraded(store, wish.language)
        with store.begin() as work:
            before = work.imports.get(past.fingerprint)
        taking.reached = before
        if before.finished:
            print_text(console, say(wish.language, "import.already"))
        else:
            _announce(console, past, before, loaded.settings, wish)
            _take_in(store, taking, past, loaded.settings, wish.language)
        _sum_up(console, store, taking, loaded, wish.language)
        if not before.finished:
            _tell_findings(console, past, taking, loaded, wish.language)


def _announce(console: Console, past: Past, before: ImportProgress, settings: Settings, wish: Wish) -> None:
    print_text(console, how_known(wish.language, past, is_told=wish.is_told))
    if before.told_until:
        day = _day(before.told_until, settings)
        print_text(console, say(wish.language, "import.resuming", day=day))


def _take_in(store: Store, taking: Taking, past: Past, settings: Settings, language: str) -> None:
    """On Ctrl-C, says how far it came; every chunk up to there is kept."""
    try:
        with metered(language, settings.workspace.zone) as meter:
            take_in_all(
                store,
                context_of(settings),
                taking.facts,
                source=past.fingerprint,
                now=SystemClock().now(),
                notice=lambda progress: _notice(taking, past, meter, progress),
            )
    except KeyboardInterrupt:
        typer.echo(_how_far(taking, settings, language), err=True)
        raise typer.Exit(INTERRUPTED) from None


def _notice(taking: Taking, past: Past, meter: Meter, progress: ImportProgress) -> None:
    taking.reached = progress
    meter.show(past.source.done(), progress)


def _how_far(taking: Taking, settings: Settings, language: str) -> str:
    reached = taking.reached
    if reached is None or reached.told_until is None:
        return say(language, "import.interrupted_at_once")
    return say(language, "import.interrupted", day=_day(reached.told_until, settings))


def _sum_up(console: Console, store: Store, taking: Taking, loaded: Loaded, language: str) -> None:
    history = taking.count.history()
    zone = loaded.settings.workspace.zone
    sheet = holdings_sheet(language, holdings(store), history, zone=zone)
    print_sheet(console, sheet, separator=say(language, "simulate.list_separator"))
    print_title(console, say(language, "import.next_title"))
    for name in ("next_check", "next_newer"):
        print_text(console, say(language, f"import.{name}"))


def _tell_findings(console: Console, past: Past, taking: Taking, loaded: Loaded, language: str) -> None:
    export = past.source.export
    sentences = [each.sentence for each in strangers(loaded, taking.count.names(), language)]
    sentences += export.problems.sentences(language) if export else ()
    if sentences:
        print_title(console, say(language, "simulate.findings_title"))
    for sentence in sentences:
        print_text(console, sentence)


def _day(at: datetime, settings: Settings) -> date:
    return at.astimezone(settings.workspace.zone).date()
