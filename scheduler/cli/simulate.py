"""`ambassador simulate`: what would have been sent, had the service run back then."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from scheduler.catalogue import say
from scheduler.cli.failing import fail, failing_well
from scheduler.cli.here import HERE
from scheduler.cli.interrupting import like_ctrl_c
from scheduler.cli.language import Lang, language_of, told
from scheduler.cli.options import Config
from scheduler.cli.webpath import unfit_page


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(say(HERE, "cli.bad_day", day=text)) from error


def simulate(  # noqa: PLR0917 - typer reads the options off the parameters
    export: Annotated[
        Path | None, typer.Argument(metavar="EXPORT", readable=False, help=told("export"))
    ] = None,
    config: Config = None,
    first: Annotated[
        date | None, typer.Option("--from", parser=_day, metavar="2026-04-01", help=told("from"))
    ] = None,
    last: Annotated[
        date | None, typer.Option("--to", parser=_day, metavar="2026-04-30", help=told("to"))
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=told("json"))] = False,
    story: Annotated[bool, typer.Option("--story", help=told("story"))] = False,
    keep: Annotated[Path | None, typer.Option("--keep", metavar="FILE", help=told("keep"))] = None,
    database: Annotated[
        str | None, typer.Option("--database", metavar="URL|FILE", help=told("database"))
    ] = None,
    compare: Annotated[
        Path | None, typer.Option("--compare", metavar="OTHER.yaml", readable=False, help=told("compare"))
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help=told("html"))] = None,
    lang: Lang = None,
) -> None:
    """Parses, opens the history, and has it replayed."""
    language = language_of(lang)
    if first and last and last < first:
        raise fail(say(language, "cli.backwards"))
    if compare and (story or keep or database or html):
        raise fail(say(language, "cli.compare_alone"))
    if story and (export or json):
        raise fail(say(language, "cli.story_alone"))
    if keep and database:
        raise fail(say(language, "cli.keep_or_database"))
    if html and (unfit := unfit_page(html, language)):
        raise fail(unfit)
    with failing_well(language), like_ctrl_c():
        # Opened before all else is imported: the memory that listing a large zip takes is used again then.
        from scheduler.simulate.sources import source_of

        source = source_of(export)

        from scheduler.cli.replay import Wish, kept_in, place_of, replay

        wish = Wish(language=language, first=first, last=last, json=json, story=story, html=html)
        if compare:
            from scheduler.cli.comparing import compare_configs

            compare_configs(source, config, compare, wish)
            return
        replay(source, config, wish, place=place_of(keep, database))
        if kept := kept_in(keep, database):
            typer.echo(say(language, "cli.kept", database=kept), err=json)
