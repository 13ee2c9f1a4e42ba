"""What `ambassador simulate` does once its options are read. Imported late: it brings everything along."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import Progress

from scheduler.app.loading import Loaded, load
from scheduler.app.places import Place, database_url, in_database, new_file, thrown_away
from scheduler.app.simulation import Simulation, simulate
from scheduler.catalogue import say
from scheduler.cli.jsonout import json_output
from scheduler.cli.strangers import stand_ins, strangers
from scheduler.cli.webpage import scene_of, write_page
from scheduler.model.facts import Fact
from scheduler.report import (
    Figures,
    Noticed,
    Period,
    Sighting,
    Story,
    figure_out,
    local_period,
    show_figures,
    tell_story,
    write_json,
)
from scheduler.report.page import simulation_page
from scheduler.simulate.sample import stories
from scheduler.simulate.sources import Source
from scheduler.store.connecting import shown_address

#: Facts between two looks at the progress bar.
_SOME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the reader wants to see. Days are local, both included; None leaves that end open."""

    language: str
    first: date | None
    last: date | None
    json: bool
    story: bool
    html: Path | None = None


def place_of(keep: Path | None, database: str | None) -> Place:
    """Where the rows of the run go, of which both cannot be asked."""
    if keep:
        return new_file(keep)
    return in_database(database_url(database)) if database else thrown_away


def kept_in(keep: Path | None, database: str | None) -> str | None:
    """Where the rows of the run stay, without a password; None when they are thrown away."""
    named = str(keep) if keep else database
    return shown_address(named) if named and "://" in named else named


def replay(source: Source, config: Path | None, wish: Wish, *, place: Place = thrown_away) -> None:
    """Lives through the history, and prints what came of it; raises ProblemsFound."""
    loaded = load(config)
    period = period_of(source, loaded.settings.workspace.zone, wish)
    with simulate(loaded, shown(source, wish.language), place=place, counts=period.holds) as run:
        figures = figure_out(run.results, open_time=run.open_time, period=period)
        noticed = _noticed(run, source, loaded, wish.language)
        if wish.json:
            _write(run, figures, noticed)
        else:
            _show(run, figures, noticed, wish.language)
        if wish.story:
            _tell(run, period, wish.language)
        if wish.html:
            scene = scene_of(run, source, loaded, noticed)
            page = simulation_page(wish.language, run.results, figures, scene)
            write_page(wish.html, page, wish.language, is_quiet=wish.json)


def period_of(source: Source, zone: ZoneInfo, wish: Wish) -> Period:
    """The days asked for; the source's own ones are for those who ask for none."""
    asked = wish.first or wish.last
    days = (wish.first, wish.last) if asked else (source.first_on, source.last_on)
    return local_period(zone, *days)


def _noticed(run: Simulation, source: Source, loaded: Loaded, language: str) -> list[Noticed]:
    return [
        *stand_ins(loaded, names_nobody=source.export is not None, language=language),
        *strangers(loaded, run.count.names(), language),
        *findings_of(source, language),
    ]


def _write(run: Simulation, figures: Figures, noticed: Sequence[Noticed]) -> None:
    write_json(
        json_output(),
        run.results,
        figures,
        open_time=run.open_time,
        names=run.count.names(),
        history=run.count.history(),
        findings=noticed,
    )


def _show(run: Simulation, figures: Figures, noticed: Sequence[Noticed], language: str) -> None:
    show_figures(
        Console(highlight=False),
        language,
        figures,
        zone=run.open_time.zone,
        names=run.count.names(),
        history=run.count.history(),
        findings=noticed,
    )


def _tell(run: Simulation, period: Period, language: str) -> None:
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
        Console(highlight=False),
        language,
        run.results,
        stories=told,
        names=run.count.names(),
        open_time=run.open_time,
        period=period,
        samples=run.samples,
    )


def findings_of(source: Source, language: str) -> list[Noticed]:
    """What reading the history came upon."""
    found = source.export.problems if source.export else None
    sentences = found.sentences(language) if found else ()
    return [
        Noticed(
            code=each.finding.value,
            count=each.count,
            is_note=each.finding.is_note,
            sentence=sentence,
            examples=tuple(
                Sighting(file=example.file, what=example.what, count=example.count)
                for example in each.examples
            ),
        )
        for each, sentence in zip(found.found() if found else (), sentences, strict=True)
    ]


def shown(source: Source, language: str) -> Source:
    """The same source; on a terminal, a bar on standard error follows the reading."""
    console = Console(stderr=True)
    if source.export is None or not console.is_terminal:
        return source
    return replace(source, facts=lambda: _with_bar(source, console, say(language, "cli.reading")))


def _with_bar(source: Source, console: Console, label: str) -> Iterator[Fact]:
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task(label, total=1.0)
        for number, fact in enumerate(source.facts()):
            if number % _SOME == 0:
                progress.update(task, completed=source.done())
            yield fact
