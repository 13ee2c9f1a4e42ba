"""The page of `simulate --html`: what goes into it, and its file, written whole or not at all."""

import os
from collections.abc import Sequence
from pathlib import Path

import typer

from scheduler.app.loading import Loaded
from scheduler.app.simulation import Simulation
from scheduler.catalogue import say
from scheduler.cli.failing import fail
from scheduler.report import Noticed
from scheduler.report.page import Scene
from scheduler.settings import Ambassadors
from scheduler.simulate.sources import Source


def scene_of(run: Simulation, source: Source, loaded: Loaded, noticed: Sequence[Noticed]) -> Scene:
    """What the page needs; the posts of the sample community lie nowhere, so that nothing links to them."""
    return Scene(
        open_time=run.open_time,
        names=run.count.names(),
        history=run.count.history(),
        budget=_budget(source.adapt(loaded.settings).ambassadors),
        workspace_url=loaded.settings.workspace.url if source.export else None,
        samples=run.samples,
        findings=noticed,
    )


def write_page(path: Path, page: str, language: str, *, is_quiet: bool) -> None:
    """Writes the page, and says where it lies: on standard error when standard output belongs to others."""
    target = path.resolve()  # a link stays one: what it leads to is replaced
    try:
        _replace(target, page)
    except OSError as error:
        raise fail(say(language, "page.file_cannot_write", path=path, why=error.strerror or "")) from None
    typer.echo(say(language, "page.file_written", path=target, address=target.as_uri()), err=is_quiet)


def _replace(target: Path, page: str) -> None:
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        # What no file can hold came from a broken history: a mark stands in its place.
        unfinished.write_text(page, encoding="utf-8", errors="replace", newline="\n")
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _budget(ambassadors: Ambassadors) -> int:
    """Alerts that all ambassadors together may get in a week; of those taken from history, at most."""
    if ambassadors.people:
        return sum(person.weekly_budget for person in ambassadors.people)
    return ambassadors.from_history * ambassadors.weekly_budget
