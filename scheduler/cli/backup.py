"""`ambassador backup`: one verified file, made while the service runs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.catalogue import say
from scheduler.cli.counting import count
from scheduler.cli.failing import failing_well
from scheduler.cli.here import HERE
from scheduler.cli.language import Lang, language_of
from scheduler.cli.options import Config

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from scheduler.store.contents import Contents

_KEPT = 14


def backup(
    to: Annotated[Path | None, typer.Option("--to", metavar="FOLDER", help=say(HERE, "backup.to"))] = None,
    keep: Annotated[
        int, typer.Option("--keep", metavar="N", parser=count, help=say(HERE, "backup.keep"))
    ] = _KEPT,
    config: Config = None,
    lang: Lang = None,
) -> None:
    """Finds the database in the config, makes the backup, says what is in it."""
    language = language_of(lang)
    with failing_well(language):
        from scheduler import config as configs
        from scheduler.app.backing import make_backup
        from scheduler.clock import SystemClock

        settings = configs.load(configs.find(config))
        made = make_backup(settings.database, to, keep=keep, now=SystemClock().now())
        typer.echo(say(language, "backup.made", file=made.file))
        typer.echo(holds(made.contents, settings.workspace.zone, language))
        if made.gone:
            typer.echo(say(language, "backup.gone", count=len(made.gone), keep=keep))


def holds(contents: "Contents", zone: "ZoneInfo", language: str) -> str:
    """What is in a backup, and how new it is."""
    told = say(
        language, "backup.holds",
        teams=", ".join(contents.teams) or "-", members=f"{contents.members:,}",
        messages=f"{contents.messages:,}", cases=f"{contents.cases:,}", outbox=f"{contents.outbox:,}",
    )  # fmt: skip
    newest = contents.heard_until
    if newest is None:
        return told
    until = f"{newest.astimezone(zone):%Y-%m-%d %H:%M}"
    return f"{told}\n{say(language, 'backup.newest', until=until)}"
