"""What `ambassador backfill` does once its options are read. Imported late: it brings everything along."""

import asyncio
import os
from pathlib import Path

import typer
from rich.console import Console

from scheduler.app.access import Access, access
from scheduler.app.backfilling import Filled, opened
from scheduler.app.importing import Holdings, holdings
from scheduler.app.loading import Loaded, load
from scheduler.app.tokens import read_tokens
from scheduler.app.waiting import waiting
from scheduler.catalogue import say
from scheduler.cli.failing import INTERRUPTED
from scheduler.cli.takeinwords import holdings_sheet
from scheduler.cli.upgraded import tell_upgraded
from scheduler.clock import SystemClock
from scheduler.errors import SlackUnreachable
from scheduler.report import History
from scheduler.report.sheet import print_sheet, print_text, print_title
from scheduler.slack.paced import ReadRefused

#: The service, or this command, may be tried again.
_AGAIN = 1


class Progress:
    """Tells on standard error how far it came: a line a channel, and once that Slack gives little."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._channels_told = 0
        self._restriction_told = False

    def show(self, filled: Filled) -> None:
        if filled.is_restricted and not self._restriction_told:
            self._restriction_told = True
            self._say("restricted", minutes=filled.channels - filled.channels_read)
        if filled.channels_read > self._channels_told:
            self._channels_told = filled.channels_read
            self._say(
                "reached",
                read=filled.channels_read, channels=filled.channels, messages=f"{filled.messages:,}",
            )  # fmt: skip

    def _say(self, name: str, **values: object) -> None:
        typer.echo(say(self._language, f"backfill.{name}", **values), err=True)


def fill(config: Path | None, days: int | None, language: str) -> int:
    """Reads, prints what is there then, and gives the exit code. Raises what the start refuses."""
    loaded = load(config)
    service = loaded.settings.service
    found = access(service.slack_api, read_tokens(os.environ, service.receive))
    try:
        filled, held = asyncio.run(_fill(loaded, found, days, language))
    except KeyboardInterrupt:
        typer.echo(say(language, "backfill.interrupted"), err=True)
        return INTERRUPTED
    except SlackUnreachable as error:
        typer.echo(say(language, error.sentence, **error.values), err=True)
        return _AGAIN
    except ReadRefused as refusal:
        typer.echo(say(language, "backfill.stopped", code=refusal.code), err=True)
        return _AGAIN
    _sum_up(filled, held, loaded, language)
    return 0


async def _fill(loaded: Loaded, access: Access, days: int | None, language: str) -> tuple[Filled, Holdings]:
    clock, notice = SystemClock(), Progress(language).show
    wait_until = waiting(clock)
    async with opened(loaded.settings, access, clock=clock, wait_until=wait_until, notice=notice) as (
        backfill,
        store,
    ):
        tell_upgraded(store, language)
        typer.echo(_announced(days, language), err=True)
        return await backfill.run(days=days), holdings(store)


def _announced(days: int | None, language: str) -> str:
    return say(language, "backfill.begins_days", days=days) if days else say(language, "backfill.begins")


def _sum_up(filled: Filled, held: Holdings, loaded: Loaded, language: str) -> None:
    console, zone = Console(highlight=False), loaded.settings.workspace.zone
    sheet = holdings_sheet(language, held, History(), zone=zone)
    print_sheet(console, sheet, separator=say(language, "simulate.list_separator"))
    for channel, code in filled.unread.items():
        print_text(console, say(language, "backfill.unread", channel=channel, code=code))
    print_title(console, say(language, "import.next_title"))
    print_text(console, say(language, "import.next_check"))
    print_text(console, say(language, "backfill.next_run"))
