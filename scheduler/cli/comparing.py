"""What `ambassador simulate --compare` does once its options are read. Imported late, like `replay`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from scheduler.app.loading import Loaded, load_all
from scheduler.app.simulation import simulate
from scheduler.catalogue import say
from scheduler.cli.jsonout import json_output
from scheduler.cli.replay import Wish, findings_of, period_of, shown
from scheduler.cli.strangers import strangers
from scheduler.report import History, Names, Noticed, Period
from scheduler.report.compare import Comparison, Side, compare, show_comparison, side_of, write_comparison
from scheduler.simulate.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lived:
    """What is left of a run once its database is gone."""

    side: Side
    names: Names
    history: History


def compare_configs(source: Source, config: Path | None, other: Path, wish: Wish) -> None:
    """Lives through the history twice, and prints what differs; raises ProblemsFound with those of both."""
    first, second = load_all(config, other)
    period = period_of(source, first.settings.workspace.zone, wish)
    a = _live(source, first, period, wish.language)
    b = _live(source, second, period, wish.language)
    comparison = compare(a.side, b.side, period=period)
    noticed = [*_strange(first, second, a.names, wish.language), *findings_of(source, wish.language)]
    (_write if wish.json else _show)(comparison, a, first, noticed, wish.language)


def _live(source: Source, loaded: Loaded, period: Period, language: str) -> _Lived:
    with simulate(loaded, shown(source, language)) as run:
        names = run.count.names()
        side = side_of(
            run.results,
            loaded.settings,
            config=str(loaded.config_file),
            names=names,
            open_time=run.open_time,
            period=period,
        )
        return _Lived(side=side, names=names, history=run.count.history())


def _strange(first: Loaded, second: Loaded, names: Names, language: str) -> list[Noticed]:
    """What only one of the configs has wrong begins with its letter."""
    in_a, in_b = (list(strangers(each, names, language)) for each in (first, second))
    return [
        *(each if each in in_b else _of("A", each, language) for each in in_a),
        *(_of("B", each, language) for each in in_b if each not in in_a),
    ]


def _of(side: str, noticed: Noticed, language: str) -> Noticed:
    return replace(noticed, sentence=say(language, "compare.only_in", side=side, sentence=noticed.sentence))


def _write(
    comparison: Comparison, lived: _Lived, loaded: Loaded, noticed: Sequence[Noticed], language: str
) -> None:
    write_comparison(
        json_output(),
        comparison,
        timezone=loaded.settings.workspace.zone.key,
        names=lived.names,
        history=lived.history,
        workspace_url=loaded.settings.workspace.url,
        findings=noticed,
    )


def _show(
    comparison: Comparison, lived: _Lived, loaded: Loaded, noticed: Sequence[Noticed], language: str
) -> None:
    show_comparison(
        Console(highlight=False),
        language,
        comparison,
        zone=loaded.settings.workspace.zone,
        names=lived.names,
        history=lived.history,
        workspace_url=loaded.settings.workspace.url,
        findings=noticed,
    )
