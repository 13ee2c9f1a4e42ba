"""`ambassador simulate`: what would have been sent, had the service run back then."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.catalogue import say
from scheduler.cli.failing import fail, failing_well
from scheduler.cli.language import Lang, language_of, told

if TYPE_CHECKING:
    from rich.console import Console

    from scheduler.app.simulation import Simulation
    from scheduler.model.facts import Fact
    from scheduler.report import Figures, Names, Noticed, Period
    from scheduler.simulate.sources import Source

_DAY = ["%Y-%m-%d"]
#: Facts between two looks at the progress bar.
_SOME = 100


def simulate(
    export: Annotated[Path | None, typer.Argument(metavar="[EXPORT]", help=told("export"))] = None,
    config: Annotated[Path | None, typer.Option("--config", metavar="FILE", help=told("config"))] = None,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=_DAY, metavar="2026-04-01", help=told("from"))
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=_DAY, metavar="2026-04-30", help=told("to"))
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=told("json"))] = False,
    story: Annotated[bool, typer.Option("--story", help=told("story"))] = False,
    lang: Lang = None,
) -> None:
    """Parses, calls the simulation, and prints what came of it."""
    from scheduler.simulate.sources import source_of

    language = language_of(lang)
    if first and last and last < first:
        raise fail(say(language, "cli.backwards"))
    with failing_well(language):
        # Opened before all else is imported: listing a large zip needs memory that is then free to be used again.
        source = source_of(export)
        days = (first.date() if first else source.first_on, last.date() if last else source.last_on)
        _live_through(source, config, days, language=language, json=json, story=story)


def _live_through(
    source: "Source",
    config: Path | None,
    days: tuple[date | None, date | None],
    *,
    language: str,
    json: bool,
    story: bool,
) -> None:
    from scheduler.app.loading import load
    from scheduler.app.simulation import simulate as live_through
    from scheduler.report import figure_out, local_period

    loaded = load(config)
    period = local_period(loaded.settings.workspace.zone, *days)
    with live_through(loaded, _shown(source, language)) as run:
        figures = figure_out(run.results, open_time=run.open_time, period=period)
        _print(run, source, figures, period, language=language, json=json, story=story)


def _print(
    run: "Simulation",
    source: "Source",
    figures: "Figures",
    period: "Period",
    *,
    language: str,
    json: bool,
    story: bool,
) -> None:
    from rich.console import Console

    from scheduler.report import show_figures, write_json

    findings = _findings(source, language)
    history, names = run.count.history(), run.count.names()
    told = {"names": names, "history": history, "findings": findings}
    if json:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # JSON is, whatever the terminal
        write_json(sys.stdout, run.results, figures, open_time=run.open_time, **told)
        return
    console = Console(highlight=False)
    show_figures(console, language, figures, zone=run.open_time.zone, **told)
    if story and source.export is None:
        _tell(console, run, names, period, language)


def _tell(
    console: "Console", run: "Simulation", names: "Names", period: "Period", language: str
) -> None:
    from scheduler.report import Story, tell_story
    from scheduler.simulate.sample import stories

    told = [
        Story(
            key=story.key,
            channel=story.channel,
            ts=story.ts,
            title=story.title_ja if language == "ja" else story.title_en,
        )
        for story in stories()
    ]
    tell_story(
        console,
        language,
        run.results,
        stories=told,
        names=names,
        open_time=run.open_time,
        period=period,
        samples=run.samples,
    )


def _findings(source: "Source", language: str) -> "list[Noticed]":
    from scheduler.report import Noticed, Sighting

    found = source.export.problems if source.export else None
    sentences = found.sentences(language) if found else ()
    return [
        Noticed(
            code=each.finding.value,
            count=each.count,
            is_note=each.finding.is_note,
            sentence=sentence,
            examples=tuple(
                Sighting(file=example.file, what=example.what, count=example.count) for example in each.examples
            ),
        )
        for each, sentence in zip(found.found() if found else (), sentences, strict=True)
    ]


def _shown(source: "Source", language: str) -> "Source":
    """The same source; on a terminal, a bar on standard error follows the reading."""
    from rich.console import Console

    console = Console(stderr=True)
    if source.export is None or not console.is_terminal:
        return source
    return replace(source, facts=lambda: _with_bar(source, console, say(language, "cli.reading")))


def _with_bar(source: "Source", console: "Console", label: str) -> "Iterator[Fact]":
    from rich.progress import Progress

    with Progress(console=console, transient=True) as progress:
        task = progress.add_task(label, total=1.0)
        for number, fact in enumerate(source.facts()):
            if number % _SOME == 0:
                progress.update(task, completed=source.done())
            yield fact
