"""`ambassador restore`: puts a backup back, or only says whether it could be."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.catalogue import say
from scheduler.cli.backup import holds
from scheduler.cli.failing import fail, failing_well
from scheduler.cli.here import HERE
from scheduler.cli.language import Lang, language_of
from scheduler.cli.options import Config

if TYPE_CHECKING:
    from scheduler.settings import Settings


def restore(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", readable=False, help=say(HERE, "restore.file"))
    ] = None,
    check: Annotated[bool, typer.Option("--check", help=say(HERE, "restore.check"))] = False,
    by_hand: Annotated[bool, typer.Option("--by-hand", help=say(HERE, "restore.by_hand"))] = False,
    config: Config = None,
    lang: Lang = None,
) -> None:
    """Finds the database in the config, and says what it did."""
    language = language_of(lang)
    with failing_well(language):
        from scheduler import config as configs

        settings = configs.load(configs.find(config))
        if (file is None) is not by_hand or (by_hand and check):
            raise fail(say(language, "restore.file_or_by_hand"))
        if file is None:
            _say_done_by_hand(settings, language)
        elif check:
            _check(settings, file, language)
        else:
            _restore(settings, file, language)


def _check(settings: "Settings", file: Path, language: str) -> None:
    from scheduler.app.backing import check_backup

    contents = check_backup(file)
    typer.echo(say(language, "restore.good", file=file))
    typer.echo(holds(contents, settings.workspace.zone, language))
    if not contents.is_current:
        typer.echo(say(language, "restore.older", revision=contents.revision))


def _restore(settings: "Settings", file: Path, language: str) -> None:
    from scheduler.app import backing
    from scheduler.clock import SystemClock

    done = backing.restore(settings.database, file, now=SystemClock().now())
    typer.echo(say(language, "restore.done", file=file, database=done.database))
    typer.echo(holds(done.contents, settings.workspace.zone, language))
    if done.aside:
        typer.echo(say(language, "restore.aside", aside=done.aside))
    typer.echo(say(language, "restore.next"))


def _say_done_by_hand(settings: "Settings", language: str) -> None:
    from scheduler.app.backing import was_restored

    was_restored(settings.database)
    typer.echo(say(language, "restore.doubted"))
    typer.echo(say(language, "restore.next"))
