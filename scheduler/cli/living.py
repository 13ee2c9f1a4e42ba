"""What `ambassador run` does once its options are read. Imported late: it brings everything along."""

import asyncio
import os
import sys
from pathlib import Path

import typer

from scheduler.app.access import access
from scheduler.app.lifetime import Arrived, live
from scheduler.app.loading import load
from scheduler.app.logs import start_logging
from scheduler.app.running import Exit
from scheduler.app.tokens import read_tokens
from scheduler.catalogue import say
from scheduler.clock import SystemClock
from scheduler.errors import SlackUnreachable
from scheduler.live.heartbeat import heartbeat_url
from scheduler.settings import Mode, Receive, Settings
from scheduler.slack.ears.http import PATH

#: Names of channels that one line shows.
_MOST = 12


def begin(config: Path | None, language: str) -> int:
    """Lives until it ends; gives the exit code. Raises what the start refuses.

    When nobody answers at Slack's address the code is 1: whoever watches over the process may try again.
    """
    loaded = load(config)
    settings = loaded.settings
    tokens = read_tokens(os.environ, settings.service.receive)
    heartbeat = heartbeat_url(os.environ)
    start_logging(mode=settings.mode, clock=SystemClock(), stream=sys.stderr)
    _say(say(language, f"run.mode_{settings.mode}", file=loaded.config_file))
    try:
        return asyncio.run(
            live(
                loaded,
                access(settings.service.slack_api, tokens),
                config=config,
                heartbeat=heartbeat,
                announce=lambda arrived: _announce(arrived, settings, language),
            )
        )
    except SlackUnreachable as error:
        typer.echo(say(language, error.sentence, **error.values), err=True)
        return Exit.LOST


def _announce(arrived: Arrived, settings: Settings, language: str) -> None:
    """The first lines, so that one sees at once what runs where."""
    _say(say(language, "run.workspace", url=arrived.url, team=arrived.team))
    _say(_watched(arrived, language))
    if arrived.stands_by:
        _say(say(language, "run.stands_by"))
    if arrived.in_group is not None:
        name, group = "run.group" if arrived.in_group else "run.group_empty", settings.ambassadors.group
        _say(say(language, name, group=group, count=arrived.in_group))
    elif settings.ambassadors.people == ():
        _say(say(language, "run.no_ambassadors", channel=settings.ambassadors.channel))
    if settings.service.receive is Receive.HTTP:
        _say(say(language, "run.listens", address=settings.service.listen, path=PATH))
    if settings.service.health:
        _say(say(language, "run.health", address=settings.service.health))
    else:
        _say(say(language, "run.no_health"))
    _say(say(language, "run.how_to_stop_shadow" if settings.mode is Mode.SHADOW else "run.how_to_stop"))


def _watched(arrived: Arrived, language: str) -> str:
    if not arrived.watched:
        return say(language, "run.watches_nothing", channels=arrived.channels)
    shown = [f"#{name}" for name in arrived.watched[:_MOST]]
    names = say(language, "run.separator").join(shown)
    more = len(arrived.watched) - len(shown)
    return say(
        language,
        "run.watches_more" if more else "run.watches",
        watched=len(arrived.watched), channels=arrived.channels, names=names, more=more,
    )  # fmt: skip


def _say(sentence: str) -> None:
    """On standard output, beside the log."""
    typer.echo(sentence)
    sys.stdout.flush()
