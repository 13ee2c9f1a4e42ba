"""`ambassador import`: a community's past into the service's database, before it goes live."""

import re
from pathlib import Path
from typing import Annotated

import typer

from scheduler.catalogue import say
from scheduler.cli.failing import failing_well
from scheduler.cli.here import HERE
from scheduler.cli.language import Lang, language_of, told
from scheduler.cli.options import Config

_TEAM = re.compile(r"[TE][A-Z0-9]{2,}")
_KNOWN = ("whole", "part")


def _help(name: str) -> str:
    return say(HERE, f"import.{name}")


def _a_team(flag: str | None) -> str | None:
    if flag is not None and _TEAM.fullmatch(flag) is None:
        raise typer.BadParameter(say(HERE, "import.bad_team", team=flag))
    return flag


def _how_known(flag: str | None) -> str | None:
    if flag is not None and flag not in _KNOWN:
        raise typer.BadParameter(say(HERE, "import.bad_history", choices=" / ".join(_KNOWN)))
    return flag


def import_(  # noqa: PLR0917 - typer reads the options off the parameters
    export: Annotated[Path, typer.Argument(metavar="EXPORT", readable=False, help=told("export"))],
    team: Annotated[
        str | None, typer.Option("--team", metavar="T0123ABCD", help=_help("team"), callback=_a_team)
    ] = None,
    history: Annotated[
        str | None,
        typer.Option("--history", metavar="|".join(_KNOWN), help=_help("history"), callback=_how_known),
    ] = None,
    database: Annotated[
        str | None, typer.Option("--database", metavar="URL|FILE", help=_help("database"))
    ] = None,
    config: Config = None,
    lang: Lang = None,
) -> None:
    """Parses, opens the history, and has it taken in."""
    language = language_of(lang)
    with failing_well(language):
        from scheduler.app.importing import Known, past_of
        from scheduler.cli.takein import Wish, bring_in

        past = past_of(export, team=team, known=Known(history) if history else None)
        bring_in(past, config, Wish(language=language, database=database, is_told=history is not None))
