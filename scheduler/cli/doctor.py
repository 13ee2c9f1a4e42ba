"""`ambassador doctor`: looks at what the service needs, says what is wrong and what to do about it."""

from typing import Annotated

import typer

from scheduler.catalogue import say
from scheduler.cli.failing import failing_well
from scheduler.cli.here import HERE
from scheduler.cli.language import Lang, language_of
from scheduler.cli.options import Config


def doctor(
    config: Config = None,
    json: Annotated[bool, typer.Option("--json", help=say(HERE, "doctor.json"))] = False,
    lang: Lang = None,
) -> None:
    """Looks, and prints."""
    language = language_of(lang)
    with failing_well(language):
        from scheduler.cli.examination import examination

        raise typer.Exit(examination(config, language, as_json=json))
